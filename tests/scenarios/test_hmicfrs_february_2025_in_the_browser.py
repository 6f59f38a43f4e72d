"""HMICFRS, February 2025, on the real pages: an exploited child of 14, and hours without action."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from officers.models import Training
from tests.browser.fixtures import OpenPage
from tests.conftest import Unit, a_unit
from tests.factories.risk import trained
from tests.scenarios.incident_in_the_browser import HOUR, MINUTE, InTheBrowser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASONS = (
    "Marlon is 14 and is being criminally exploited: adults collect him by car, and last time he "
    "came back beaten. Harm tonight is likely."
)


@pytest.fixture
def unit(transactional_db: None, now: datetime) -> Unit:
    unit = a_unit("CN")
    for officer in (unit.frontline, unit.inspector):
        trained(officer, now)
    return unit


def given_a_child_with_a_marker_set_at_intake(case: InTheBrowser) -> None:
    pc = case.unit.frontline
    # Given a child reported by his home, with the marker chosen at intake
    case.report(
        pc,
        named=("Marlon", "Ashby"),
        born=("9", "4", "2012"),
        markers=("Criminal exploitation",),
        circumstances="Collected from the children's home by a car that staff did not know.",
        informant=("Ines Okafor", "key worker", "020 7946 0230"),
    )
    # Then CHILD-2 asks for the investigation behind it
    expect(case.standard(pc, "CHILD-2")).to_contain_text("Not yet due")
    expect(case.under(pc).get_by_role("button", name="Reference the investigation")).to_be_visible()


def a_lower_grade_is_asked_about(case: InTheBrowser) -> None:
    pc = case.unit.frontline
    # When an officer grades him low without a word about it
    case.at(10 * MINUTE)
    page = case.grading(pc, "Low", REASONS)
    page.get_by_role("button", name="Record this grade").click()
    # Then the page says what it usually is and asks why
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("usually at least medium")
    expect(page.get_by_label("Why this grade, for this person")).to_have_value(REASONS)
    # When it is graded medium, in words that blame him
    page = case.grading(
        pc, "Medium", f"{REASONS} He is streetwise and keeps putting himself at risk."
    )
    case.press(page, "Record this grade", "Risk graded medium")


def hours_without_action_climb(case: InTheBrowser) -> None:
    inspector = case.unit.inspector
    # When an hour passes without a first action
    case.at(HOUR)
    # Then it is overdue on the inspector's board, and not yet with the superintendent
    board = case.page(inspector, f"/board/{case.unit.code}/").locator("main")
    expect(board).to_contain_text(case.reference)
    expect(board).to_contain_text("Assess the risk and set a first action")
    climbed = f"/board/{case.unit.code}/?show=climbed"
    # When two hours have
    case.at(2 * HOUR)
    # Then it is on the superintendent's, and in both inboxes
    expect(case.page(case.unit.superintendent, climbed).locator("main")).to_contain_text(
        case.reference
    )
    for officer in (inspector, case.unit.superintendent):
        expect(case.inbox(officer)).to_contain_text("Assess the risk and set a first action")


def words_that_blame_him_are_answered_first(case: InTheBrowser) -> None:
    pc, inspector = case.unit.frontline, case.unit.inspector
    # When the inspector would endorse
    page = case.page(inspector, "/risk/queue/")
    page.get_by_role("link", name="Endorse or return").first.click()
    page.get_by_role("radio", name="Endorse", exact=True).check()
    page.get_by_role("button", name="Record your decision").click()
    # Then the words wait for an answer first
    expect(page.locator(".govuk-error-summary")).to_contain_text("streetwise")
    # When one is kept with a reason and the rest reworded in a further assessment
    page = case.under(pc, "risk/")
    card = page.locator(".house-card", has_text="“streetwise”")
    card.get_by_role("link", name="Keep it with a reason").click()
    page.get_by_label("Why does the phrase stay?").fill("His school's word, to be asked about.")
    page.get_by_role("button", name="Keep it with this reason").click()
    case.at(2 * HOUR + 10 * MINUTE)
    page = case.grading(pc, "Medium", f"{REASONS} His key worker says that he is afraid of them.")
    page.get_by_label("What changed since the last assessment").fill("Reworded.")
    page.get_by_label("Why words used before stay").fill("The same child, the same night.")
    case.press(page, "Record this grade", "Risk graded medium")
    page = case.page(inspector, "/risk/queue/")
    page.get_by_role("link", name="Endorse or return").first.click()
    page.get_by_role("radio", name="Endorse", exact=True).check()
    case.press(page, "Record your decision", "Endorsed.")


def his_investigation_is_in_trained_hands(case: InTheBrowser) -> None:
    pc = case.unit.frontline
    # When the exploitation investigation is allocated to an officer trained for it
    investigator = case.unit.another()
    Training.objects.create(
        officer=investigator,
        course=Training.Course.EXPLOITATION,
        passed_on=case.reported_at.date() - timedelta(days=30),
        lapses_on=case.reported_at.date() + timedelta(days=300),
    )
    page = case.under(pc, "known/exploitation/record/")
    page.get_by_role("radio", name="Criminal exploitation").check()
    page.get_by_label("The investigation's reference").fill("OP-LARCH-14")
    page.locator("select[name=officer]").select_option(str(investigator.pk), force=True)
    page.get_by_role("radio", name="Police").check()
    page.get_by_label("Their name").fill("The exploitation desk")
    page.get_by_label("How to reach them").fill("ext. 4410")
    case.moment(page, "obtained_at", case.reported_at + 2 * HOUR)
    page.get_by_role("button", name="Record it").click()
    # Then CHILD-2 is met
    expect(case.standard(pc, "CHILD-2")).to_contain_text("Met")


def test_hmicfrs_february_2025_in_the_browser(
    unit: Unit, now: datetime, open_page: OpenPage
) -> None:
    case = InTheBrowser(open_page, unit, now)
    given_a_child_with_a_marker_set_at_intake(case)
    a_lower_grade_is_asked_about(case)
    hours_without_action_climb(case)
    words_that_blame_him_are_answered_first(case)
    his_investigation_is_in_trained_hands(case)
