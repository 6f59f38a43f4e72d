"""The grading page asks the prompts in words, lists back what is empty, and lowers nothing."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from core.models import Event
from mispers.models import Incident
from officers.models import Officer
from riskassessment.models import RiskAssessment
from riskassessment.rules.prompts import TOPICS, prompts
from riskassessment.selectors.for_incident import opened_for
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.riskassessment.gradings import typed
from tests.site.markup import Page

SignIn = Callable[[Officer], Browser]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    """A woman of 36 with a marker of self-harm."""
    born = date(1990, 1, 1)
    return log_incident(cn.frontline, now, date_of_birth=born, markers=["self_harm"])


@pytest.fixture
def url(incident: Incident) -> str:
    return reverse("assess-risk", args=[incident.reference])


def answers(**given: tuple[str, str]) -> dict[str, str]:
    """{code: (state, text)} as a browser posts them."""
    return {
        f"prompts-{code}-{name}": value
        for code, (state, text) in given.items()
        for name, value in (("state", state), ("text", text))
    }


def asked(response: Any) -> set[str]:
    """The codes of the prompts on a page, or in an answer to what is typed."""
    html = response.content.decode()
    return {prompt.code for prompt in prompts() if f'data-prompt="{prompt.code}"' in html}


def stands(response: Any, code: str) -> str:
    """What the page says about one prompt."""
    html = str(response.content.decode())
    return html.partition(f'id="stands-{code}">')[2].partition("</strong>")[0].rpartition(">")[2]


def test_every_prompt_that_bears_on_the_person_is_asked_and_is_empty_to_begin_with(
    incident: Incident, cn: Unit, url: str, browser_as: SignIn
) -> None:
    page = browser_as(cn.frontline).get(url)
    opened = {each.prompt.code for each in opened_for(incident)}
    assert asked(page) == opened
    assert "means" in opened
    assert {stands(page, code) for code in opened} == {"Empty"}
    html = page.content.decode()
    assert f"Still empty: {len(opened)} questions." in html
    assert all(f'<h3 class="govuk-heading-s govuk-!-margin-bottom-1">{label}</h3>' in html
               for label in TOPICS.values())  # fmt: skip
    assert "checkbox" not in {
        control.kind
        for form in Page(page).posts()
        for control in form.controls
        if control.name.startswith("prompts-")
    }


def test_answers_go_on_the_record_with_what_is_empty_and_the_tab_and_the_inspector_see_both(
    incident: Incident, cn: Unit, url: str, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    given = answers(
        worry=("answered", "She wrote goodbye."),
        medical=("not_known", ""),
        abroad=("not_asked", "Her passport lies on the table."),
        crime=("", "  "),
    )
    answer = browser.post(url, typed(**given))
    assert answer.status_code == 302, answer.context["form"].errors
    made = RiskAssessment.objects.get()
    kept = {each.code: (each.state, each.text) for each in made.prompts.all()}
    assert kept == {
        "worry": ("answered", "She wrote goodbye."),
        "medical": ("not_known", ""),
        "abroad": ("not_asked", "Her passport lies on the table."),
    }
    assert "crime" in {each["code"] for each in made.unanswered}
    assert "She wrote goodbye." in Event.objects.get(kind="risk.assessed").summary
    decide = reverse("decide-assessment", args=[made.pk])
    for page in (browser.get(answer["Location"]), browser_as(cn.inspector).get(decide)):
        html = page.content.decode()
        for words in (
            "She wrote goodbye.", "Her passport lies on the table.", "What medical needs",
            f"{len(made.unanswered)} questions", "Could they be the victim of a crime?",
        ):  # fmt: skip
            assert words in html


def test_a_question_not_asked_needs_why_and_the_message_names_the_question(
    cn: Unit, url: str, browser_as: SignIn
) -> None:
    refused = browser_as(cn.frontline).post(
        url, typed(**answers(worry=("not_asked", " "), medical=("answered", "Sickle cell disease")))
    )
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "Why is somebody worried: Say why it was not asked." in html
    assert '<details class="house-prompt" data-prompt="worry" open>' in html
    assert "Sickle cell disease" in html
    assert not RiskAssessment.objects.exists()


def test_a_factor_opens_its_questions_without_a_script_and_nothing_is_recorded_by_looking(
    cn: Unit, url: str, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    assert "dementia" not in asked(browser.get(url))
    given = typed(factors=["dementia"], rationale="", look="yes", **answers(worry=("", "Cold.")))
    looked = browser.post(url, given)
    assert looked.status_code == 200
    assert "dementia" in asked(looked)
    assert stands(looked, "worry") == "Answered"
    assert "There is a problem" not in looked.content.decode()
    assert not RiskAssessment.objects.exists()
    taken_back = typed(look="yes", **answers(dementia=("", "Her old school.")))
    assert "Her old school." in browser.post(url, taken_back).content.decode()


def test_what_was_said_last_time_is_beside_the_question_and_is_not_sent_again_unread(
    cn: Unit, url: str, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    browser.post(url, typed(**answers(worry=("", "She wrote goodbye."))))
    again = browser.get(url)
    assert "She wrote goodbye." in again.content.decode()
    assert stands(again, "worry") == "Empty"
    browser.post(url, typed(repeats_because="It is the same night."))
    assert not RiskAssessment.objects.first().prompts.exists()  # type: ignore[union-attr]  # made


def test_a_draft_keeps_answers_and_what_they_open(cn: Unit, url: str, browser_as: SignIn) -> None:
    browser = browser_as(cn.frontline)
    kept = {"factors": "dementia", "prompts-dementia-text": "Her old school.",
            "prompts-medical-state": "not_known"}  # fmt: skip
    browser.post(
        url.replace("assess", "draft"), {"_changed": list(kept), **kept}, headers={"X-Draft": "1"}
    )
    page = browser.get(url)
    assert "Her old school." in page.content.decode()
    assert (stands(page, "dementia"), stands(page, "medical")) == ("Answered", "Not known")


def test_while_it_is_typed_only_new_questions_come_and_what_is_empty_is_told_again(
    incident: Incident, cn: Unit, url: str, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    there = {f"prompts-{code}-text": "" for code in asked(browser.get(url))}
    answer = browser.post(
        url.replace("assess", "prompt") + "?about=answers",
        {**there, "factors": ["dementia", "exposure"], "grade": "medium", "likelihood": "likely",
         "severity": "serious", **answers(worry=("", "Cold."), hurt=("not_known", ""))},
    )  # fmt: skip
    assert asked(answer) == {"dementia", "abilities", "strangers"}
    html = answer.content.decode()
    assert (
        'hx-swap-oob="innerHTML:#stands-worry"><strong class="house-tag house-tag--good">' in html
    )
    assert "Somebody with dementia who is out in the cold, wet or heat is usually high." in html
    assert "Your own answers on harm meet at high." in html
    assert "Not known: 1." in html
    assert "Say why the grade is lower than it usually is" in html
    assert not RiskAssessment.objects.exists()


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("", "Enter how to reach them"),
        ("none", "no contact details, because"),
        ("N/A", "no contact details, because"),
    ],
)
def test_how_to_reach_a_supplier_is_needed_or_why_nobody_can(
    cn: Unit, url: str, browser_as: SignIn, contact: str, told: str
) -> None:
    refused = browser_as(cn.frontline).post(url, typed(**{"information-0-contact": contact}))
    assert refused.status_code == 422
    assert refused.context["information"].forms[0].errors["contact"]
    assert told in refused.content.decode()


def test_below_the_matrix_the_page_asks_why_and_takes_the_grade_all_the_same(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    """The rules of factors and markers need an answer; an officer's own answers on harm do not."""
    plain = log_incident(cn.frontline, now)
    browser = browser_as(cn.frontline)
    url = reverse("assess-risk", args=[plain.reference])
    answer = browser.post(url, typed(likelihood="very_likely", severity="serious", grade="low"))
    assert answer.status_code == 302
    tab = browser.get(answer["Location"]).content.decode()
    assert "This usually stands for high" in tab
    assert "The grade is lower" in tab


def test_why_it_is_lower_is_shown_at_the_endorsement(
    cn: Unit, url: str, browser_as: SignIn
) -> None:
    why = "Her ward sister is with her and has taken the tablets away."
    browser_as(cn.frontline).post(url, typed(grade="low", differs_because=why))
    made = RiskAssessment.objects.get()
    decide = browser_as(cn.inspector).get(reverse("decide-assessment", args=[made.pk]))
    html = decide.content.decode()
    assert "Self-harm or an earlier attempt is usually at least medium." in html
    assert why in html
    assert "Drawn into the next dip sample." in html


def test_a_correction_is_a_further_assessment_and_both_are_shown(
    cn: Unit, url: str, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    browser.post(url, typed(rationale="She has her friend with her."))
    answer = browser.post(url, typed(grade="high", rationale="Her friend is home without her."))
    tab = browser.get(answer["Location"]).content.decode()
    assert tab.index("Her friend is home without her.") < tab.index("She has her friend with her.")
    assert RiskAssessment.objects.count() == 2
