"""The versions of the protocol that a force writes in fixtures/protocol.toml, read and checked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from core.errors import FieldError, Invalid
from core.registries.reference import entries_in
from mispers.rules.protocol_figures import Figures, by_name

_LENGTH = re.compile(r"(?P<much>[1-9]\d{0,5}) (?P<unit>min|h|d)")
_MINUTES_IN = {"min": 1, "h": 60, "d": 24 * 60}


@dataclass(frozen=True)
class Version:
    """The whole protocol from a moment (UTC) until the next version's. note: what changed, why."""

    in_force_from: datetime
    note: str
    figures: Figures


@cache
def in_file() -> tuple[Version, ...]:
    """Those of fixtures/protocol.toml, oldest first. Raises Invalid as `read` does."""
    return tuple(read(entries_in("protocol.toml", "version")))


def read(entries: Sequence[Mapping[str, Any]]) -> list[Version]:
    """Versions from entries in the order of their days; what one leaves out stays as it was.

    An entry has `version`, `in_force_from`, `note`, and `figures` by name: a time as "45 min",
    "4 h" or "28 d", a number as it is. Raises Invalid, which names every figure that is unknown,
    is spelled wrongly, or is missing from the first version.
    """
    versions: list[Version] = []
    amounts: dict[str, int] = {}
    for entry in entries:
        wrong: list[FieldError] = []
        amounts = amounts | _amounts(entry["figures"], wrong)
        missing = by_name().keys() - amounts.keys() - {error.field for error in wrong}
        wrong += [_error(name, "missing", "has no amount") for name in sorted(missing)]
        if versions and entry["in_force_from"] <= versions[-1].in_force_from:
            wrong.append(_error("in_force_from", "order", "is not after the version before it"))
        if wrong:
            raise Invalid([_within(entry["version"], error) for error in wrong])
        figures = Figures(version=entry["version"], **amounts)
        versions.append(Version(entry["in_force_from"], entry.get("note", ""), figures))
    return versions


def _amounts(given: Mapping[str, Any], wrong: list[FieldError]) -> dict[str, int]:
    """Each figure that is given, times in minutes; complaints go to `wrong`."""
    amounts = {}
    for name, value in given.items():
        known = by_name().get(name)
        if known is None:
            wrong.append(_error(name, "unknown", "is no figure of the protocol"))
        elif known.is_time and (length := _LENGTH.fullmatch(str(value))):
            amounts[name] = int(length["much"]) * _MINUTES_IN[length["unit"]]
        elif not known.is_time and type(value) is int and value > 0:
            amounts[name] = value
        else:
            shape = "a time such as “45 min”, “4 h” or “28 d”" if known.is_time else "a number"
            wrong.append(_error(name, "invalid", f"is not {shape}"))
    return amounts


def _error(name: str, code: str, what: str) -> FieldError:
    return FieldError(name, code, f"“{name}” {what}.")


def _within(version: str, error: FieldError) -> FieldError:
    return FieldError(error.field, error.code, f"Protocol version {version}: {error.message}")
