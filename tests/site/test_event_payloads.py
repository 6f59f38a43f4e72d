"""What every kind of event says: read back as given, under keys that stay, and in no other way."""

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import trail
from core.models import Event

HOUSE = Path(__file__).parents[2]
APPS = ("core", "officers", "mispers", "riskassessment", "ownership", "assurance", "demo", "config")
KEYS = Path(__file__).with_name("event_keys.txt")
# Kinds that tests make for themselves are not the house's.
KINDS = {code: kind for code, kind in trail.kinds().items() if not code.startswith("test.")}

# The trail spells moments to the millisecond.
MOMENTS = st.datetimes(timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=moment.microsecond // 1000 * 1000)
)
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(),
    int: st.integers(),
    bool: st.booleans(),
    date: st.dates(),
    time: st.times().map(lambda clock: clock.replace(microsecond=0)),
    datetime: MOMENTS,
    Any: st.none() | st.integers() | st.text() | st.lists(st.text()),
}


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Values of the type of a payload's field."""
    inner = get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if get_origin(hint) in (Union, UnionType):
        return st.none() | values(inner[0])
    if get_origin(hint) is tuple:
        return st.lists(values(inner[0]), max_size=3).map(tuple)
    if get_origin(hint) is Mapping:
        return st.dictionaries(st.text(), values(inner[1]), max_size=3)
    return payloads(hint)


def payloads(payload: type[trail.Payload]) -> st.SearchStrategy[trail.Payload]:
    """Payloads of a class, with every field filled."""
    hints = get_type_hints(payload)
    return st.builds(payload, **{each.name: values(hints[each.name]) for each in fields(payload)})


@pytest.mark.parametrize("code", sorted(KINDS))
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_what_an_event_says_is_read_back_as_it_was_given(code: str, data: st.DataObject) -> None:
    kind = KINDS[code]
    said = data.draw(payloads(kind.payload))
    stored = json.loads(trail.canonical(said.as_data()))
    assert kind.of(Event(kind=code, data=stored)) == said


def keys_of(payload: type[trail.Payload]) -> Iterator[str]:
    """Every key under which its values are stored, those within others as `outer.inner`."""
    hints = get_type_hints(payload)
    for each in fields(payload):
        key, within = each.name.removesuffix("_"), list(_payloads_in(hints[each.name]))
        yield from (
            (f"{key}.{inner}" for one in within for inner in keys_of(one)) if within else [key]
        )


def _payloads_in(hint: Any) -> Iterator[type[trail.Payload]]:
    if isinstance(hint, type) and issubclass(hint, trail.Payload):
        yield hint
    for inner in get_args(hint):
        yield from _payloads_in(inner)


def test_the_keys_of_events_stay_since_what_is_stored_keeps_them_for_ever() -> None:
    """A field renamed would leave every older event, and every reader of the feed, with the old."""
    told = [f"{code}: {' '.join(sorted(keys_of(kind.payload)))}" for code, kind in KINDS.items()]
    assert sorted(told) == KEYS.read_text().splitlines()


# Names of what has `data` of another sort: what REST was sent, forms, drafts, requests, files.
OTHERS = frozenset({"call", "draft", "form", "request", "saved_draft", "self"})
# The trail itself, which stores and reads what events say.
OURS = HOUSE / "core" / "trail"


def raw_reads(source: str) -> list[int]:
    """The lines that take `data` of something by a name that is none of the others."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr == "data"
        and isinstance(node.value, ast.Name | ast.Attribute)
        and _last_name(node.value) not in OTHERS
    ]


def _last_name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def test_no_app_reads_what_an_event_says_but_by_its_payload() -> None:
    found = [
        f"{path.relative_to(HOUSE)}:{line}"
        for app in APPS
        for path in (HOUSE / app).rglob("*.py")
        if OURS not in path.parents
        for line in raw_reads(path.read_text())
    ]
    assert found == []


def test_the_scan_sees_every_way_of_reading_an_event_raw() -> None:
    raw = ("event.data['a']", "asked.data.get('a')", "said = self.event.data", "'a' in told.data")
    assert [raw_reads(line) for line in raw] == [[1]] * len(raw)
    for line in ("call.data['a']", "self.data.get('a')", "Out(found).data", "data['a']"):
        assert raw_reads(line) == []
