"""Quiet never means done: a high-risk reminder that nobody reads goes further up."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Event
from mispers.models import Incident
from ownership.models import Action, Deadline, InboxItem
from ownership.services.actions import complete_action
from ownership.services.inbox import read_item
from ownership.services.reminders import raise_due_reminders
from ownership.services.unread import escalate_unread
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action
from tests.factories.risk import an_assessment
from tests.moments import NOW

MINUTE = timedelta(minutes=1)
DUE = NOW + 60 * MINUTE
PATIENCE = 10 * MINUTE


def reminded(cn: Unit, grade: str | None) -> tuple[Incident, Action]:
    """An action of the frontline officer whose reminder has just been raised."""
    incident = log_incident(cn.frontline, NOW)
    if grade:
        an_assessment(incident, cn.frontline, NOW, grade=grade)
    Deadline.objects.all().update(next_rung_at=None)
    action = an_action(incident, cn.frontline, NOW, cn.frontline, due_at=DUE)
    raise_due_reminders(now=DUE)
    return incident, action


def unread(kind: str = "unread") -> list[InboxItem]:
    return list(InboxItem.objects.filter(kind=kind).order_by("pk"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("grade", "escalates"), [("high", True), (None, True), ("medium", False), ("low", False)]
)
def test_a_high_risk_reminder_unread_for_ten_minutes_goes_to_the_inspector(
    cn: Unit, now: datetime, grade: str | None, escalates: bool
) -> None:
    incident, _ = reminded(cn, grade)
    assert escalate_unread(now=DUE + PATIENCE - MINUTE) == 0
    assert escalate_unread(now=DUE + PATIENCE) == (1 if escalates else 0)
    assert [item.officer for item in unread()] == ([cn.inspector] if escalates else [])
    assert escalate_unread(now=DUE + PATIENCE) == 0
    events = Event.objects.filter(stream=incident.reference, kind="reminder.unread")
    assert events.count() == (1 if escalates else 0)


@pytest.mark.django_db
def test_unread_by_the_inspector_too_it_goes_to_the_superintendent_and_no_further(
    cn: Unit, now: datetime
) -> None:
    reminded(cn, "high")
    for passes in range(1, 5):
        escalate_unread(now=DUE + passes * PATIENCE)
    assert [item.officer for item in unread()] == [cn.inspector, cn.superintendent]
    assert all(item.about == unread("reminder")[0] and item.urgent for item in unread())


@pytest.mark.django_db
@pytest.mark.parametrize("ended_by", ["reading", "doing", "a colleague reading"])
def test_it_climbs_no_further_once(cn: Unit, now: datetime, ended_by: str) -> None:
    incident, action = reminded(cn, "high")
    [item] = unread("reminder")
    if ended_by == "reading":
        read_item(item_id=item.pk, by=cn.frontline, now=DUE)
    elif ended_by == "doing":
        complete_action(action_id=action.pk, by=cn.frontline, now=DUE, result="Nobody there.")
    else:
        InboxItem.objects.create(
            officer=cn.another(), incident=incident, kind="reminder", deadline=item.deadline,
            rung=item.rung, due_at=item.due_at, title="x", link="/", raised_at=DUE, read_at=DUE,
        )  # fmt: skip
    assert escalate_unread(now=DUE + PATIENCE) == 0
    assert not InboxItem.objects.filter(unread_escalates_at__isnull=False, read_at=None).exists()


@pytest.mark.django_db
def test_a_sweep_with_nothing_unread_asks_once(cn: Unit, now: datetime) -> None:
    reminded(cn, "high")
    with CaptureQueriesContext(connection) as queries:
        assert escalate_unread(now=DUE) == 0
    assert len(queries) == 1
