"""A report on a phone: three steps, nothing lost, earlier incidents offered, one incident made."""

import re
from datetime import datetime

from playwright.sync_api import Page, expect

from mispers.models import Incident, ReportDraft
from tests.browser.conftest import OpenPage
from tests.browser.seeing import PHONE, check_page
from tests.conftest import Unit
from tests.factories.incidents import log_incident

SAVED = re.compile(r"^Saved \d\d:\d\d$")

# A page answers in a moment; a machine that runs the whole suite at once may need longer.


def start_a_report(page: Page) -> None:
    page.goto("/report/")
    page.get_by_role("button", name="Start a report").click()
    expect(page.get_by_role("heading", name="Who is missing?")).to_be_visible()


def test_an_officer_logs_a_report_on_a_phone(open_page: OpenPage, cn: Unit, now: datetime) -> None:
    # Given somebody of a similar name who was missing before, and an officer with a phone
    earlier = log_incident(
        cn.frontline, now, given_name="Marygold", family_name="Fenwyck", date_of_birth=None
    )
    page = open_page(cn.frontline, viewport=PHONE)
    start_a_report(page)
    # When they type the name, then it is offered and linked by one press
    page.get_by_label("Given name").fill("Marigold")
    page.get_by_label("Family name").fill("Fenwick")
    expect(page.get_by_text("Name sounds the same")).to_be_visible()
    check_page(page, "report-who")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dictionary
    page.get_by_role("button", name="Same person: link").click()
    expect(page.get_by_role("button", name="Not the same person")).to_be_visible()
    expect(page.get_by_label("Given name")).to_have_value("Marigold")
    page.get_by_role("button", name="Continue").click()
    # When they say what happened and forget to say anything at first
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    check_page(page, "report-what-wrong")
    page.get_by_label("What happened").fill("Left after an argument and took no coat.")
    page.get_by_role("button", name="Continue").click()
    check_page(page, "report-informant")
    page.get_by_label("Their name").fill("Rowan Fenwick")
    page.get_by_role("button", name="Continue").click()
    # Then the last page says what will be logged
    expect(page.get_by_text("Left after an argument")).to_be_visible()
    expect(page.get_by_text("will be linked")).to_be_visible()
    check_page(page, "report-check")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dictionary
    page.get_by_role("button", name="Log it").click()
    # And the incident names who answers for it
    expect(page.get_by_text("Logged as CN-26-000002.")).to_be_visible()
    incident = Incident.objects.get(reference="CN-26-000002")
    assert [link.other for link in incident.links.all()] == [earlier]


def test_no_word_is_lost_when_the_connection_is(
    open_page: OpenPage, cn: Unit, now: datetime
) -> None:
    # Given an officer in the middle of a report
    page = open_page(cn.frontline, viewport=PHONE)
    start_a_report(page)
    page.get_by_label("Given name").fill("Marigold")
    expect(page.get_by_text(SAVED)).to_be_visible()
    # When the network goes while they type
    page.context.set_offline(True)
    page.get_by_label("Family name").fill("Fenwick")
    page.get_by_label("Given name").click()
    # Then they are told, and a press does not lose the page
    expect(page.get_by_text("no connection")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Family name")).to_have_value("Fenwick")
    # And when it is back, the words are saved and the report goes on
    page.context.set_offline(False)
    expect(page.get_by_text(SAVED)).to_be_visible()
    assert ReportDraft.objects.get().data["family_name"] == ["Fenwick"]
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="What happened?")).to_be_visible()


def test_a_begun_report_is_taken_up_again(open_page: OpenPage, cn: Unit, now: datetime) -> None:
    # Given a report that was begun and left
    page = open_page(cn.frontline, viewport=PHONE)
    start_a_report(page)
    page.get_by_label("Family name").fill("Fenwick")
    page.get_by_label("Day", exact=True).fill("31")
    page.get_by_label("Month", exact=True).fill("2")
    expect(page.get_by_text(SAVED)).to_be_visible()
    # When the officer comes back
    page.goto("/report/")
    check_page(page, "report-start")
    page.get_by_role("link", name="Fenwick").click()
    # Then every word is there, the wrong ones as well
    expect(page.get_by_label("Family name")).to_have_value("Fenwick")
    expect(page.get_by_label("Day", exact=True)).to_have_value("31")
    page.get_by_label("Year", exact=True).fill("2009")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Date of birth must be a real date").first).to_be_visible()
    check_page(page, "report-who-wrong")


def test_a_patrol_learns_that_somebody_is_missing_and_records_the_meeting(
    open_page: OpenPage, cn: Unit, ne: Unit, now: datetime
) -> None:
    # Given somebody missing from CN and a patrol of NE that meets her
    log_incident(cn.frontline, now, given_name="Marigold", family_name="Fenwick")
    page = open_page(ne.frontline, viewport=PHONE)
    page.goto("/people/")
    check_page(page, "people-empty")
    page.get_by_label("Name", exact=True).fill("Marygold Fenwick")
    page.get_by_role("button", name="Look up").click()
    # Then they see whom to ring
    expect(page.get_by_text("Missing now")).to_be_visible()
    expect(page.get_by_text(cn.inspector.get_full_name())).to_be_visible()
    check_page(page, "people-found")
    page.get_by_role("link", name="I have met this person").or_(
        page.get_by_role("button", name="I have met this person")
    ).click()
    check_page(page, "people-met")
    # And the meeting is on the record of CN
    page.get_by_label("Date", exact=True).fill("18/7/2026")
    page.get_by_label("Time", exact=True).fill("09:40")
    page.get_by_label("Where").fill("Platform 2")
    page.get_by_role("button", name="Record that I met them").click()
    expect(page.get_by_text("Recorded on CN-26-000001")).to_be_visible()
    assert Incident.objects.get().sighting_entries.get().place == "Platform 2"


def test_a_report_is_corrected(open_page: OpenPage, cn: Unit, now: datetime) -> None:
    # Given a report with a misheard name
    incident = log_incident(cn.frontline, now, given_name="Marygold")
    page = open_page(cn.frontline)
    page.goto(f"/incidents/{incident.reference}/correct/")
    check_page(page, "report-correct")
    # When it is corrected
    page.get_by_label("Given name").fill("Marigold")
    page.get_by_role("button", name="Save corrections").click()
    # Then the incident says so
    expect(page.get_by_text("The report was corrected.")).to_be_visible()
    incident.person.refresh_from_db()
    assert incident.person.given_name == "Marigold"
