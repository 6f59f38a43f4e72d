"""What an event says: the payload of each kind, typed where it is written and where it is read.

A payload is stored under the names of its fields. Python keeps some words to itself: what it would
call `from` is the field `from_`. Codes of choices are plain strings, so that an event is read years
after its choice was given up.
"""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date, datetime, time
from functools import partial
from types import UnionType
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

from core.models import Event

_LEFT_OUT = "left_out"
_Read = Callable[[Any], Any]
# By key: the field's name, and how its value is read.
_Readers = dict[str, tuple[str, _Read]]
_known: dict[type, _Readers] = {}
_MOMENTS: dict[Any, _Read] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
}


def left_out_if_none() -> Any:
    """A field that is stored only where it says something; every other field always is."""
    return field(default=None, metadata={_LEFT_OUT: True})


@dataclass(frozen=True, kw_only=True)
class Payload:
    """The facts of an event that a program reads. A kind without any has this one."""

    def as_data(self) -> dict[str, Any]:
        """What is stored: values by the names of the fields."""
        return {
            _key(each): _plain(value)
            for each in fields(self)
            if (value := getattr(self, each.name)) is not None or not each.metadata.get(_LEFT_OUT)
        }

    @classmethod
    def of(cls, event: Event) -> Self:
        """What a stored event says, for whoever reads several kinds that have these fields."""
        return cls._from(event.data)

    @classmethod
    def _from(cls, data: Mapping[str, Any]) -> Self:
        """Further keys are left alone; a field without a default must be there."""
        found = {
            name: read(data[key]) for key, (name, read) in _readers_of(cls).items() if key in data
        }
        return cls(**found)


def _key(each: Field[Any]) -> str:
    return each.name.removesuffix("_")


def _plain(value: Any) -> Any:
    if isinstance(value, Payload):
        return value.as_data()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _readers_of(payload: type[Payload]) -> _Readers:
    """Worked out once for each payload."""
    if payload not in _known:
        hints = get_type_hints(payload)
        _known[payload] = {
            _key(each): (each.name, _reader(hints[each.name])) for each in fields(payload)
        }
    return _known[payload]


def _reader(hint: Any) -> _Read:
    """How a stored value of this type is read. Raises TypeError for a type that has no way back."""
    inner = get_args(hint)
    match get_origin(hint) or hint:
        case origin if origin in (Union, UnionType) and inner[1:] == (type(None),):
            return partial(_or_none, _reader(inner[0]))
        case origin if origin is tuple and inner[1:] == (...,):
            return partial(_each, _reader(inner[0]))
        case origin if origin is Mapping:
            return partial(_values, _reader(inner[1]))
        case moment if moment in _MOMENTS:
            return _MOMENTS[moment]
        case simple if simple in (str, int, bool, Any):
            return _as_it_is
        case nested if isinstance(nested, type) and issubclass(nested, Payload):
            return nested._from
    raise TypeError(f"A payload cannot hold {hint}: it would not be read as it was written.")


def _as_it_is(value: Any) -> Any:
    return value


def _or_none(read: _Read, value: Any) -> Any:
    return None if value is None else read(value)


def _each(read: _Read, values: Any) -> tuple[Any, ...]:
    return tuple(read(value) for value in values)


def _values(read: _Read, values: Any) -> dict[str, Any]:
    return {key: read(value) for key, value in values.items()}
