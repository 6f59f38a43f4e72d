"""The report in a browser without scripts: steps, drafts, complaints in place, one incident."""

from collections.abc import Callable
from datetime import date, datetime

from django.test import Client as Browser

from mispers.models import Incident, ReportDraft
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.mispers.reporting import WHO, begun, written

BrowserAs = Callable[..., Browser]


def test_three_steps_and_a_check_make_an_incident(
    cn: Unit, now: datetime, browser_as: BrowserAs
) -> None:
    browser = browser_as(cn.frontline)
    path = written(browser)
    page = browser.get(f"{path}check/")
    assert b"Marigold Fenwick" in page.content
    answer = browser.post(f"{path}check/")
    incident = Incident.objects.select_related("person").get()
    assert answer.headers["Location"] == f"/incidents/{incident.reference}/"
    assert incident.person.name == "Marigold Fenwick"
    assert incident.person.date_of_birth == date(2009, 5, 1)
    assert incident.person.home_postcode == "N1 9GU"
    assert incident.person.home_address_lines == ["4 Tallow Street", "Islington"]
    assert incident.person.markers == ["cce", "self_harm"]
    assert incident.last_seen_at is not None
    assert incident.last_seen_at.isoformat() == "2026-07-18T07:15:00+00:00"
    assert incident.informant_name == "Rowan Fenwick"
    assert ReportDraft.objects.get().data == {}


def test_a_second_press_shows_the_same_incident(
    cn: Unit, now: datetime, browser_as: BrowserAs
) -> None:
    browser = browser_as(cn.frontline)
    path = written(browser)
    first = browser.post(f"{path}check/")
    second = browser.post(f"{path}check/")
    assert first.headers["Location"] == second.headers["Location"]
    assert Incident.objects.count() == 1


def test_the_page_of_who_offers_earlier_incidents_and_links_by_one_press(
    cn: Unit, now: datetime, browser_as: BrowserAs
) -> None:
    earlier = log_incident(cn.frontline, now, given_name="Marygold", family_name="Fenwick")
    browser = browser_as(cn.frontline)
    path = begun(browser)
    part = browser.get(f"{path}similar/", {"given_name": "Marigold", "family_name": "Fenwyck"})
    assert earlier.reference.encode() in part.content
    answer = browser.post(f"{path}who/", {**WHO, "link": earlier.reference})
    assert answer.headers["Location"] == f"{path}who/#similar"
    page = browser.get(f"{path}who/")
    assert b"Not the same person" in page.content
    assert b'value="Marigold"' in page.content
