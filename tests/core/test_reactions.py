"""Reactions: run in order inside the change, and bound to the events that they declare."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from core import trail
from core.models import Event
from core.trail import Kind, Reaction, UndeclaredEvent, reacting

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 7, 18, 2, 14, tzinfo=UTC)
ASKED = trail.kind("test.asked", "Asked", trail.Payload)
ANSWERED = trail.kind("test.answered", "Answered", trail.Payload)
NOTED_DOWN = trail.kind("test.noted_down", "Noted down", trail.Payload)


@pytest.fixture(autouse=True)
def _no_other_reactions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reacting, "_reactions", defaultdict(list))


def happen(what: Kind[trail.Payload]) -> Event:
    with transaction.atomic():
        return trail.record(
            what, stream="A", by=None, now=NOW, summary=what.label, data=trail.Payload()
        )


def recorded() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("kind", flat=True))


def answer(event: Event) -> None:
    """Record an answer."""
    happen(ANSWERED)


def note_down(event: Event) -> None:
    """Record a note."""
    happen(NOTED_DOWN)


def writing(name: str, order: list[str]) -> Callable[[Event], None]:
    def write(event: Event) -> None:
        order.append(f"{name} {event.kind}")

    return write


def test_they_run_in_the_order_in_which_they_were_given_and_those_to_every_event_last() -> None:
    order: list[str] = []
    trail.react(
        Reaction(trail.EVERY, writing("every", order)),
        Reaction(ASKED, writing("first", order)),
        Reaction(ANSWERED, writing("in turn", order)),
        Reaction(ASKED, answer, records=(ANSWERED,)),
        Reaction(ASKED, writing("last", order)),
    )
    happen(ASKED)
    assert order == [
        "first test.asked",
        "in turn test.answered",
        "every test.answered",
        "last test.asked",
        "every test.asked",
    ]


def test_the_same_function_cannot_react_twice_to_one_kind() -> None:
    trail.react(Reaction(ASKED, answer))
    with pytest.raises(ValueError, match="twice"):
        trail.react(Reaction(ASKED, answer))


def test_an_event_that_a_reaction_declares_is_recorded() -> None:
    trail.react(Reaction(ASKED, answer, records=(ANSWERED,)))
    happen(ASKED)
    assert recorded() == ["test.asked", "test.answered"]


def test_an_event_that_a_reaction_does_not_declare_is_refused_and_the_change_with_it() -> None:
    trail.react(Reaction(ASKED, answer, records=(NOTED_DOWN,)))
    with pytest.raises(UndeclaredEvent, match=r"answer recorded test\.answered"):
        happen(ASKED)
    assert recorded() == []


def test_also_when_it_records_several_at_once() -> None:
    def answer_twice(event: Event) -> None:
        each = trail.Happening(ANSWERED, "A", "Answered", trail.Payload())
        trail.record_many([each, each], by=None, now=NOW)

    trail.react(Reaction(ASKED, answer_twice))
    with pytest.raises(UndeclaredEvent, match="answer_twice"):
        happen(ASKED)


def test_also_when_it_is_told_of_several_at_once() -> None:
    happen(ASKED)
    trail.react(Reaction(trail.EVERY, answer, for_many=lambda events: answer(events[0])))
    with pytest.raises(UndeclaredEvent, match="answer"), transaction.atomic():
        trail.record_many([trail.Happening(ASKED, "A", "Asked", trail.Payload())], by=None, now=NOW)


def test_what_an_event_sets_off_in_turn_is_declared_by_whoever_reacts_to_that_event() -> None:
    trail.react(
        Reaction(ASKED, answer, records=(ANSWERED,)),
        Reaction(ANSWERED, note_down, records=(NOTED_DOWN,)),
    )
    happen(ASKED)
    assert recorded() == ["test.asked", "test.answered", "test.noted_down"]


def test_what_an_outer_reaction_declares_does_not_excuse_an_inner_one() -> None:
    trail.react(
        Reaction(ASKED, answer, records=(ANSWERED, NOTED_DOWN)),
        Reaction(ANSWERED, note_down),
    )
    with pytest.raises(UndeclaredEvent, match="note_down"):
        happen(ASKED)


def test_after_a_reaction_anything_may_be_recorded_even_if_it_failed() -> None:
    def fail(event: Event) -> None:
        raise ZeroDivisionError

    trail.react(Reaction(ASKED, fail))
    with pytest.raises(ZeroDivisionError):
        happen(ASKED)
    happen(ANSWERED)
    assert recorded() == ["test.answered"]


def test_where_people_work_an_undeclared_event_is_recorded_and_complained_of(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.MISPERS_REFUSE_UNDECLARED_EVENTS = False
    trail.react(Reaction(ASKED, answer))
    happen(ASKED)
    assert recorded() == ["test.asked", "test.answered"]
    assert "answer recorded test.answered" in caplog.text
