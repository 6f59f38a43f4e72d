"""Kept states follow every event and the clock, and no evaluation is lost."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from assurance.models import StandardState, Unevaluated
from assurance.services.standards import (
    refresh_everything,
    refresh_standards,
    refresh_what_changed,
)
from assurance.standards.evaluate import evaluate
from assurance.tasks import evaluate_record, evaluate_what_time_changed
from mispers.models import Incident
from mispers.rules.codes import STANDARDS
from tests.conftest import Unit
from tests.factories.assurance import HOUR, MINUTE
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action
from tests.factories.risk import an_assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


def kept(incident: Incident) -> dict[str, str]:
    return dict(StandardState.objects.filter(incident=incident).values_list("code", "state"))


def test_an_event_asks_for_an_evaluation_once_its_transaction_has_committed(
    cn: Unit,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(
        "assurance.reactions.standards.current_app.send_task",
        lambda name, kwargs: asked.append((name, kwargs.get("incident_id", 0))),
    )
    with django_capture_on_commit_callbacks(execute=True):
        incident = log_incident(cn.frontline, now)
        an_action(incident, cn.frontline, now)
        assert ("assurance.tasks.evaluate_record", incident.pk) not in asked
    assert asked.count(("assurance.tasks.evaluate_record", incident.pk)) == 1


def test_an_event_leaves_a_mark_that_its_evaluation_takes_away(
    incident: Incident, now: datetime
) -> None:
    assert Unevaluated.objects.get().incident_id == incident.pk
    evaluate_record(incident_id=incident.pk)
    assert not Unevaluated.objects.exists()
    assert kept(incident) == {each.code: each.state for each in evaluate(incident, now)}
    assert set(kept(incident)) == set(STANDARDS)


def test_a_task_that_runs_twice_changes_nothing_more(incident: Incident, now: datetime) -> None:
    evaluate_record(incident_id=incident.pk)
    before = list(StandardState.objects.order_by("pk").values())
    evaluate_record(incident_id=incident.pk)
    assert list(StandardState.objects.order_by("pk").values()) == before


def test_the_sweep_evaluates_what_a_worker_missed(incident: Incident, now: datetime) -> None:
    assert kept(incident) == {}
    assert refresh_what_changed(now=now) == 1
    assert set(kept(incident)) == set(STANDARDS)
    assert refresh_what_changed(now=now) == 0


@pytest.mark.parametrize(
    ("code", "due"), [("INI-1", HOUR), ("RISK-1", HOUR), ("SEARCH-1", 4 * HOUR)]
)
def test_what_only_time_changes_is_caught_by_the_sweep_at_its_due_time(
    incident: Incident, now: datetime, code: str, due: timedelta
) -> None:
    refresh_standards(incident_ids=[incident.pk], now=now)
    refresh_what_changed(now=now + due - MINUTE)
    assert kept(incident)[code] == "not_yet_due"
    assert refresh_what_changed(now=now + due) == 1
    assert kept(incident)[code] == "not_met"
    assert refresh_what_changed(now=now + due + MINUTE) == 0


@pytest.mark.django_db(transaction=True)
def test_the_sweep_follows_the_clock_of_the_house(
    incident: Incident, now: datetime, clock_at: Callable[[datetime], datetime], cn: Unit
) -> None:
    evaluate_record(incident_id=incident.pk)
    clock_at(now + HOUR)
    evaluate_what_time_changed()
    assert kept(incident)["RISK-1"] == "not_met"
    an_assessment(incident, cn.frontline, now + HOUR)
    evaluate_what_time_changed()
    assert kept(incident)["RISK-1"] == "met"


def test_every_record_can_be_evaluated_again_in_batches(
    cn: Unit, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assurance.services.standards.BATCH", 2)
    for _ in range(3):
        log_incident(cn.frontline, now)
    assert refresh_everything(now=now) == 3
    assert StandardState.objects.count() == 3 * len(STANDARDS)
