"""IOPC, July 2022, on the real pages: what is known is recorded as it is, and decided again."""

from datetime import datetime

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import OpenPage
from tests.conftest import Unit, a_unit
from tests.factories.risk import trained
from tests.scenarios.incident_in_the_browser import HOUR, MINUTE, InTheBrowser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOW = "Dele is 19, took his phone and his card, and has stayed with friends before."


@pytest.fixture
def unit(transactional_db: None, now: datetime) -> Unit:
    unit = a_unit("CN")
    for officer in (unit.frontline, unit.inspector):
        trained(officer, now)
    return unit


def given_a_young_man_graded_low(case: InTheBrowser) -> None:
    pc = case.unit.frontline
    # Given a young man graded low on the first evening
    case.report(
        pc,
        named=("Dele", "Sayers"),
        born=("11", "2", "2007"),
        markers=("Serious medical condition",),
        circumstances="Went out last night without saying where to, and is not answering.",
        informant=("Abiodun Sayers", "mother", "020 7946 0417"),
    )
    case.at(30 * MINUTE)
    case.press(case.grading(pc, "Low", LOW), "Record this grade", "Risk graded low")


def the_illness_is_recorded_with_its_meaning(case: InTheBrowser) -> None:
    pc = case.unit.frontline
    # When his mother says sickle cell disease, and it is written down as a name alone
    case.at(HOUR)
    page = case.under(pc)
    page.get_by_role("button", name="Record the condition").click()
    page.get_by_label("Which condition?").select_option(label="Another condition")
    page.get_by_text("It is not in the list", exact=True).click()
    page.get_by_label("Another condition").fill("Anaemia")
    page.get_by_role("radio", name="The informant").check()
    case.moment(page, "obtained_at", case.reported_at + HOUR)
    page.get_by_role("button", name="Record it").click()
    # Then it is asked what it means
    expect(page.locator(".govuk-error-summary")).to_contain_text("what it means for risk")
    # When it is recorded as what it is
    page.get_by_label("Which condition?").select_option(label="Sickle cell disease")
    page.get_by_label("Another condition").fill("")
    case.press(page, "Record it", "It is recorded: a health condition.")
    # Then its meaning stands with it, who said so, and what it is mistaken for
    for words in ("hospital within hours", "Not anaemia", "Abiodun Sayers"):
        expect(page.locator("main")).to_contain_text(words)
    # And the risk is to be decided again, because of it
    risk = case.under(pc, "risk/").locator("main")
    expect(risk).to_contain_text("since this assessment came:")
    expect(risk).to_contain_text("the condition Sickle cell disease")


def the_doctor_is_heard_by_name(case: InTheBrowser) -> None:
    pc = case.unit.frontline
    # When his doctor rings, and nobody writes down who it was
    case.at(HOUR + 20 * MINUTE)
    page = case.under(pc, "log/add/")
    page.get_by_label("What is to be logged").fill("He has no medicine with him.")
    page.get_by_label("What kind of source").select_option(label="A professional")
    page.get_by_role("button", name="Add to the log").click()
    # Then the page asks, and keeps the words
    expect(page.locator(".govuk-error-summary")).to_contain_text("which professional")
    expect(page.get_by_label("What is to be logged")).to_have_value("He has no medicine with him.")
    page.get_by_label("Where it came from").fill("Dr Maya Trent, his GP")
    case.press(page, "Add to the log", "Dr Maya Trent")


def low_is_not_carried_on(case: InTheBrowser) -> None:
    pc = case.unit.frontline
    # When nobody decides again
    case.at(26 * HOUR)
    # Then low is not carried on: it shows as not met, and has climbed to the superintendent
    expect(case.standard(pc, "RISK-4")).to_contain_text("Not met")
    expect(case.inbox(case.unit.superintendent)).to_contain_text("Review the risk")
    # When an officer would keep it at low
    page = case.grading(pc, "Low", f"{LOW} Nothing else is known.")
    page.get_by_label("What changed since the last assessment").fill("A night has passed.")
    page.get_by_role("button", name="Record this grade").click()
    # Then they are asked why, by name of what is held
    expect(page.locator(".govuk-error-summary")).to_contain_text("condition that can kill")
    # When a person decides again
    page.get_by_role("radio", name="High", exact=True).check()
    page.get_by_label("Why this grade, for this person").fill(
        "Dele has had no medicine for two nights of frost: a crisis is likely, and can kill him."
    )
    case.press(page, "Record this grade", "Risk graded high")
    expect(case.standard(pc, "RISK-4")).not_to_contain_text("Not met")


def his_mothers_call_reaches_the_inspector(case: InTheBrowser) -> None:
    pc, inspector = case.unit.frontline, case.unit.inspector
    # When somebody is taken for him, and his mother rings
    seen_at = case.at(27 * HOUR)
    page = case.under(pc, "located/record/")
    case.moment(page, "at", seen_at)
    page.get_by_label("Where", exact=True).fill("Coram Park")
    page.get_by_label("Safe and well").check()
    page.get_by_label("How they were located").fill("A young man who gave his name.")
    page.locator("select[name=seen_in_person_by]").select_option(str(pc.pk), force=True)
    case.moment(page, "seen_at", seen_at)
    case.press(page, "Record", "It is recorded how they were located.")
    case.at(28 * HOUR)
    page = case.under(pc, "log/add/")
    page.get_by_label("What is to be logged").fill("That was his cousin. He is not home.")
    page.get_by_label("Where it came from").fill("His mother")
    page.get_by_label("What kind of source").select_option(label="Family")
    case.press(page, "Add to the log", "That was his cousin")
    # Then the duty inspector is told at once, and it stands in the way of closing
    expect(case.inbox(inspector)).to_contain_text(f"Information on {case.reference}")
    closure = case.under(inspector, "closure/").locator("main")
    expect(closure).to_contain_text("Information has arrived since they were located")
    expect(closure.locator(".house-barrier", has_text="NEW-1")).to_contain_text("his cousin")


def test_iopc_july_2022_in_the_browser(unit: Unit, now: datetime, open_page: OpenPage) -> None:
    case = InTheBrowser(open_page, unit, now)
    given_a_young_man_graded_low(case)
    the_illness_is_recorded_with_its_meaning(case)
    the_doctor_is_heard_by_name(case)
    low_is_not_carried_on(case)
    his_mothers_call_reaches_the_inspector(case)
