"""Many events at once: the same chains as one by one, in a number of queries that does not grow."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core import trail
from core.models import Event
from core.trail import Reaction, reacting
from core.trail.verify import Tally, verify
from mispers.models import Incident
from ownership import events
from tests.conftest import Unit
from tests.factories.incidents import log_incident

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 7, 18, 12, 0, tzinfo=UTC)


@pytest.fixture
def incidents(cn: Unit, now: datetime) -> list[Incident]:
    return [log_incident(cn.frontline, now) for _ in range(6)]


def reminded(number: int) -> events.Reminded:
    return events.Reminded(deadline=number, code="RISK-4", rung="due", due_at=NOON, told=())


def happenings(incidents: Sequence[Incident], each: int) -> list[trail.Happening[events.Reminded]]:
    return [
        trail.Happening(events.REMINDED, incident.reference, f"Entry {number}.", reminded(number))
        for number in range(each)
        for incident in incidents
    ]


def test_chains_stand_as_if_each_had_been_recorded_by_itself(
    cn: Unit, incidents: list[Incident], now: datetime
) -> None:
    trail.record_many(happenings(incidents, 3), by=cn.frontline, now=now)
    for incident in incidents:
        last = Event.objects.filter(stream=incident.reference).order_by("-seq")[:3]
        assert [event.data["deadline"] for event in last] == [2, 1, 0]
        assert {event.actor for event in last} == {cn.frontline}
    trail.record(
        events.REMINDED,
        stream=incidents[0].reference,
        by=None,
        now=now,
        summary="After.",
        data=reminded(3),
    )
    assert not list(verify(Tally()))


def test_as_many_queries_for_many_as_for_two(
    cn: Unit, incidents: list[Incident], now: datetime
) -> None:
    counts = []
    for some, each in ((incidents[:2], 1), (incidents, 10)):
        with CaptureQueriesContext(connection) as queries:
            trail.record_many(happenings(some, each), by=None, now=now)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 6


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What two reactions are given, one of which takes many at once."""
    told: list[object] = []

    def one(event: Event) -> None:
        told.append(event.data["deadline"])

    def another(event: Event) -> None:
        told.append("never by itself")

    def many(some: Sequence[Event]) -> None:
        told.append([event.data["deadline"] for event in some])

    monkeypatch.setattr(reacting, "_reactions", defaultdict(list))
    trail.react(
        Reaction(events.REMINDED, one),
        Reaction(trail.EVERY, another, for_many=many),
    )
    return told


def test_a_reaction_is_told_of_each_or_of_all_at_once_as_it_asked(
    incidents: list[Incident], now: datetime, seen: list[object]
) -> None:
    trail.record_many(happenings(incidents[:1], 3), by=None, now=now)
    assert seen == [0, 1, 2, [0, 1, 2]]


def test_it_is_part_of_the_transaction_of_the_change(
    incidents: list[Incident], now: datetime
) -> None:
    before = Event.objects.count()
    with transaction.atomic():
        trail.record_many(happenings(incidents, 1), by=None, now=now)
        transaction.set_rollback(True)
    assert Event.objects.count() == before
