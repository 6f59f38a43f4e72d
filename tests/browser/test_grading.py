"""Grading and endorsing in a browser, on a phone and at a desk."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from mispers.models import Incident
from riskassessment.models import RiskAssessment
from tests.browser.conftest import OpenPage
from tests.browser.seeing import PHONE, check_page
from tests.conftest import Unit, a_unit
from tests.factories.incidents import log_incident
from tests.factories.risk import RATIONALE, an_assessment

pytestmark = pytest.mark.django_db(transaction=True)
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
    expect(page.locator("#prompt-words")).to_contain_text("A child who lacks protection")
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
