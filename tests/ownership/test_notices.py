"""How an officer is told, on pages and over REST; what was told is on the incident and in packs."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from assurance.pack.gather import gather
from core.models import Event
from mispers.models import Incident
from officers.models import Officer
from ownership.models import InboxItem, NoticeChoices
from ownership.services.delivering import deliver_what_is_due
from ownership.services.reminders import raise_due_reminders
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.moments import NOW
from tests.rest import Rest, assert_problem

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
Connect = Callable[..., Rest]
SignIn = Callable[[Officer], Browser]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    """Its first reminders have been raised and sent."""
    incident = log_incident(cn.frontline, now - HOUR)
    raise_due_reminders(now=now)
    deliver_what_is_due(now=now)
    return incident


def a_reminder(incident: Incident) -> InboxItem:
    return InboxItem.objects.filter(incident=incident, kind="reminder").earliest("pk")


def test_an_officer_chooses_and_it_is_on_the_trail(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    chosen = {"quiet_from": "22:00", "quiet_until": "07:00"}
    assert browser.post(reverse("notice-choices"), chosen).status_code == 302
    kept = NoticeChoices.objects.get(officer=cn.frontline)
    assert (kept.email, kept.quiet_from, kept.quiet_until) == (False, time(22), time(7))
    event = Event.objects.get(kind="notices.chosen")
    assert event.actor == cn.frontline
    assert "quiet from 22:00 until 07:00" in event.summary
    page = browser.get(reverse("notice-choices"))
    assert '<option value="22:00" selected>' in page.content.decode()


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"quiet_from": "22:00"}, "quiet_until"),
        ({"quiet_until": "07:00"}, "quiet_from"),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "quiet_until"),
    ],
)
def test_half_of_quiet_hours_is_refused_at_its_field(
    cn: Unit, now: datetime, browser_as: SignIn, chosen: dict[str, str], field: str
) -> None:
    answer = browser_as(cn.frontline).post(reverse("notice-choices"), chosen)
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert not NoticeChoices.objects.exists()


def test_following_a_notice_leads_straight_to_the_thing_and_reads_it(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    item = a_reminder(incident)
    answer = browser_as(cn.frontline).get(reverse("inbox-follow", args=[item.pk]))
    assert answer.headers["Location"] == item.link == f"/incidents/{incident.reference}/"
    item.refresh_from_db()
    assert item.read_at == NOW
    assert browser_as(cn.inspector).get(reverse("inbox-follow", args=[item.pk])).status_code == 404


def test_the_worker_of_a_browser_is_a_script_of_ours_at_its_own_scope(cn: Unit) -> None:
    answer = Browser().get(reverse("push-worker"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "showNotification" in answer.content.decode()
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_incident_says_who_was_told_how_and_when_it_was_read(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    address = reverse("incident-reminders", args=[incident.reference])
    page = " ".join(browser.get(address).content.decode().split())
    assert "Inbox: not read yet" in page
    assert "E-mail: sent" in page
    browser.get(reverse("inbox-follow", args=[a_reminder(incident).pk]))
    assert "Inbox: read" in " ".join(browser.get(address).content.decode().split())


def test_own_notices_are_read_over_rest(cn: Unit, incident: Incident, api: Connect) -> None:
    mine = api(cn.frontline)
    item = a_reminder(incident)
    found = {each["id"]: each for each in mine.get("/api/v1/notices/?read=false").json()["results"]}
    notice = found[str(item.pk)]
    assert notice["incident"] == incident.reference
    assert (notice["kind"], notice["rung"], notice["urgent"]) == ("reminder", "due", True)
    assert [(way["channel"], way["state"]) for way in notice["deliveries"]] == [
        ("inbox", "sent"),
        ("email", "sent"),
    ]
    read = mine.post(f"/api/v1/notices/{item.pk}/read/", {})
    assert read.json()["read_at"] == "2026-07-18T09:00:00Z"
    assert read.json()["deliveries"][0]["state"] == "read"
    assert_problem(api(cn.inspector).post(f"/api/v1/notices/{item.pk}/read/", {}), 404, "not_found")
    assert_problem(api(None, bcus=[cn.bcu]).get("/api/v1/notices/"), 403, "officer_required")


def test_an_incidents_reminders_are_read_over_rest_with_whom_they_told(
    cn: Unit, incident: Incident, api: Connect
) -> None:
    answer = api(cn.inspector).get(f"/api/v1/incidents/{incident.reference}/reminders/").json()
    reminders = [each for each in answer["results"] if each["kind"] == "reminder"]
    assert {each["code"] for each in reminders} == {"INI-1", "RISK-1"}
    assert {each["officer"]["id"] for each in reminders} == {str(cn.frontline.pk)}


def test_a_pack_holds_what_was_told_how_it_went_and_when_it_was_read(
    cn: Unit, incident: Incident, browser_as: SignIn
) -> None:
    item = a_reminder(incident)
    browser_as(cn.frontline).get(reverse("inbox-follow", args=[item.pk]))
    told = {each["id"]: each for each in gather(incident, NOW)["told"]}
    assert told[item.pk]["read_at"] == NOW
    [delivery] = told[item.pk]["deliveries"]
    assert (delivery["channel"], delivery["state"], delivery["attempts"]) == ("email", "sent", 1)
    kinds = Event.objects.filter(stream=incident.reference).values_list("kind", flat=True)
    assert {"reminder.raised", "reminder.read"} <= set(kinds)
