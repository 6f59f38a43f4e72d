"""What goes out of a notice: claimed once, sent at least once, one message a person, in time."""

import smtplib
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.models import Event
from mispers.models import Incident
from officers.models import Officer, Shift
from ownership.models import Deadline, Delivery, InboxItem, NoticeChoices
from ownership.services import delivering
from ownership.services.channels import back_off
from ownership.services.delivering import claim, deliver_to, deliver_what_is_due
from ownership.services.inbox import read_item
from ownership.services.reminders import raise_due_reminders
from ownership.services.telling import tell
from tests.conftest import Unit, a_unit
from tests.factories.incidents import log_incident
from tests.factories.officers import take_out
from tests.factories.ownership import an_action
from tests.factories.risk import an_assessment
from tests.moments import NOW, london
from tests.racing import at_once

MINUTE = timedelta(minutes=1)
DIGEST = 2 * MINUTE


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    """Low risk, and nothing that it has raised is left to send."""
    incident = log_incident(cn.frontline, now)
    an_assessment(incident, cn.frontline, now, grade="low")
    Delivery.objects.all().delete()
    mail.outbox.clear()
    return incident


def told(officer: Officer, incident: Incident, now: datetime = NOW, **over: Any) -> InboxItem:
    given = {"title": "Ring the school", "link": "/inbox/", **over}
    return tell(officer, incident=incident, now=now, **given)


def only(item: InboxItem) -> Delivery:
    return item.deliveries.get(channel="email")


@pytest.mark.django_db
def test_forty_notices_of_low_risk_are_one_message_with_a_link_each_and_nobodys_name(
    incident: Incident, cn: Unit
) -> None:
    items = [told(cn.frontline, incident, NOW + n * timedelta(seconds=2)) for n in range(40)]
    assert deliver_what_is_due(now=NOW + DIGEST - timedelta(seconds=1)) == 0
    assert deliver_what_is_due(now=NOW + DIGEST) == 1
    assert deliver_what_is_due(now=NOW + DIGEST) == 0
    [message] = mail.outbox
    assert message.to == [cn.frontline.email]
    for item in items:
        assert f"{settings.MISPERS_URL}/inbox/{item.pk}/go/" in message.body
    assert incident.person.family_name not in f"{message.subject} {message.body}"
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.django_db
def test_no_name_leaves_by_email_neither_a_persons_nor_what_somebody_typed(
    incident: Incident, cn: Unit
) -> None:
    name = incident.person.name
    told(cn.frontline, incident, title=f"You own {incident.reference}, {name}", urgent=True)
    deadlines = Deadline.objects.all()
    deadlines.update(next_rung_at=None)
    an_action(incident, cn.frontline, NOW, title=f"Ring {name}'s mother", due_at=NOW + MINUTE)
    raise_due_reminders(now=NOW + MINUTE)
    deliver_what_is_due(now=NOW + MINUTE + DIGEST)
    written = " ".join(f"{message.subject} {message.body}" for message in mail.outbox)
    assert f"You own {incident.reference}, …" in written
    assert f"{incident.reference}: Due now: Action (ACT-2)" in written
    for part in (name, incident.person.family_name, "mother"):
        assert part not in written


@pytest.mark.django_db
@pytest.mark.parametrize(("grade", "waits"), [("high", False), (None, False), ("medium", True)])
def test_high_risk_and_what_is_not_graded_go_at_once(
    cn: Unit, now: datetime, grade: str | None, waits: bool
) -> None:
    incident = log_incident(cn.frontline, now)
    if grade:
        an_assessment(incident, cn.frontline, now, grade=grade)
    item = told(cn.frontline, incident)
    assert item.urgent is not waits
    assert only(item).next_try_at == (NOW + DIGEST if waits else NOW)


@pytest.mark.django_db
def test_what_waits_goes_along_with_what_is_urgent_which_stands_first(
    incident: Incident, cn: Unit
) -> None:
    told(cn.frontline, incident, title="A low one")
    told(cn.frontline, incident, title="An urgent one", urgent=True)
    assert deliver_what_is_due(now=NOW) == 1
    [message] = mail.outbox
    assert message.subject == f"{incident.reference}: An urgent one and 1 more"
    assert message.body.index("High risk") < message.body.index("An urgent one")
    assert message.body.index("An urgent one") < message.body.index("Medium and low risk")
    assert message.body.index("Medium and low risk") < message.body.index("A low one")


QUIET = {"quiet_from": time(22), "quiet_until": time(7)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("choice", "at", "on_duty", "urgent", "goes"),
    [
        (QUIET, "2026-07-19 02:00", False, False, "2026-07-19 07:00"),
        (QUIET, "2026-07-18 23:00", False, False, "2026-07-19 07:00"),
        (QUIET, "2026-07-19 02:00", False, True, "2026-07-19 02:00"),
        (QUIET, "2026-07-19 02:00", True, False, "2026-07-19 02:02"),
        (QUIET, "2026-07-18 12:00", False, False, "2026-07-18 12:02"),
        (QUIET, "2026-07-19 06:59", False, False, "2026-07-19 07:01"),
        ({"quiet_from": time(1), "quiet_until": time(6)}, "2026-07-19 00:30", False, False,
         "2026-07-19 00:32"),
        ({"email": False}, "2026-07-18 12:00", False, False, None),
        ({"email": False}, "2026-07-18 12:00", False, True, "2026-07-18 12:00"),
        ({}, "2026-07-18 12:00", False, False, "2026-07-18 12:02"),
    ],
)  # fmt: skip
def test_quiet_hours_hold_low_risk_back_from_somebody_off_duty_and_nothing_else(
    incident: Incident,
    cn: Unit,
    choice: dict[str, Any],
    at: str,
    on_duty: bool,
    urgent: bool,
    goes: str | None,
) -> None:
    officer = cn.frontline
    NoticeChoices.objects.create(officer=officer, **choice)
    if not on_duty:
        take_out(Shift.objects.filter(officer=officer))
    item = told(officer, incident, london(at), urgent=urgent)
    times = [each.next_try_at for each in item.deliveries.all()]
    assert times == ([london(goes)] if goes else [])


