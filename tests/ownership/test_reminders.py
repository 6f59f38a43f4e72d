"""Reminders: each rung once, to the right people, stopping when the thing is done."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import Event
from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from ownership.deadlines.routing import Routing
from ownership.models import Action, Deadline, Delivery, InboxItem
from ownership.rules.rungs import Rung
from ownership.services.actions import NewAction, complete_action, set_action
from ownership.services.inbox import read_item
from ownership.services.reminders import raise_due_reminders
from ownership.tasks import raise_reminders
from tests.conftest import Unit, a_unit
from tests.factories.incidents import log_incident
from tests.factories.officers import nobody_on
from tests.factories.risk import an_assessment
from tests.moments import NOW
from tests.racing import at_once, meeting
from tests.waiting import wait_until

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NOT_RAISED = "could not be raised"


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    """Only its action is still due: everything else is put out of the way."""
    incident = log_incident(cn.frontline, now)
    Deadline.objects.all().update(next_rung_at=None)
    return incident


def an_action(
    incident: Incident, cn: Unit, officer: Officer | None = None, after: timedelta = HOUR
) -> Action:
    action = NewAction(
        title="Ring the school", responsible=officer or cn.frontline, due_at=NOW + after
    )
    return set_action(reference=incident.reference, action=action, by=cn.frontline, now=NOW)


def told(rung: Rung) -> list[Officer]:
    return [item.officer for item in InboxItem.objects.filter(kind="reminder", rung=rung)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("grade", "inspector_after", "superintendent_after"),
    [
        ("high", 15 * MINUTE, 60 * MINUTE),
        ("medium", HOUR, 4 * HOUR),
        ("low", 4 * HOUR, 16 * HOUR),
        (None, 15 * MINUTE, 60 * MINUTE),
    ],
)
def test_the_ladder_climbs_by_grade(
    incident: Incident,
    cn: Unit,
    grade: str | None,
    inspector_after: timedelta,
    superintendent_after: timedelta,
) -> None:
    if grade:
        an_assessment(incident, cn.frontline, NOW, grade=grade)
    Deadline.objects.all().update(next_rung_at=None)
    an_action(incident, cn)
    falls = {
        Rung.BEFORE: (NOW + 45 * MINUTE, cn.frontline),
        Rung.DUE: (NOW + HOUR, cn.frontline),
        Rung.INSPECTOR: (NOW + HOUR + inspector_after, cn.inspector),
        Rung.SUPERINTENDENT: (NOW + HOUR + superintendent_after, cn.superintendent),
    }
    for rung, (moment, officer) in falls.items():
        raise_due_reminders(now=moment - MINUTE)
        assert told(rung) == []
        raise_due_reminders(now=moment)
        assert told(rung) == [officer]
    assert raise_due_reminders(now=NOW + timedelta(days=30)) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("grade", ["low", "medium"])
def test_no_grade_slows_the_climb_of_a_first_action_that_nobody_has_taken(
    cn: Unit, now: datetime, grade: str
) -> None:
    incident = log_incident(cn.frontline, now)
    an_assessment(incident, cn.frontline, now, grade=grade)
    Deadline.objects.exclude(code="INI-1").update(next_rung_at=None)
    raise_due_reminders(now=now + HOUR + 15 * MINUTE)
    assert told(Rung.INSPECTOR) == [cn.inspector]
    raise_due_reminders(now=now + 2 * HOUR - MINUTE)
    assert told(Rung.SUPERINTENDENT) == []
    raise_due_reminders(now=now + 2 * HOUR)
    assert told(Rung.SUPERINTENDENT) == [cn.superintendent]


@pytest.mark.django_db
def test_a_long_allowance_reminds_half_an_hour_ahead(incident: Incident, cn: Unit) -> None:
    an_action(incident, cn, after=10 * HOUR)
    assert raise_due_reminders(now=NOW + 10 * HOUR - 31 * MINUTE) == 0
    assert raise_due_reminders(now=NOW + 10 * HOUR - 30 * MINUTE) == 1


@pytest.mark.django_db
def test_a_second_sweep_raises_nothing_again(incident: Incident, cn: Unit) -> None:
    an_action(incident, cn)
    assert raise_due_reminders(now=NOW + HOUR) == 1
    assert raise_due_reminders(now=NOW + HOUR) == 0


@pytest.mark.django_db
def test_after_an_outage_the_rungs_that_fell_are_raised_in_order_and_too_soon_is_left_out(
    incident: Incident, cn: Unit
) -> None:
    an_action(incident, cn)
    raise_due_reminders(now=NOW + 3 * HOUR)
    raised = Event.objects.filter(stream=incident.reference, kind="reminder.raised")
    assert [event.data["rung"] for event in raised.order_by("seq")] == [
        "due",
        "inspector",
        "superintendent",
    ]


@pytest.mark.django_db
def test_what_is_done_is_never_reminded_of(incident: Incident, cn: Unit) -> None:
    action = an_action(incident, cn)
    raise_due_reminders(now=NOW + HOUR)
    complete_action(action_id=action.pk, by=cn.frontline, now=NOW + HOUR, result="Not there today.")
    assert raise_due_reminders(now=NOW + timedelta(days=2)) == 0


@pytest.mark.django_db
def test_somebody_off_duty_is_told_and_so_is_whoever_is_on_duty_in_that_role(
    incident: Incident, cn: Unit
) -> None:
    off_duty = cn.another()
    an_action(incident, cn, officer=off_duty)
    raise_due_reminders(now=NOW + HOUR)
    assert set(told(Rung.DUE)) == {off_duty, cn.frontline}


@pytest.mark.django_db
def test_with_no_superintendent_on_the_rota_those_posted_to_the_bcu_are_told(
    incident: Incident, cn: Unit
) -> None:
    nobody_on(Role.SUPERINTENDENT)
    an_action(incident, cn)
    raise_due_reminders(now=NOW + 3 * HOUR)
    assert told(Rung.SUPERINTENDENT) == [cn.superintendent]


@pytest.mark.django_db
def test_a_reminder_is_on_the_trail_with_whom_it_told(incident: Incident, cn: Unit) -> None:
    an_action(incident, cn)
    raise_due_reminders(now=NOW + HOUR)
    event = Event.objects.get(stream=incident.reference, kind="reminder.raised")
    assert event.actor is None
    assert event.data["told"] == [cn.frontline.pk]
    assert "Ring the school" in event.summary
    assert str(cn.frontline) in event.summary


@pytest.mark.django_db
def test_the_first_reading_counts(incident: Incident, cn: Unit) -> None:
    an_action(incident, cn)
    raise_due_reminders(now=NOW + HOUR)
    item = InboxItem.objects.get(kind="reminder")
    read_item(item_id=item.pk, by=cn.frontline, now=NOW + 2 * HOUR)
    read_item(item_id=item.pk, by=cn.frontline, now=NOW + 3 * HOUR)
    item.refresh_from_db()
    assert item.read_at == NOW + 2 * HOUR


@pytest.mark.django_db
@pytest.mark.parametrize("others", [1, 5])
def test_a_sweep_reads_nothing_of_what_is_not_due(cn: Unit, now: datetime, others: int) -> None:
    for _ in range(others):
        log_incident(cn.frontline, now)
    with CaptureQueriesContext(connection) as queries:
        assert raise_due_reminders(now=now) == 0
    assert len(queries) == 1


@pytest.fixture
def committed(transactional_db: None) -> tuple[Unit, Incident]:
    clock.set_to(NOW)
    cn = a_unit("CN")
    return cn, log_incident(cn.frontline, NOW)


@pytest.mark.race
def test_ten_sweeps_at_once_raise_each_rung_once(
    committed: tuple[Unit, Incident], caplog: pytest.LogCaptureFixture
) -> None:
    cn, incident = committed
    incidents = [incident, *(log_incident(cn.frontline, NOW) for _ in range(9))]
    outcomes = at_once(*[lambda: raise_due_reminders(now=NOW + HOUR)] * 10)
    assert not [each for each in outcomes if isinstance(each, Exception)]
    raise_due_reminders(now=NOW + HOUR)
    assert NOT_RAISED not in caplog.text
    raised = Event.objects.filter(kind="reminder.raised")
    seen = [(event.data["deadline"], event.data["rung"]) for event in raised]
    assert len(seen) == len(set(seen)) == 2 * len(incidents)
    assert InboxItem.objects.filter(kind="reminder").count() == 2 * len(incidents)


@pytest.mark.race
def test_control_without_the_incidents_lock_two_sweeps_get_into_each_others_way(
    committed: tuple[Unit, Incident],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(
        "django.db.models.query.QuerySet.select_for_update", lambda self, **_: self.all()
    )
    real, wait = Routing.told, meeting(2)

    def wait_for_the_other(*arguments: Any) -> list[Officer]:
        wait()
        return real(*arguments)

    monkeypatch.setattr(Routing, "told", wait_for_the_other)
    at_once(*[lambda: raise_due_reminders(now=NOW + HOUR)] * 2)
    # What the lock keeps apart, the database's own constraints then refuse.
    raised = Event.objects.filter(kind="reminder.raised")
    seen = [(event.data["deadline"], event.data["rung"]) for event in raised]
    assert NOT_RAISED in caplog.text or len(seen) > len(set(seen))


@pytest.mark.race
def test_a_real_worker_raises_and_sends_through_the_real_broker(
    committed: tuple[Unit, Incident], worker: None
) -> None:
    cn, _ = committed
    mail.outbox.clear()
    clock.set_to(NOW + HOUR)
    raise_reminders.delay()
    raise_reminders.delay()
    sent = Delivery.objects.filter(item__kind="reminder", state="sent")
    wait_until(lambda: sent.count() == 2, what="two reminders sent")
    codes = InboxItem.objects.filter(kind="reminder").values_list("deadline__code", flat=True)
    assert sorted(codes) == ["INI-1", "RISK-1"]
    assert {address for message in mail.outbox for address in message.to} == {cn.frontline.email}
