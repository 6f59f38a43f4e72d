"""From a knock at a door to an authorised closure, in a browser, on a phone and at a desk."""

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from mispers.models import Incident
from officers.rules.roles import Role
from tests.browser.conftest import OpenPage
from tests.browser.seeing import check_page
from tests.conftest import Unit
from tests.factories.endings import ask, interview, locate, stage_of, suppose_abroad
from tests.factories.incidents import log_incident


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now, given_name="Merrin", family_name="Ashgrove")


def under(incident: Incident, path: str) -> str:
    return f"/incidents/{incident.reference}/{path}"


def test_a_knock_is_recorded_as_a_knock(incident: Incident, cn: Unit, open_page: OpenPage) -> None:
    # Given an officer at the investigation of an incident
    page = open_page(cn.frontline)
    page.goto(under(incident, "investigation/"))
    check_page(page, "investigation-empty")
    # When they record that they knocked, and leave out what was not searched
    page.get_by_role("button", name="Record a search").click()
    check_page(page, "record-search")
    page.get_by_label("Knocked, nobody went in").check()
    page.get_by_label("Their home").check()
    page.get_by_label("Address or place").fill("1 Tallow Street")
    page.get_by_label("What was searched").fill("The front door.")
    page.get_by_label("Date").fill("18/7/2026")
    page.get_by_label("Time").fill("0930")
    page.get_by_label("What came of it").fill("No answer.")
    page.get_by_role("button", name="Record search").click()
    # Then they are told at the field, and nothing typed is lost
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_label("What came of it")).to_have_value("No answer.")
    check_page(page, "record-search-wrong")
    page.get_by_role("link", name="Enter what was not searched").click()
    expect(page.get_by_label("What was not searched")).to_be_focused()
    page.get_by_label("What was not searched").fill("All of the inside, and the shed.")
    page.get_by_role("button", name="Record search").click()
    # And the page says that this is no search of the inside
    expect(page.get_by_text("The search is recorded as exactly what it was.")).to_be_visible()
    expect(page.get_by_text("Not a search of the whole inside")).to_be_visible()
    check_page(page, "investigation")


def test_the_barriers_are_seen_before_asking_and_asking_is_refused(
    incident: Incident, cn: Unit, now: datetime, open_page: OpenPage
) -> None:
    # Given an incident whose only ground for closure is a supposition
    suppose_abroad(incident, cn.frontline, now)
    page = open_page(cn.frontline)
    page.goto(under(incident, "closure/"))
    barriers = page.locator(".house-barriers")
    for code in ("LOCATED", "END-1", "HYP-1"):
        expect(barriers.get_by_text(code, exact=True)).to_be_visible()
    check_page(page, "closure-barred")
    # When the officer asks for closure all the same
    page.get_by_role("button", name="Ask for closure").click()
    check_page(page, "ask-closure")
    page.get_by_label("Rationale").fill("Likely abroad without telling anyone.")
    page.get_by_role("button", name="Ask for closure").click()
    # Then it is refused with every barrier, and the words are still there
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("No named officer has seen Merrin Ashgrove in person.")
    expect(summary).to_contain_text("An untested hypothesis cannot be the ground of a closure.")
    expect(page.get_by_label("Rationale")).to_have_value("Likely abroad without telling anyone.")
    assert stage_of(incident) == "pre_48h"


def test_located_asked_for_authorised_and_reopened(
    incident: Incident, cn: Unit, now: datetime, open_page: OpenPage
) -> None:
    # Given an officer who has seen the person
    page = open_page(cn.frontline)
    page.goto(under(incident, "located/record/"))
    check_page(page, "record-located")
    fill_located(page, cn.frontline.get_full_name())
    expect(page.get_by_text("It is recorded how they were located.")).to_be_visible()
    # When they ask for closure
    page.get_by_role("button", name="Ask for closure").click()
    page.get_by_label("Rationale").fill("Seen, well, and at home.")
    page.get_by_role("button", name="Ask for closure").click()
    expect(page.get_by_text("Closure is asked for. Another inspector decides.")).to_be_visible()
    # Then another inspector sees what stands in the way and gives a reason for each
    inspector = open_page(cn.another(Role.DUTY_INSPECTOR))
    inspector.goto(under(incident, "closure/"))
    inspector.get_by_role("button", name="Authorise closure").click()
    check_page(inspector, "authorise-closure")
    inspector.get_by_role("button", name="Authorise closure").click()
    expect(inspector.locator(".govuk-error-summary")).to_be_focused()
    for box in inspector.locator("textarea").all():
        box.fill("She declined and is with her mother.")
    inspector.get_by_role("button", name="Authorise closure").click()
    expect(inspector.get_by_text("The incident is closed.")).to_be_visible()
    check_page(inspector, "closure-closed")
    # And it can be reopened with a reason
    page.goto(under(incident, "reopen/"))
    check_page(page, "reopen")
    page.get_by_label("Why it is reopened").fill("Her aunt reports her missing again.")
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_text("The incident is open again.")).to_be_visible()
    assert stage_of(incident) == "pre_48h"


def fill_located(page: Page, officer: str) -> None:
    """Located and seen by this officer, just now."""
    page.get_by_label("Date").first.fill("18/7/2026")
    page.get_by_label("Time").first.fill("0955")
    page.get_by_label("Where", exact=True).fill("Home")
    page.get_by_label("Safe and well").check()
    page.get_by_label("How they were located").fill("Came home; the officer spoke with her.")
    picker = page.locator("#id_seen_in_person_by")
    value = picker.locator("option", has_text=officer).first.get_attribute("value")
    page.evaluate(
        "([id, value]) => { document.getElementById(id).value = value; }",
        ["id_seen_in_person_by", value],
    )
    page.get_by_label("Date").last.fill("18/7/2026")
    page.get_by_label("Time").last.fill("1000")
    page.get_by_role("button", name="Record", exact=True).click()


@pytest.mark.parametrize(
    "path",
    [
        "strategy/write/",
        "hypotheses/state/",
        "sightings/record/",
        "log/add/",
        "family-contacts/record/",
        "notifications/record/",
        "prevention-interview/record/",
        "return-interview/ask/",
        "return-interview/update/",
        "closure/refuse/",
    ],
)
def test_every_other_form_is_accessible_and_fits_a_phone(
    path: str, incident: Incident, cn: Unit, open_page: OpenPage
) -> None:
    page = open_page(cn.superintendent)
    page.goto(under(incident, path))
    check_page(page, path.strip("/").replace("/", "-"))
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()


def test_the_pages_read_without_javascript(
    incident: Incident, cn: Unit, now: datetime, open_page: OpenPage
) -> None:
    hypothesis = suppose_abroad(incident, cn.frontline, now)
    locate(incident, cn.frontline, now)
    interview(incident, cn.frontline, now)
    ask(incident, cn.frontline, now)
    page = open_page(cn.superintendent, java_script_enabled=False)
    page.goto(under(incident, "investigation/"))
    supposed = page.get_by_text("May have gone abroad without telling anyone.", exact=True)
    expect(supposed).to_be_visible()
    page.goto(under(incident, f"hypotheses/{hypothesis}/conclude/"))
    page.get_by_label("Refuted").check()
    page.get_by_label("The evidence", exact=True).fill("No record of travel.")
    page.get_by_label("Who supplied the evidence").fill("Border Force")
    page.get_by_role("button", name="Save conclusion").click()
    expect(page.get_by_text("The hypothesis is concluded.")).to_be_visible()
    page.goto(under(incident, "closure/"))
    expect(page.get_by_text("Waiting for a decision")).to_be_visible()
