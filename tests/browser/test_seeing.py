"""An officer sees an incident: at a glance, in lists, as a timeline, and as it stood."""

from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import expect

from core import clock
from mispers.models import Incident
from mispers.services.log import add_log_entry
from tests.browser.conftest import OpenPage
from tests.browser.seeing import PHONE, check_page, on_a_phone
from tests.conftest import Unit
from tests.factories.incidents import log_incident


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    """A fifteen-year-old missing from care, with an earlier incident and an entry in the log."""
    log_incident(
        cn.frontline,
        now - timedelta(days=40),
        given_name="Tamsin",
        family_name="Ashgrove",
        date_of_birth=date(2011, 3, 4),
    )
    found = log_incident(
        cn.frontline,
        now,
        given_name="Tamsin",
        family_name="Ashgrove",
        date_of_birth=date(2011, 3, 4),
        sex="female",
        phones=["020 7946 0012"],
        markers=["cse", "self_harm"],
        missing_from="care",
        looked_after_by="Borough of Northmoor",
        circumstances="Left the house at tea time after a row about her phone and has not come "
        "back.\nHer coat and inhaler are still here. Friends have not seen her.",
        reported_at=now - timedelta(minutes=40),
        last_seen_at=now - timedelta(hours=4),
        last_seen_place="The house in Tallow Street",
    )
    clock.set_to(now + timedelta(minutes=20))
    add_log_entry(
        found.reference,
        by=cn.frontline,
        now=clock.now(),
        text="Tamsin was collected by a grey car last week; part of the plate is known.",
        source="Key worker, by telephone",
    )
    return found


def test_the_overview_says_at_once_who_is_missing_and_who_answers(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    # Given an inspector on a phone
    page = on_a_phone(open_page(cn.inspector))
    # When they open the incident
    page.goto(f"/incidents/{incident.reference}/")
    # Then who, the grade, the stage, both officers and the next thing due are there, unscrolled
    header = page.get_by_role("region", name="The incident")
    for words in (
        "Tamsin Ashgrove",
        incident.reference,
        "First 48 h",
        cn.frontline.get_full_name(),
        cn.inspector.get_full_name(),
        "Next",
    ):
        seen = header.get_by_text(words).first
        expect(seen).to_be_visible()
        box = seen.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= PHONE["height"], f"{words} is below the first screen"
    expect(page.get_by_text("Her coat and inhaler are still here.")).to_be_visible()
    expect(page.get_by_text("Sexual exploitation").first).to_be_visible()
    check_page(page, "overview")


def test_the_open_list_leads_to_the_incident_and_is_narrowed(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    page = open_page(cn.inspector)
    page.goto("/incidents/")
    check_page(page, "open-incidents")
    page.get_by_label("Name or reference").fill("nobody of this name")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No open incident matches")).to_be_visible()
    check_page(page, "open-incidents-none")
    page.get_by_role("link", name="Show everything").click()
    page.locator(f'a[href="/incidents/{incident.reference}/"]').click()
    expect(page).to_have_title(f"Tamsin Ashgrove, {incident.reference} - Mispers")


def test_the_open_list_brings_itself_up_to_date_and_says_when_it_has_lost_touch(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    # Given an inspector looking at the list
    page = open_page(cn.inspector)
    page.clock.install()
    page.goto("/incidents/")
    expect(page.get_by_text("2 open incidents")).to_be_visible()
    # When a colleague logs another report, and twenty seconds go by
    log_incident(cn.frontline, clock.now(), given_name="Zofia", family_name="Farrant")
    page.clock.run_for(21_000)
    # Then it is there without a reload
    expect(page.get_by_role("link", name="Zofia Farrant")).to_be_visible()
    expect(page.get_by_text("Up to date at")).to_be_visible()
    # And when the connection is gone the page says so, and keeps what it showed
    page.context.set_offline(True)
    page.clock.run_for(21_000)
    expect(page.get_by_text("Lost touch at")).to_be_visible()
    expect(page.get_by_role("link", name="Zofia Farrant")).to_be_visible()


def test_a_search_finds_a_name_by_its_sound_and_another_bcus_missing_person_with_whom_to_tell(
    open_page: OpenPage, cn: Unit, ne: Unit, incident: Incident
) -> None:
    log_incident(ne.frontline, clock.now(), given_name="Tamzin", family_name="Ashgroave")
    page = open_page(cn.frontline)
    page.goto("/search/")
    check_page(page, "search")
    page.get_by_label("Name or reference").fill("Tamsyn Ashgroove")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Tamsin Ashgrove").first).to_be_visible()
    expect(page.get_by_text(f"tell Inspector {ne.inspector.get_full_name()}")).to_be_visible()
    expect(page.get_by_role("link", name="Tamzin Ashgroave")).to_have_count(0)
    check_page(page, "search-found")


def test_the_timeline_shows_what_happened_and_when_it_was_recorded(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    page = open_page(cn.inspector)
    page.goto(f"/incidents/{incident.reference}/timeline/")
    expect(page.get_by_role("heading", name="Log entry added")).to_be_visible()
    check_page(page, "timeline")
    page.get_by_label("Reported missing").check()
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="Reported missing")).to_be_visible()
    expect(page.get_by_role("heading", name="Log entry added")).to_have_count(0)


def test_an_incident_is_seen_as_it_stood_before_the_log_entry(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    page = open_page(cn.inspector)
    page.goto(f"/incidents/{incident.reference}/as-at/")
    page.get_by_label("Date").fill("18/7/2026")
    page.get_by_label("Time").fill("10:05")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("heading", name="What was known then")).to_be_visible()
    expect(page.get_by_text("grey car")).to_have_count(0)
    check_page(page, "as-at")
    page.get_by_label("Date").fill("17/7/2026")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_text("was first recorded at").first).to_be_visible()


def test_the_pages_can_be_read_without_scripts(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    page = open_page(cn.inspector, java_script_enabled=False)
    page.goto("/incidents/")
    page.get_by_role("link", name="Tamsin Ashgrove").first.click()
    expect(page.get_by_role("heading", name="The report")).to_be_visible()
    page.get_by_role("link", name="See the whole timeline").click()
    expect(page.get_by_role("heading", name="Reported missing")).to_be_visible()
