"""What is held about a person beside the grade: on the page, and in what a grade must answer."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser

from core.errors import Invalid
from mispers.models import HealthCondition, Incident, Weather
from officers.models import Officer
from tests.conftest import Unit
from tests.factories.incidents import a_person, log_incident
from tests.factories.known import a_condition, a_medication, an_investigation, supplied, the_weather
from tests.factories.risk import an_assessment
from tests.rest import Rest
from tests.site.markup import text_of

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SignIn = Callable[[Officer], Browser]
Act = Callable[[Incident, Officer, datetime], object]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    """A child with a marker of exploitation; last seen three hours before the report."""
    person = a_person(age_estimate=15, date_of_birth=None, markers=["cse", "medical", "medication"])
    return log_incident(cn.frontline, now, person=person)


def dose_in(length: timedelta) -> Act:
    return lambda incident, by, now: a_medication(
        incident, by, now, condition="", what_for="Her heart", critical_at=now + length,
        critical_because="The GP said so.",
    )  # fmt: skip


def cold_in(length: timedelta) -> Act:
    def act(incident: Incident, by: Officer, now: datetime) -> None:
        a_condition(incident, by, now, code="heart")
        at = now + length
        the_weather(incident, by, now, critical_at=at, critical_because="She has no coat.")

    return act


def condition(code: str) -> Act:
    return lambda incident, by, now: a_condition(incident, by, now, code=code)


def no_longer_so(incident: Incident, by: Officer, now: datetime) -> None:
    said = a_condition(incident, by, now)
    a_condition(incident, by, now, corrects=said.pk, because="Not hers.", counts=False)


@pytest.mark.parametrize(
    ("act", "grade", "rules"),
    [
        # Six hours untreated, three of them gone: near.
        (condition("sickle_cell"), "medium", {"USUALLY-11"}),
        # Forty-eight hours untreated are not near.
        (condition("dialysis"), "medium", set()),
        (condition("dialysis"), "low", {"USUALLY-4", "USUALLY-9", "USUALLY-12"}),
        (condition("depression_suicidal"), "low", {"USUALLY-4", "USUALLY-9", "USUALLY-7"}),
        (no_longer_so, "medium", set()),
        (dose_in(5 * HOUR), "medium", {"USUALLY-3"}),
        (dose_in(-HOUR), "medium", {"USUALLY-3"}),
        (dose_in(7 * HOUR), "medium", set()),
        (cold_in(5 * HOUR), "medium", {"USUALLY-11"}),
        (cold_in(7 * HOUR), "medium", set()),
    ],
)
def test_what_is_recorded_counts_like_a_factor(
    incident: Incident, cn: Unit, now: datetime, act: Act, grade: str, rules: set[str]
) -> None:
    act(incident, cn.frontline, now)
    if rules:
        with pytest.raises(Invalid) as refusal:
            an_assessment(incident, cn.frontline, now, grade)
        assert refusal.value.code == "differs_because_required"
    made = an_assessment(incident, cn.frontline, now, grade, differs_because="She has it with her.")
    said = {re.search(r"\((USUALLY-\d+)", line)[1] for line in made.usually}  # type: ignore[index]
    assert said == rules


def test_the_grading_page_lays_it_out_with_its_clock_and_its_suppliers(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    a_condition(incident, cn.frontline, now, details="In hospital in May.")
    dose_in(3 * HOUR)(incident, cn.frontline, now)
    page = text_of(browser_as(cn.frontline).get(f"/incidents/{incident.reference}/risk/assess/"))
    for words in (
        "Insulin for Her heart: matters in 3 h",
        "The GP said so.",
        "Sickle cell disease",
        "It needs hospital within hours",
        "Take care: Not anaemia",
        "In hospital in May.",
        "Dr Quill, her GP (a professional), 020 7946 0002, Sat 18 Jul 2026, 10:00",
        "Sexual exploitation Marker of exploitation",
        "Nobody is allocated No investigation is referenced.",
        "1 in 90 days, 1 in 12 months, this one included",
        "3 h ago",
    ):
        assert words in page, words
    an_investigation(incident, cn.frontline, now, cn.safeguarding_di)
    page = text_of(browser_as(cn.frontline).get(f"/incidents/{incident.reference}/risk/assess/"))
    assert "Investigation EX-26-17" in page
    assert "Training not in date that day" in page


def test_the_first_page_points_to_what_a_marker_leaves_unsaid_until_it_is_said(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    asked = ("Record the condition", "Record the medication", "Reference the investigation")
    shown = browser.get(f"/incidents/{incident.reference}/").content.decode()
    for button in asked:
        assert button in shown
    link = re.search(r'href="([^"]*known/conditions/record/)"', shown)
    assert link is not None
    assert browser.get(link[1]).status_code == 200
    a_condition(incident, cn.frontline, now)
    a_medication(incident, cn.frontline, now)
    an_investigation(incident, cn.frontline, now)
    shown = browser.get(f"/incidents/{incident.reference}/").content.decode()
    assert not [button for button in asked if button in shown]
    assert "Sickle cell disease" in shown


def typed(**over: str) -> dict[str, str]:
    said = {"supplier": "Dr Quill", "contact": "020 7946 0002", "supplier_kind": "professional"}
    return {**said, "obtained_at_day": "18/7/2026", "obtained_at_time": "09:55", **over}


def test_an_officer_records_and_corrects_a_condition(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    browser, where = browser_as(cn.frontline), f"/incidents/{incident.reference}/known/"
    refused = browser.post(
        f"{where}conditions/record/", typed(code="other", label="Wilson disease")
    )
    assert refused.status_code == 422
    assert "Say what it means for risk" in text_of(refused)
    assert "Wilson disease" in refused.content.decode()
    page = text_of(browser.post(f"{where}conditions/record/", typed(code="asthma"), follow=True))
    assert "It is recorded: a health condition." in page
    assert "Dr Quill (a professional), 020 7946 0002, Sat 18 Jul 2026, 09:55" in page
    said = HealthCondition.objects.get()
    correct = f"{where}conditions/{said.pk}/correct/"
    assert '<option value="asthma" selected>' in browser.get(correct).content.decode()
    gone = typed(code="asthma", because="Her brother has it.", no_longer="on")
    page = text_of(browser.post(correct, gone, follow=True))
    assert "No health condition is recorded. Nobody knows whether there is one." in page
    assert "No longer so Her brother has it." in page
    again = browser.post(correct, gone)
    assert "corrected this on" in text_of(again)
    for missing in (f"{where}conditions/999999/correct/", f"{where}moods/{said.pk}/correct/"):
        assert browser.get(missing).status_code == 404


def test_the_forecast_is_recorded_with_the_time_from_which_it_matters(
    incident: Incident, cn: Unit, browser_as: SignIn
) -> None:
    browser, where = browser_as(cn.frontline), f"/incidents/{incident.reference}/known/"
    cold = {"conditions": "Frost", "low_celsius": "-3", "critical_at_day": "18/7/2026"}
    when = {"critical_at_time": "22:00", "critical_because": "No coat."}
    page = text_of(browser.post(f"{where}weather/record/", typed(**cold, **when), follow=True))
    assert Weather.objects.get().low_celsius == -3
    assert "Exposure: Frost: matters in 12 h" in page
    refused = browser.post(f"{where}weather/record/", typed(**{**cold, "low_celsius": "-90"}))
    assert refused.status_code == 422


def test_what_is_known_of_a_stranger_says_so(cn: Unit, now: datetime, browser_as: SignIn) -> None:
    incident = log_incident(cn.frontline, now, person={"markers": []})
    page = text_of(browser_as(cn.frontline).get(f"/incidents/{incident.reference}/risk/assess/"))
    for words in (
        "No condition is recorded. Nobody knows whether there is one.",
        "None recorded. That is no sign of safety.",
        "No authority is recorded",
    ):
        assert words in page
    assert supplied(now)["supplier"] not in page


def test_a_recorded_condition_opens_its_questions_and_leaving_them_empty_is_seen(
    cn: Unit, now: datetime, browser_as: SignIn, api: Callable[[Officer], Rest]
) -> None:
    incident = log_incident(cn.frontline, now)
    ask = f"/api/v1/risk-prompts/?incident={incident.reference}"
    path = f"/incidents/{incident.reference}/risk/assess/"
    rest, browser = api(cn.frontline), browser_as(cn.frontline)
    before = {each["code"] for each in rest.get(ask).json()["results"]}
    a_condition(incident, cn.frontline, now, code="dementia")
    opened = {each["code"]: each for each in rest.get(ask).json()["results"]}
    fresh = opened.keys() - before
    assert "dementia" in fresh
    assert all("Dementia" in opened[code]["because"] for code in fresh)
    page = text_of(browser.get(path))
    assert all(opened[code]["question"] in page for code in fresh)
    made = an_assessment(incident, cn.frontline, now, "medium")
    assert fresh <= {each["code"] for each in made.unanswered}
