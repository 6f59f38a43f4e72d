"""The kinds of event that can be on the trail, each with what its events say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Generic, TypeVar

from core.models import Event
from core.trail.payloads import Payload

P = TypeVar("P", bound=Payload)


@dataclass(frozen=True)
class Kind(Generic[P]):
    """A kind of event: its stable code, the label a reader sees, and what its events say.

    grave: whether its events should strike whoever reads the timeline, or which of them.
    """

    code: str
    label: str
    payload: type[P]
    grave: bool | Callable[[P], bool] = False

    def of(self, event: Event) -> P:
        """What a stored event of this kind says."""
        if event.kind != self.code:
            raise ValueError(f"{event} is no {self.code}.")
        return self.payload.of(event)

    def is_grave(self, event: Event) -> bool:
        """Whether this event of the kind should strike its reader."""
        return self.grave(self.of(event)) if callable(self.grave) else self.grave


_kinds: dict[str, Kind[Any]] = {}


def kind(
    code: str, label: str, payload: type[P], *, grave: bool | Callable[[P], bool] = False
) -> Kind[P]:
    """Register a kind of event once; an unregistered kind cannot be recorded."""
    if code in _kinds:
        raise ValueError(f"Event kind {code} is registered twice.")
    made = Kind(code, label, payload, grave)
    _kinds[code] = made
    return made


def kinds() -> Mapping[str, Kind[Any]]:
    """Every kind that can be on the trail, by code."""
    return dict(_kinds)


def registered(what: Kind[P]) -> Kind[P]:
    """The kind as it is registered; KeyError when it is not."""
    return _kinds[what.code]


def kinds_in(events: ModuleType) -> tuple[Kind[Any], ...]:
    """The kinds that an app's events name, in the order in which they are told there."""
    named = {each.code for each in vars(events).values() if isinstance(each, Kind)}
    return tuple(each for code, each in _kinds.items() if code in named)
