"""The 48-hour boundary: passed by the clock, once, each incident by itself."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings

from core.errors import NotVisible
from core.models import Event
from core.trail import THE_CLOCK
from mispers.models import Incident
from mispers.rules.stages import Stage
from mispers.services import boundary, gateway
from mispers.services.boundary import pass_boundary, pass_due_boundaries
from mispers.tasks import pass_48h_boundaries
from tests.conftest import Unit
from tests.factories.endings import close, locate, stage_of
from tests.factories.incidents import log_incident

pytestmark = pytest.mark.django_db
TWO_DAYS = timedelta(hours=48)
A_SECOND = timedelta(seconds=1)


def moves(incident: Incident) -> int:
    """How often the stage changed."""
    return Event.objects.filter(stream=incident.reference, kind="incident.stage_changed").count()


@pytest.mark.parametrize(
    ("late", "after"), [(-A_SECOND, Stage.PRE_48H), (timedelta(), Stage.POST_48H)]
)
def test_it_is_passed_at_48_hours_and_not_before(
    late: timedelta, after: Stage, cn: Unit, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now)
    assert pass_boundary(incident.reference, now=now + TWO_DAYS + late) is (after == Stage.POST_48H)
    assert stage_of(incident) == after


def test_a_report_taken_earlier_elsewhere_has_an_earlier_boundary(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now, reported_at=now - timedelta(hours=40))
    assert pass_due_boundaries(now=now + timedelta(hours=7)) == 0
    assert pass_due_boundaries(now=now + timedelta(hours=8)) == 1
    assert stage_of(incident) == Stage.POST_48H


def test_a_second_sweep_does_nothing_and_counts_nothing_up(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    assert pass_boundary(incident.reference, now=now + TWO_DAYS)
    version = Incident.objects.get(pk=incident.pk).version
    assert not pass_boundary(incident.reference, now=now + TWO_DAYS)
    assert pass_due_boundaries(now=now + TWO_DAYS) == 0
    assert moves(incident) == 1
    assert Incident.objects.get(pk=incident.pk).version == version


def test_the_clock_is_who_did_it(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    pass_boundary(incident.reference, now=now + TWO_DAYS)
    event = Event.objects.get(stream=incident.reference, kind="incident.stage_changed")
    assert (event.actor_id, event.actor_name) == (None, THE_CLOCK)
    assert "Mon 20 Jul 2026, 10:00 BST" in event.summary


def test_those_in_closure_or_closed_are_left_alone(cn: Unit, now: datetime) -> None:
    in_closure = log_incident(cn.frontline, now)
    locate(in_closure, cn.frontline, now)
    closed = log_incident(cn.frontline, now)
    close(closed, cn.frontline, cn.superintendent, now)
    assert pass_due_boundaries(now=now + TWO_DAYS) == 0


def test_one_that_fails_does_not_hold_up_the_others(
    cn: Unit, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (log_incident(cn.frontline, now) for _ in range(2))
    real = gateway.move

    def failing(incident: Incident, *args: object, **kwargs: object) -> object:
        if incident.pk == first.pk:
            raise NotVisible
        return real(incident, *args, **kwargs)  # type: ignore[arg-type]  # passed on as given

    monkeypatch.setattr(boundary, "move", failing)
    assert pass_due_boundaries(now=now + TWO_DAYS) == 1
    assert (stage_of(first), stage_of(second)) == (Stage.PRE_48H, Stage.POST_48H)
    monkeypatch.undo()
    assert pass_due_boundaries(now=now + TWO_DAYS) == 1


def test_the_task_reads_the_clock_and_may_run_twice(
    cn: Unit, now: datetime, clock_at: object
) -> None:
    incident = log_incident(cn.frontline, now)
    assert callable(clock_at)
    clock_at(now + TWO_DAYS)
    pass_48h_boundaries()
    pass_48h_boundaries()
    assert moves(incident) == 1


def test_the_beat_sweeps_every_minute() -> None:
    schedule = settings.CELERY_BEAT_SCHEDULE["boundary"]
    assert schedule == {"task": pass_48h_boundaries.name, "schedule": 60}
