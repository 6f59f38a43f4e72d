"""The figures in force at a moment, by name, and every version that was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mispers.models import Protocol
from mispers.rules import protocol_versions
from mispers.rules.protocol_figures import Figure, Figures, by_name

__all__ = ["Figures", "from_record", "in_force"]


@dataclass(frozen=True)
class Change:
    """One figure that a version gave another amount: what it was (empty if new) and what it is."""

    figure: Figure
    before: str
    after: str


@dataclass(frozen=True)
class VersionChanges:
    """A version of the protocol beside the one before it; the first changes nothing."""

    version: Protocol
    changes: Sequence[Change]


def in_force(now: datetime) -> Figures:
    """The figures of the version in force at `now`; before the first, those of the first."""
    record = _in_force(now)
    return from_record(record.version, record.figures) if record else first()


def first() -> Figures:
    """Those that hold as long as no version has been loaded: the first that the force wrote."""
    return protocol_versions.in_file()[0].figures


def from_record(version: str, figures: dict[str, Any]) -> Figures:
    """Figures from a stored version; a name that it lacks has the amount of the first one."""
    known = by_name()
    stored = {name: int(much) for name, much in figures.items() if name in known}
    return replace(first(), version=version, **stored)


def in_words(version: Protocol | None) -> list[dict[str, str]]:
    """Each figure in order: its name, what it says, its amount in words, the codes it belongs to.

    Those of the first version that the force wrote where none is loaded.
    """
    figures = from_record(version.version, version.figures) if version else first()
    return [
        {
            "name": each.name,
            "says": each.says,
            "amount": figures.in_words(each.name),
            "codes": ", ".join(each.codes),
        }
        for each in by_name().values()
    ]


def version_at(at: datetime) -> Protocol | None:
    """The version in force at a moment; the first one before that, None if none is loaded."""
    return _in_force(at) or Protocol.objects.last()


def versions_between(since: datetime, until: datetime) -> list[Protocol]:
    """Those in force at any moment from `since` to `until`, oldest first."""
    at_first = version_at(since)
    later = Protocol.objects.filter(in_force_from__gt=since, in_force_from__lte=until)
    return [
        *([at_first] if at_first else []),
        *(each for each in later.order_by("in_force_from") if each != at_first),
    ]


def versions_with_changes() -> list[VersionChanges]:
    """Every version, newest first, each with the figures that it changed."""
    versions = list(Protocol.objects.order_by("in_force_from"))
    figures = [from_record(each.version, each.figures) for each in versions]
    told = [
        VersionChanges(version, _changes(before, after) if before else ())
        for version, before, after in zip(versions, [None, *figures], figures, strict=False)
    ]
    return told[::-1]


def _in_force(at: datetime) -> Protocol | None:
    return Protocol.objects.filter(in_force_from__lte=at).first()


def _changes(before: Figures, after: Figures) -> list[Change]:
    return [
        Change(each, before.in_words(name), after.in_words(name))
        for name, each in by_name().items()
        if getattr(before, name) != getattr(after, name)
    ]
