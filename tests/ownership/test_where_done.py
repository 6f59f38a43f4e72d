"""Where what is due is done: one page, wherever one is sent there from."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from core.models import Event
from mispers.models import Incident
from mispers.rules.codes import Code, due_of
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Deadline, HandoverItem, InboxItem
from ownership.rules.subjects import OfAction, OfHandoverItem, OfShift, Subject, Unknown
from ownership.selectors.next_due import next_due
from ownership.selectors.where_done import where_done
from ownership.services.reminders import raise_due_reminders
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action, an_offer
from tests.moments import NOW

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    """Nothing of the report itself is due."""
    incident = log_incident(cn.frontline, now)
    Deadline.objects.update(cancelled_at=now, next_rung_at=None)
    return incident


def a_deadline(incident: Incident, officer: Officer, code: Code, subject: Subject) -> Deadline:
    """Due in a quarter of an hour, however it came to be."""
    due = due_of(code)
    return Deadline.objects.create(
        incident=incident, code=code, subject=subject.spelled, title=due.title,
        due_from=due.due_from, officer=officer, opened_at=NOW,
        opened_by=Event.objects.latest("pk"), due_at=NOW + 15 * MINUTE, next_rung=1,
        next_rung_at=NOW + 15 * MINUTE,
    )  # fmt: skip


def sent_to(incident: Incident, now: datetime) -> tuple[str, set[str]]:
    """Where the next thing due on the incident leads: from its page, and from the reminders."""
    url = next_due([incident], now, {}, {})[incident.pk].url
    raise_due_reminders(now=now)
    told = InboxItem.objects.filter(incident=incident, kind=InboxItem.Kind.REMINDER)
    return url, set(told.values_list("link", flat=True))


def test_an_action_is_done_on_its_own_page(cn: Unit, incident: Incident) -> None:
    action = an_action(incident, cn.frontline, NOW, due_at=NOW + 15 * MINUTE)
    page = reverse("action", args=[incident.reference, action.pk])
    assert sent_to(incident, NOW + 15 * MINUTE) == (page, {page})


def test_an_offer_is_answered_on_the_page_of_its_handover(cn: Unit, incident: Incident) -> None:
    night = cn.another(Role.DUTY_INSPECTOR)
    page = reverse("handover", args=[an_offer(cn.inspector, night, incident, NOW).pk])
    assert sent_to(incident, NOW + 15 * MINUTE) == (page, {page})


def test_a_change_of_shift_is_answered_among_the_handovers(cn: Unit, incident: Incident) -> None:
    a_deadline(incident, cn.inspector, Code.OWN_5, OfShift(NOW))
    page = reverse("handovers")
    assert sent_to(incident, NOW + 15 * MINUTE) == (page, {page})


def test_anything_else_is_done_on_a_page_of_the_incident(cn: Unit, incident: Incident) -> None:
    a_deadline(incident, cn.frontline, Code.CHILD_2, Unknown("cse"))
    page = reverse("incident-known", args=[incident.reference])
    assert sent_to(incident, NOW + 15 * MINUTE) == (page, {page})


@pytest.mark.parametrize(
    ("code", "subject", "page"),
    [
        (Code.ACT_2, Unknown("s1"), "/incidents/{0}/actions/"),
        (Code.OWN_5, OfHandoverItem(9_999), "/handovers/"),
    ],
)
def test_what_leads_nowhere_still_leads_to_a_page(
    cn: Unit, incident: Incident, code: Code, subject: Subject, page: str
) -> None:
    a_deadline(incident, cn.frontline, code, subject)
    there = page.format(incident.reference)
    assert sent_to(incident, NOW + 15 * MINUTE) == (there, {there})


def test_however_many_offers_wait_one_query_finds_their_handovers(
    cn: Unit, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    incidents = [log_incident(cn.frontline, now) for _ in range(3)]
    handover = an_offer(cn.inspector, cn.another(Role.DUTY_INSPECTOR), incidents, now)
    waiting = list(Deadline.objects.filter(code=Code.OWN_5))
    others = list(Deadline.objects.exclude(code=Code.OWN_5))
    items = {item.pk for item in HandoverItem.objects.all()}
    assert {each.about for each in waiting} == {OfHandoverItem(pk) for pk in items}
    with django_assert_num_queries(1):
        found = where_done(waiting, incidents)
    assert set(found.values()) == {reverse("handover", args=[handover.pk])}
    with django_assert_num_queries(0):
        where_done(others, incidents)


def test_an_actions_number_is_not_taken_for_an_offers(cn: Unit, incident: Incident) -> None:
    handover = an_offer(cn.inspector, cn.another(Role.DUTY_INSPECTOR), incident, NOW)
    item = handover.items.get()
    action = a_deadline(incident, cn.frontline, Code.ACT_2, OfAction(item.pk))
    assert where_done([action], [incident]) == {
        action.pk: reverse("action", args=[incident.reference, item.pk])
    }