@pytest.mark.django_db
def test_a_mail_server_that_is_down_loses_nothing_and_the_record_says_why(
    incident: Incident, cn: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = told(cn.frontline, incident, urgent=True)
    with monkeypatch.context() as down:
        down.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
        down.setattr(settings, "EMAIL_HOST", "127.0.0.1")
        down.setattr(settings, "EMAIL_PORT", 1)
        assert deliver_what_is_due(now=NOW) == 0
    failed = only(item)
    assert (failed.state, failed.reason, failed.attempts) == ("failed", "ConnectionRefusedError", 1)
    assert failed.next_try_at == NOW + timedelta(seconds=15)
    assert deliver_what_is_due(now=NOW) == 0
    assert deliver_what_is_due(now=NOW + timedelta(seconds=15)) == 1
    assert (only(item).state, only(item).attempts, len(mail.outbox)) == ("sent", 2, 1)


def refusing(*_: Any) -> None:
    raise smtplib.SMTPServerDisconnected


@pytest.mark.django_db
def test_it_is_given_up_after_three_days_which_the_record_says(
    incident: Incident, cn: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = told(cn.frontline, incident)
    monkeypatch.setitem(delivering._SENDERS, "email", refusing)
    later = NOW + timedelta(days=3, minutes=1)
    deliver_what_is_due(now=later)
    assert (only(item).state, only(item).next_try_at) == ("dropped", None)
    assert only(item).reason.startswith("Given up after three days")


@pytest.mark.parametrize(
    ("attempts", "urgent", "seconds"),
    [(1, False, 15), (2, False, 30), (5, False, 240), (40, False, 1_800), (40, True, 120)],
)
def test_each_failure_waits_twice_as_long_and_high_risk_never_long(
    attempts: int, urgent: bool, seconds: int
) -> None:
    assert back_off(attempts, urgent=urgent) == timedelta(seconds=seconds)


@pytest.mark.django_db
def test_a_worker_that_dies_between_sending_and_recording_sends_twice_and_never_not(
    incident: Incident, cn: Unit
) -> None:
    item = told(cn.frontline, incident, urgent=True)
    assert [each.item for each in claim(officer_id=cn.frontline.pk, channel="email", now=NOW)] == [
        item
    ]
    # Killed here. Until the lease has run out nobody else sends; then somebody does.
    assert deliver_what_is_due(now=NOW) == 0
    assert deliver_what_is_due(now=NOW + settings.MISPERS_DELIVERY_LEASE) == 1
    assert (only(item).state, only(item).attempts) == ("sent", 2)


@pytest.mark.django_db
def test_what_was_read_before_it_was_sent_is_not_sent(incident: Incident, cn: Unit) -> None:
    item = told(cn.frontline, incident)
    read_item(item_id=item.pk, by=cn.frontline, now=NOW)
    assert deliver_what_is_due(now=NOW + DIGEST) == 0
    assert (only(item).state, only(item).reason) == ("dropped", delivering.READ_BEFORE)
    assert not mail.outbox


@pytest.mark.django_db
def test_more_than_a_hundred_are_several_messages(incident: Incident, cn: Unit) -> None:
    for _ in range(101):
        told(cn.frontline, incident, urgent=True)
    assert deliver_to(officer_id=cn.frontline.pk, now=NOW) == 2
    assert sum(message.body.count("/go/") for message in mail.outbox) == 101


@pytest.mark.django_db
def test_reading_is_on_the_trail_with_who_and_when(incident: Incident, cn: Unit) -> None:
    item = told(cn.frontline, incident)
    read_item(item_id=item.pk, by=cn.frontline, now=NOW + MINUTE)
    read_item(item_id=item.pk, by=cn.frontline, now=NOW + 2 * MINUTE)
    event = Event.objects.get(stream=incident.reference, kind="reminder.read")
    assert (event.actor, event.at, event.data["item"]) == (cn.frontline, NOW + MINUTE, item.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"state": "sent"},
        {"state": "waiting", "next_try_at": None},
        {"state": "dropped", "next_try_at": None},
        {"state": "lost"},
    ],
)
def test_the_database_refuses_a_delivery_that_says_two_things(
    incident: Incident, cn: Unit, change: dict[str, Any]
) -> None:
    delivery = only(told(cn.frontline, incident))
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(**change)


@pytest.mark.django_db
def test_a_sweep_with_nothing_due_asks_once(incident: Incident, cn: Unit) -> None:
    told(cn.frontline, incident)
    with CaptureQueriesContext(connection) as queries:
        assert deliver_what_is_due(now=NOW) == 0
    assert len(queries) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_ten_workers_at_once_send_each_notice_once() -> None:
    cn = a_unit("CN")
    incident = log_incident(cn.frontline, NOW)
    items = [told(cn.another(), incident) for _ in range(10)]
    Delivery.objects.exclude(item__in=items).delete()
    mail.outbox.clear()
    outcomes = at_once(*[lambda: deliver_what_is_due(now=NOW)] * 10)
    assert not [each for each in outcomes if isinstance(each, Exception)]
    assert len(mail.outbox) == 10
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}
