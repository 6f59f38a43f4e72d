"""A draw is by lot, can be made again by anybody, and takes in what was overridden."""

import hashlib
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from assurance.models import DipSample, SampleItem
from assurance.services.sampling import order_by_lot, redraw
from core.errors import Invalid, NotPermitted
from core.models import Event
from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.assurance import HOUR, MINUTE, a_sample
from tests.factories.endings import close
from tests.factories.incidents import log_incident
from tests.factories.risk import an_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def incidents(cn: Unit, now: datetime) -> list[Incident]:
    """Five reports of the last hours."""
    return [log_incident(cn.frontline, now - (n + 1) * MINUTE) for n in range(5)]


def drawn(sample: DipSample) -> list[str]:
    return [item.incident.reference for item in sample.items.select_related("incident")]


def test_the_smallest_digests_of_seed_and_reference_are_drawn(
    cn: Unit, incidents: list[Incident], now: datetime
) -> None:
    sample = a_sample(cn.superintendent, now, seed="July", size=3)
    by_hand = sorted(
        (hashlib.sha256(f"July:{each.reference}".encode()).hexdigest(), each.reference)
        for each in incidents
    )
    assert drawn(sample) == [reference for _, reference in by_hand[:3]]
    assert (sample.population, sample.reference) == (5, "DS-CN-00001")


def test_a_draw_without_a_seed_makes_one_and_keeps_it(
    cn: Unit, incidents: list[Incident], now: datetime
) -> None:
    sample = a_sample(cn.superintendent, now, seed="")
    references = [each.reference for each in incidents]
    assert drawn(sample) == order_by_lot(sample.seed, references)[:3]
    assert a_sample(cn.superintendent, now, seed="").seed != sample.seed


def test_a_draw_is_on_its_own_stream_and_on_each_record(
    cn: Unit, incidents: list[Incident], now: datetime
) -> None:
    sample = a_sample(cn.superintendent, now)
    on_sample = Event.objects.get(stream=sample.reference)
    assert on_sample.data["drawn"] == drawn(sample)
    streams = Event.objects.filter(kind="sample.incident_drawn").values_list("stream", flat=True)
    assert sorted(streams) == sorted(drawn(sample))


def test_only_reports_recorded_in_the_period_are_drawn_from(
    cn: Unit, ne: Unit, now: datetime
) -> None:
    before = log_incident(cn.frontline, now - 2 * HOUR)
    inside = log_incident(cn.frontline, now - HOUR)
    log_incident(ne.frontline, now - HOUR)
    sample = a_sample(
        cn.superintendent, now, period_from=before.recorded_at + MINUTE, period_to=now, size=100
    )
    assert drawn(sample) == [inside.reference]


def test_a_record_closed_past_a_barrier_is_in_the_next_sample_once(
    cn: Unit, incidents: list[Incident], now: datetime
) -> None:
    close(incidents[0], cn.frontline, cn.inspector, now)
    log_incident(cn.frontline, now + HOUR)
    later = {"period_from": now + HOUR, "period_to": now + 2 * HOUR}
    sample = a_sample(cn.superintendent, now + 2 * HOUR, **later)
    item = sample.items.get(incident=incidents[0])
    assert item.why == SampleItem.Why.OVERRIDE
    assert sample.population == 1
    again = a_sample(cn.superintendent, now + 3 * HOUR, **later)
    assert not again.items.filter(incident=incidents[0]).exists()


def test_a_record_sampled_while_open_and_closed_past_a_barrier_later_is_sampled_again(
    cn: Unit, incidents: list[Incident], now: datetime
) -> None:
    a_sample(cn.superintendent, now, size=100)
    close(incidents[0], cn.frontline, cn.inspector, now + HOUR)
    log_incident(cn.frontline, now + HOUR)
    sample = a_sample(cn.superintendent, now + 2 * HOUR, period_from=now + HOUR)
    assert incidents[0].reference in drawn(sample)


def test_a_record_graded_lower_than_is_usual_is_in_the_next_sample_once(
    cn: Unit, now: datetime
) -> None:
    why = {"differs_because": "Her sister has her on the telephone."}
    lower = log_incident(cn.frontline, now - 3 * HOUR, markers=["dementia"])
    an_assessment(lower, cn.frontline, now - 3 * HOUR, "low", **why)
    usual = log_incident(cn.frontline, now - 3 * HOUR, markers=["dementia"])
    an_assessment(usual, cn.frontline, now - 3 * HOUR, "medium")
    log_incident(cn.frontline, now)
    later = {"period_from": now, "period_to": now + HOUR}
    sample = a_sample(cn.superintendent, now + HOUR, **later)
    assert sample.items.get(incident=lower).why == SampleItem.Why.LOWER_GRADE
    drawn_event = Event.objects.get(stream=sample.reference)
    assert drawn_event.data["graded_lower"] == [lower.reference]
    assert "1 because a grade was lower than is usual" in drawn_event.summary
    assert redraw(sample).differences == []
    again = a_sample(cn.superintendent, now + 2 * HOUR, **later)
    assert not again.items.filter(incident=lower).exists()
    an_assessment(lower, cn.frontline, now + 3 * HOUR, "low", **why)
    third = a_sample(cn.superintendent, now + 4 * HOUR, **later)
    assert third.items.filter(incident=lower).exists()


