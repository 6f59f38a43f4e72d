"""The kinds of event that can be on the trail."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType


@dataclass(frozen=True)
class Kind:
    """A kind of event: its stable code and the label a reader sees."""

    code: str
    label: str


_kinds: dict[str, Kind] = {}


def kind(code: str, label: str) -> Kind:
    """Register a kind of event once; an unregistered kind cannot be recorded."""
    if code in _kinds:
        raise ValueError(f"Event kind {code} is registered twice.")
    _kinds[code] = Kind(code, label)
    return _kinds[code]


def kinds() -> Mapping[str, Kind]:
    """Every kind that can be on the trail, by code."""
    return dict(_kinds)


def registered(what: Kind) -> Kind:
    """The kind as it is registered; KeyError when it is not."""
    return _kinds[what.code]


def kinds_in(events: ModuleType) -> tuple[Kind, ...]:
    """The kinds that an app's events.py names, in its order."""
    return tuple(each for each in vars(events).values() if isinstance(each, Kind))
