"""Payloads: stored under the names of their fields, and read back with the types they had."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from core.models import Event
from core.trail import Kind, Payload, left_out_if_none

NOON = datetime(2026, 7, 18, 12, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Part(Payload):
    from_: int | None
    to: Any


@dataclass(frozen=True, kw_only=True)
class Whole(Payload):
    number: int
    at: datetime
    parts: tuple[Part, ...] = ()
    named: Mapping[str, Part] | None = None
    place: str | None = left_out_if_none()


@dataclass(frozen=True, kw_only=True)
class Wall(Payload):
    day: date
    opens: time | None


@dataclass(frozen=True, kw_only=True)
class Unordered(Payload):
    names: set[str]


WHOLE = Kind("test.whole", "Whole", Whole)


def stored(data: dict[str, Any], kind: str = "test.whole") -> Event:
    return Event(stream_id="A", seq=1, kind=kind, data=data)


def test_a_payload_is_stored_by_the_names_of_its_fields_and_a_word_of_pythons_as_itself() -> None:
    part = Part(from_=None, to=[1])
    assert Whole(number=1, at=NOON, parts=(part,), named={"a": part}, place="Park").as_data() == {
        "number": 1,
        "at": NOON,
        "parts": [{"from": None, "to": [1]}],
        "named": {"a": {"from": None, "to": [1]}},
        "place": "Park",
    }


def test_what_says_nothing_is_left_out_where_the_field_says_so_and_stored_elsewhere() -> None:
    data = Whole(number=1, at=NOON).as_data()
    assert "place" not in data
    assert data["named"] is None


def test_a_stored_event_is_read_with_the_types_of_the_fields() -> None:
    event = stored(
        {"number": 1, "at": "2026-07-18T12:00:00Z", "named": {"a": {"from": 2, "to": "x"}}}
    )
    said = WHOLE.of(event)
    assert said == Whole(number=1, at=NOON, named={"a": Part(from_=2, to="x")})
    assert said.at.utcoffset() is not None
    assert Wall.of(stored({"day": "2026-07-18", "opens": "07:00:00"})) == Wall(
        day=date(2026, 7, 18), opens=time(7)
    )


def test_an_older_event_lacks_what_has_a_default_and_a_newer_one_says_more() -> None:
    said = WHOLE.of(stored({"number": 1, "at": "2026-07-18T12:00:00Z", "colour": "red"}))
    assert (said.parts, said.place) == ((), None)


def test_an_event_that_lacks_what_it_must_say_is_named_for_what_it_lacks() -> None:
    with pytest.raises(TypeError, match="number"):
        WHOLE.of(stored({"at": "2026-07-18T12:00:00Z"}))


def test_an_event_of_another_kind_is_not_read_as_this_one() -> None:
    with pytest.raises(ValueError, match=r"test\.whole"):
        WHOLE.of(stored({"number": 1, "at": "2026-07-18T12:00:00Z"}, kind="test.other"))


def test_a_type_that_has_no_way_back_is_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        Unordered.of(stored({"names": []}))
