"""Grading and endorsing in a browser, on a phone and at a desk."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from mispers.models import Incident
from riskassessment.models import RiskAssessment, RiskDraft
from tests.browser.conftest import OpenPage
from tests.browser.seeing import PHONE, check_page, on_a_phone
from tests.conftest import Unit, a_unit
from tests.factories.incidents import log_incident
from tests.factories.risk import RATIONALE, an_assessment

pytestmark = pytest.mark.django_db(transaction=True)
# Names of what can be pressed in the form and is less than 44 pixels tall, with its height.
SMALL_TARGETS = """
() => [...document.querySelectorAll(
  "main form summary, main form button, main form input:not([type=hidden]), main form select," +
  " main form textarea, .house-jumps a, .house-questions a")]
  .filter((each) => each.checkVisibility())
  .map((each) => [each.name || each.textContent.trim(), each.getBoundingClientRect().height])
  .filter(([, height]) => height > 0 && height < 44)
"""
# Not those of any earlier record: words used before are asked about.
REASONS = (
    "Kai is 14 and was to meet a man of thirty at the canal. He owes him money, and was hit over "
    "it in the spring."
)
KAI = {"given_name": "Kai", "family_name": "Dunmore", "date_of_birth": date(2012, 3, 1)}


@pytest.fixture
def unit() -> Unit:
    return a_unit("CN")


@pytest.fixture
def child(unit: Unit, now: datetime) -> Incident:
    """A boy of 14 with a marker of criminal exploitation, missing for the second time."""
    earlier = log_incident(
        unit.frontline, now - timedelta(days=20), person={**KAI, "markers": ["cce"]}
    )
    an_assessment(earlier, unit.frontline, now - timedelta(days=20))
    return log_incident(unit.frontline, now, person={**KAI, "markers": ["cce"]})


def test_an_officer_grades_on_a_phone_and_is_asked_what_matters(
    unit: Unit, child: Incident, open_page: OpenPage
) -> None:
    # Given the grading page of a child with a marker, on a phone
    page = open_page(unit.frontline, viewport=PHONE)
    page.goto(reverse("assess-risk", args=[child.reference]))
    known = page.get_by_role("region", name="What we already know")
    expect(known).to_contain_text("Criminal exploitation")
    expect(known).to_contain_text("2 in 90 days")
    # When they write words that blame him
    page.get_by_label("Why this grade, for this person").fill(f"{RATIONALE} He is streetwise.")
    # Then a better wording is offered while they type
    expect(page.locator(".house-words-help")).to_contain_text("A child who lacks protection")
    # And the words that his earlier record has already are pointed out
    repeated = page.locator("#prompt-repeats")
    expect(repeated).to_contain_text("of its words stand in the assessment of")
    expect(repeated).to_contain_text("“She is expected home by six")
    # When they choose a grade below what is usual
    page.get_by_role("radio", name="Likely", exact=True).check()
    page.get_by_role("radio", name="Real, but not serious").check()
    page.get_by_role("radio", name="Low", exact=True).check()
    # Then they are asked why, and the grade stays theirs
    expect(page.locator("#prompt-usually")).to_contain_text("usually at least medium")
    check_page(page, "grading")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dictionary
    # When they send it without saying why
    page.get_by_role("button", name="Record this grade").click()
    # Then the summary has the focus and leads to the field, and nothing typed is lost
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.get_by_label("Why it is lower than it usually is")).to_be_focused()
    expect(page.get_by_label("Why this grade, for this person")).to_have_value(
        f"{RATIONALE} He is streetwise."
    )
    check_page(page, "grading-refused")
    # When they say why
    page.get_by_label("Why it is lower than it usually is").fill("His aunt has him on the phone.")
    page.get_by_role("button", name="Record this grade").click()
    # Then they are asked why the words stay, and say so
    expect(page.locator(".govuk-error-summary")).to_contain_text("say why the words stay")
    page.get_by_label("Why words used before stay").fill("It was the same night last month.")
    page.get_by_role("button", name="Record this grade").click()
    # Then it is recorded, waits for an inspector, and the phrase waits for an answer
    expect(page.get_by_role("heading", name="The grade in force")).to_be_visible()
    expect(page.get_by_text("Waiting for an inspector")).to_be_visible()
    expect(page.get_by_role("heading", name="Words to answer")).to_be_visible()
    assert RiskAssessment.objects.get(incident=child).grade == "low"
    check_page(page, "risk")
    keep_the_phrase(page)


def keep_the_phrase(page: Page) -> None:
    page.get_by_role("link", name="Keep it with a reason").click()
    check_page(page, "keep-phrase")
    page.get_by_label("Why does the phrase stay?").fill("His school's word, quoted.")
    page.get_by_role("button", name="Keep it with this reason").click()
    expect(page.get_by_role("heading", name="Words to answer")).to_have_count(0)


def test_what_was_typed_survives_leaving_the_page(
    unit: Unit, child: Incident, open_page: OpenPage
) -> None:
    # Given half a rationale, saved by itself
    page = open_page(unit.frontline)
    page.goto(reverse("assess-risk", args=[child.reference]))
    page.get_by_label("Why this grade, for this person").fill("His phone is off and")
    expect(page.locator("[data-draft-status]")).to_contain_text("Saved")
    # When the officer comes back to it later, elsewhere
    page.goto(reverse("incident-risk", args=[child.reference]))
    again = open_page(unit.frontline)
    again.goto(reverse("assess-risk", args=[child.reference]))
    # Then it is there
    expect(again.get_by_label("Why this grade, for this person")).to_have_value(
        "His phone is off and"
    )


def check_its_parts_are_named(page: Page) -> None:
    jumps = page.get_by_role("navigation", name="Parts of this form")
    expect(jumps.get_by_role("link")).to_have_count(5)
    for heading in ("Questions to think over", "The grade", "Before you record"):
        expect(page.get_by_role("heading", level=2, name=heading)).to_be_visible()
    expect(page.get_by_role("group", name="How likely is harm?")).to_be_visible()
    expect(page.get_by_role("group", name="How bad would it be?")).to_be_visible()
    expect(page.get_by_role("table", name="Where likelihood and severity meet")).to_be_visible()


def test_prompts_open_with_factors_and_what_is_empty_is_listed_back_by_keyboard_alone(
    unit: Unit, child: Incident, open_page: OpenPage
) -> None:
    # Given the grading page, its parts named for a screen reader
    page = open_page(unit.frontline, viewport=PHONE)
    page.goto(reverse("assess-risk", args=[child.reference]))
    check_its_parts_are_named(page)
    gaps = page.locator("#gaps")
    expect(gaps).to_contain_text("Still empty: 20 questions.")
    # When a factor is ticked with the space bar
    page.get_by_role("checkbox", name="Drugs or alcohol").focus()
    page.keyboard.press("Space")
    # Then its question comes, is told where it was ticked, and is empty
    question = "What do they use, what happens in withdrawal, and who supplies it?"
    expect(page.locator("#opened-now")).to_have_text(f"Opened below: {question}")
    expect(gaps).to_contain_text("Still empty: 21 questions.")
    # When it is opened, answered and left by keyboard
    page.locator("#ask-substances").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("textbox", name=question)).to_be_focused()
    page.keyboard.type("Cannabis; his brother knows from whom.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("group", name=f"How this is answered: {question}")).to_be_visible()
    # Then the list tells it, and another that is not known is told by name
    expect(page.locator("#stands-substances")).to_have_text("Answered")
    expect(gaps).to_contain_text("Still empty: 20 questions.")
    medical = "What medical needs do they have, and what happens if those are not met?"
    page.locator("#ask-medical").press("Enter")
    page.get_by_role("group", name=f"How this is answered: {medical}").get_by_role(
        "radio", name="Not known"
    ).check()
    expect(gaps).to_contain_text("Not known: 1.")
    gaps.get_by_role("link", name=medical).press("Enter")
    expect(page.locator("#ask-medical")).to_be_focused()
    # And the matrix shows where the answers on harm meet, and that the grade is lower
    page.get_by_role("radio", name="Very likely").check()
    page.get_by_role("radio", name="Serious", exact=True).check()
    page.get_by_role("radio", name="Medium", exact=True).check()
    expect(page.get_by_role("cell", name="High Your answers")).to_be_visible()
    expect(page.locator("#prompt-usually")).to_contain_text("Your own answers on harm meet at high")
    page.get_by_text("Examples of each grade").click()
    check_page(page, "grading-prompts")
    assert on_a_phone(page).evaluate(SMALL_TARGETS) == []
    # When it is recorded by keyboard
    page.get_by_label("Why this grade, for this person").fill(REASONS)
    page.get_by_role("button", name="Record this grade").press("Enter")
    # Then the answers and what is empty stand on the record
    expect(page.get_by_text("his brother knows from whom")).to_be_visible()
    expect(page.get_by_text("19 questions")).to_be_visible()


def test_answers_survive_a_connection_lost_in_the_middle_of_the_form(
    unit: Unit, child: Incident, open_page: OpenPage
) -> None:
    # Given a form begun, with a question that a factor opened, on a line too bad to save anything
    page = open_page(unit.frontline, viewport=PHONE)
    page.goto(reverse("assess-risk", args=[child.reference]))
    page.route("**/risk/draft/", lambda route: route.abort())
    status = page.locator("[data-draft-status]")
    page.get_by_role("checkbox", name="Dementia or confusion").check()
    page.locator("#ask-dementia").click()
    # When the network goes while an answer is typed
    page.context.set_offline(True)
    answer = page.get_by_role("textbox", name="Which homes, workplaces or walks of long ago")
    answer.fill("His grandmother's flat")
    page.locator("#ask-worry").click()
    worry = page.get_by_role("textbox", name="Why is somebody worried?")
    worry.fill("He left his telephone.")
    page.get_by_label("Why this grade, for this person").fill(REASONS)
    # Then the officer is told, and a press neither records nor loses anything
    expect(status).to_contain_text("Not saved: no connection")
    page.get_by_role("button", name="Record this grade").click()
    expect(worry).to_have_value("He left his telephone.")
    # When the page is loaded again as soon as the network is back, before anything was saved
    page.context.set_offline(False)
    page.reload()
    # Then the factor opens its question again, and every word is in its box
    expect(page.locator("#stands-worry")).to_have_text("Answered")
    expect(page.locator("#stands-dementia")).to_have_text("Answered")
    page.locator("#ask-worry").click()
    expect(worry).to_have_value("He left his telephone.")
    page.locator("#ask-dementia").click()
    expect(answer).to_have_value("His grandmother's flat")
    expect(page.get_by_label("Why this grade, for this person")).to_have_value(REASONS)
    # And it is saved as soon as it can be
    page.unroute("**/risk/draft/")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(status).to_contain_text("Saved")
    kept = RiskDraft.objects.get().data
    assert kept["prompts-worry-text"] == ["He left his telephone."]
    assert kept["prompts-dementia-text"] == ["His grandmother's flat"]
    assert kept["rationale"] == [REASONS]


def test_the_page_asks_and_records_without_scripts(
    unit: Unit, child: Incident, open_page: OpenPage
) -> None:
    page = open_page(unit.frontline, viewport=PHONE, java_script_enabled=False)
    page.goto(reverse("assess-risk", args=[child.reference]))
    page.get_by_role("checkbox", name="Dementia or confusion").check()
    page.get_by_role("button", name="Open further questions, list what is empty").click()
    page.locator("#ask-dementia").click()
    page.get_by_role("textbox", name="Which homes, workplaces or walks").fill("Her old school.")
    page.get_by_role("radio", name="Likely", exact=True).check()
    page.get_by_role("radio", name="Serious", exact=True).check()
    page.get_by_role("radio", name="High", exact=True).check()
    page.get_by_label("Why this grade, for this person").fill(REASONS)
    page.get_by_role("button", name="Record this grade").click()
    expect(page.get_by_text("Her old school.")).to_be_visible()


def test_the_meanings_of_the_grades(unit: Unit, child: Incident, open_page: OpenPage) -> None:
    page = open_page(unit.frontline, viewport=PHONE)
    page.goto(reverse("grade-meanings"))
    check_page(page, "grade-meanings")
    page.get_by_label("As it stood on").fill("2/7/2026")
    page.get_by_role("button", name="Show that day").click()
    expect(page.get_by_text("Serious harm to the missing person")).to_be_visible()


def test_an_inspector_endorses_from_the_queue(
    unit: Unit, child: Incident, now: datetime, open_page: OpenPage
) -> None:
    # Given a grade that waits, and another before it
    an_assessment(child, unit.frontline, now - timedelta(minutes=9), "high", factors=[])
    an_assessment(
        child, unit.frontline, now, "medium", rationale=f"{RATIONALE} His aunt rang at noon."
    )
    page = open_page(unit.inspector, viewport=PHONE)
    # When the inspector opens the queue and the assessment
    page.goto(reverse("risk-queue"))
    check_page(page, "risk-queue")
    page.get_by_role("link", name="Endorse or return").last.click()
    # Then what changed since the grade before is compared, not left to be found
    expect(page.get_by_role("region", name="Changed since")).to_contain_text(
        "(added: His aunt rang at noon.)"
    )
    check_page(page, "decide")
    # When they return it without saying what to reconsider
    page.get_by_role("radio", name="Return").check()
    page.get_by_role("button", name="Record your decision").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    # Then they are told at the field; and endorsing goes through
    page.get_by_role("radio", name="Endorse").check()
    page.get_by_role("button", name="Record your decision").click()
    expect(page.get_by_text(f"Endorsed by {unit.inspector}")).to_be_visible()
