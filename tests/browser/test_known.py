"""Recording what is known about somebody, on a phone, from the incident's first page."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from ownership.models import Deadline
from tests.browser.conftest import OpenPage
from tests.browser.seeing import PHONE, check_page
from tests.conftest import a_unit
from tests.factories.incidents import log_incident
from tests.factories.known import an_investigation, the_weather
from tests.factories.risk import an_assessment

pytestmark = pytest.mark.django_db(transaction=True)
ORLA = {
    "given_name": "Orla", "family_name": "Bellweather", "date_of_birth": date(2010, 5, 1),
    "markers": ["cse", "medical"], "looked_after_by": "Borough of Northmoor",
}  # fmt: skip


def test_a_marker_leads_to_the_condition_its_meaning_and_the_clock(
    now: datetime, open_page: OpenPage
) -> None:
    # Given a child whose marker says only that she is ill, graded medium
    unit = a_unit("CN")
    child = log_incident(unit.frontline, now, person=ORLA)
    an_assessment(child, unit.frontline, now)
    page = open_page(unit.frontline, viewport=PHONE)
    page.goto(reverse("incident", args=[child.reference]))
    check_page(page, "known-first-page")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dictionary
    # When the officer presses what stands beside the marker and says what the informant said
    page.get_by_role("button", name="Record the condition").click()
    page.get_by_label("Which condition?").select_option(label="Sickle cell disease")
    page.get_by_role("radio", name="The informant").check()
    check_page(page, "known-condition-form")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dictionary
    page.get_by_role("button", name="Record it").click()
    # Then its meaning stands there, what it is mistaken for, who said so, and a review is due
    health = page.get_by_role("region", name="Health")
    expect(health).to_contain_text("It needs hospital within hours")
    expect(health).to_contain_text("Not anaemia")
    expect(health).to_contain_text("From Rowan Ashgrove, parent (the informant), 020 7946 0001")
    due = Deadline.objects.get(incident=child, code="RISK-4")
    assert due.title == "Review the risk now: the condition Sickle cell disease"
    # When the time of a dose, the cold and an investigation are known as well
    page.goto(reverse("record-known-medication", args=[child.reference]))
    page.get_by_label("Which medicine?").fill("Penicillin and hydroxycarbamide")
    page.get_by_label("For which condition?").select_option(label="Sickle cell disease")
    last = page.get_by_role("group", name="Last taken")
    last.get_by_label("Date").fill("18/7/2026")
    last.get_by_label("Time").fill("0800")
    page.get_by_role("radio", name="The informant").check()
    check_page(page, "known-medication-form")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("main")).to_contain_text("matters in 4 h")
    cold = {"critical_at": now + timedelta(hours=9), "critical_because": "She has no coat."}
    the_weather(child, unit.frontline, now, **cold)
    an_investigation(child, unit.frontline, now, unit.safeguarding_di)
    page.reload()
    check_page(page, "known-tab")
    # Then all of it is beside the grade, the most urgent first
    page.goto(reverse("assess-risk", args=[child.reference]))
    known = page.get_by_role("region", name="What we already know")
    expect(known.get_by_role("listitem").first).to_contain_text("Penicillin")
    check_page(page, "known-beside-the-grade")