def test_a_record_graded_in_words_used_before_is_in_the_next_sample_once(
    cn: Unit, incidents: list[Incident], now: datetime
) -> None:
    """Kept with a reason or not: somebody looks at it."""
    an_assessment(incidents[0], cn.frontline, now)
    an_assessment(incidents[1], cn.frontline, now, repeats_because="The same night, two friends.")
    log_incident(cn.frontline, now + HOUR)
    later = {"period_from": now + HOUR, "period_to": now + 2 * HOUR}
    sample = a_sample(cn.superintendent, now + 2 * HOUR, **later)
    assert sample.items.get(incident=incidents[1]).why == SampleItem.Why.REPEAT
    assert not sample.items.filter(incident=incidents[0]).exists()
    told = Event.objects.get(stream=sample.reference)
    assert told.data["repeated"] == [incidents[1].reference]
    assert "1 because a rationale repeated an earlier one" in told.summary
    again = a_sample(cn.superintendent, now + 3 * HOUR, **later)
    assert not again.items.filter(incident=incidents[1]).exists()


def test_a_draw_can_be_made_again_though_the_period_went_on(
    cn: Unit, incidents: list[Incident], now: datetime
) -> None:
    sample = a_sample(cn.superintendent, now, period_to=now + timedelta(days=1))
    log_incident(cn.frontline, now + HOUR)
    assert redraw(sample).differences == []
    out = StringIO()
    call_command("redraw_sample", sample.reference, stdout=out)
    assert out.getvalue().splitlines()[:3] == drawn(sample)
    assert "the same draw from 5 records" in out.getvalue()


def test_a_draw_that_was_tampered_with_is_named(
    cn: Unit, incidents: list[Incident], now: datetime
) -> None:
    sample = a_sample(cn.superintendent, now)
    sample.seed = "another seed"
    drawn_now = order_by_lot("another seed", [each.reference for each in incidents])[:3]
    assert drawn_now != drawn(sample)
    assert redraw(sample).differences
    with pytest.raises(CommandError, match="no dip sample DS-CN-99999"):
        call_command("redraw_sample", "DS-CN-99999")


@pytest.mark.parametrize(
    ("over", "field", "code"),
    [
        ({"bcu": "XX"}, "bcu", "unknown_bcu"),
        ({"bcu": "NE"}, "bcu", "unknown_bcu"),
        ({"size": 0}, "size", "out_of_range"),
        ({"size": 101}, "size", "out_of_range"),
        ({"seed": "x" * 65}, "seed", "max_length"),
        ({"seed": "a\x00b"}, "seed", "control_characters"),
        ({"period_from": datetime.fromisoformat("2026-07-19T09:00:00Z"),
          "period_to": datetime.fromisoformat("2026-07-20T09:00:00Z")}, "period_from", "in_future"),
        ({"period_to": datetime.fromisoformat("2026-07-01T09:00:00Z")}, "period_to",
         "before_start"),
        ({"period_from": datetime.fromisoformat("2026-06-01T09:00:00Z"),
          "period_to": datetime.fromisoformat("2026-06-02T09:00:00Z")}, "period_from",
         "nothing_to_draw"),
    ],
)  # fmt: skip
def test_a_draw_that_cannot_stand_names_its_field(
    cn: Unit,
    ne: Unit,
    incidents: list[Incident],
    now: datetime,
    over: dict[str, Any],
    field: str,
    code: str,
) -> None:
    with pytest.raises(Invalid) as refused:
        a_sample(cn.superintendent, now, **over)
    assert [(each.field, each.code) for each in refused.value.errors] == [(field, code)]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERINTENDENT, Role.ASSURANCE_BOARD}))
def test_nobody_else_draws(cn: Unit, incidents: list[Incident], now: datetime, role: Role) -> None:
    with pytest.raises(NotPermitted):
        a_sample(cn.another(role), now)


def test_the_board_draws_from_any_bcu(board: Officer, ne: Unit, now: datetime) -> None:
    log_incident(ne.frontline, now - HOUR)
    assert a_sample(board, now, bcu="NE").reference == "DS-NE-00001"
