"""The pages of grading, through Django's client."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client as Browser
from django.urls import reverse

from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from riskassessment.models import KeptPhrase, PhraseFound, RiskAssessment, RiskDraft
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import RATIONALE, an_assessment
from tests.riskassessment.gradings import typed

SignIn = Callable[[Officer], Browser]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now, given_name="Tamsin", family_name="Carrow")


def test_grading_by_form_keeps_everything(incident: Incident, cn: Unit, browser_as: SignIn) -> None:
    browser = browser_as(cn.frontline)
    url = reverse("assess-risk", args=[incident.reference])
    assert browser.get(url).status_code == 200
    answer = browser.post(url, typed())
    assert answer.status_code == 302, answer.context["form"].errors
    made = RiskAssessment.objects.get()
    assert made.factors == ["out_of_character", "Her birthday is today"]
    assert made.information.get().supplier == "Rowan Ashgrove"
    assert made.sources.get(checked=False).source == "pnd"
    page = browser.get(answer["Location"]).content.decode()
    for words in ("Risk graded medium", "Waiting for an inspector", "Terminal down", "PND"):
        assert words in page


@pytest.mark.parametrize("grade", ["", "none", "no_apparent_risk", "very_high"])
def test_no_fourth_grade_by_form(
    incident: Incident, cn: Unit, browser_as: SignIn, grade: str
) -> None:
    answer = browser_as(cn.frontline).post(
        reverse("assess-risk", args=[incident.reference]), typed(grade=grade)
    )
    assert answer.status_code == 422
    assert "grade" in answer.context["form"].errors
    assert not RiskAssessment.objects.exists()


@pytest.mark.parametrize("rationale", ["", "  \n ", "x" * 100_000, "bell \x07"])
def test_a_wrong_rationale_is_named_at_its_field_and_nothing_else_is_lost(
    incident: Incident, cn: Unit, browser_as: SignIn, rationale: str
) -> None:
    answer = browser_as(cn.frontline).post(
        reverse("assess-risk", args=[incident.reference]), typed(rationale=rationale)
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["rationale"]
    assert "She left at three." in answer.content.decode()
    assert not RiskAssessment.objects.exists()


def test_information_in_the_future_is_named_in_its_row(
    incident: Incident, cn: Unit, browser_as: SignIn
) -> None:
    answer = browser_as(cn.frontline).post(
        reverse("assess-risk", args=[incident.reference]),
        typed(**{"information-0-obtained_at_time": "2330"}),
    )
    assert answer.status_code == 422
    assert "This is in the future" in answer.content.decode()


def test_below_the_usual_the_page_asks_why_at_its_field(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    incident = log_incident(cn.frontline, now, markers=["dementia"])
    browser = browser_as(cn.frontline)
    url = reverse("assess-risk", args=[incident.reference])
    answer = browser.post(url, typed(grade="low"))
    assert answer.status_code == 422
    assert "usually at least medium" in answer.context["form"].errors["differs_because"][0]
    answer = browser.post(url, typed(grade="low", differs_because="She is with her sister now."))
    assert answer.status_code == 302


def test_what_was_typed_is_kept_as_it_is_typed(
    incident: Incident, cn: Unit, browser_as: SignIn
) -> None:
    browser = browser_as(cn.frontline)
    draft_url = reverse("risk-draft", args=[incident.reference])
    for changed, value in (("rationale", "Half a thou"), ("information-1-text", "A friend rang")):
        answer = browser.post(
            draft_url, {"_changed": [changed], changed: value}, headers={"X-Draft": "1"}
        )
        assert answer.json() == {"saved_at": "2026-07-18T09:00:00Z"}
    page = browser.get(reverse("assess-risk", args=[incident.reference])).content.decode()
    assert "Half a thou" in page
    assert "A friend rang" in page
    assert RiskDraft.objects.get().officer == cn.frontline
    assert (
        "Half a thou"
        not in browser_as(cn.inspector)
        .get(reverse("assess-risk", args=[incident.reference]))
        .content.decode()
    )


def test_prompts_answer_while_typing_and_store_nothing(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    incident = log_incident(cn.frontline, now, markers=["dementia"])
    browser = browser_as(cn.frontline)
    url = reverse("risk-prompt", args=[incident.reference])
    words = browser.post(
        f"{reverse('words-as-typed')}?incident={incident.reference}", {"rationale": "He absconded."}
    ).json()
    assert words["fields"]["rationale"][0]["instead"] == "went missing"
    usually = browser.post(url, {"grade": "low"}).content.decode()
    assert "usually at least medium" in usually
    assert "usually" not in browser.post(url, {"grade": "high"}).content.decode().replace(
        "prompt-usually", ""
    )
    assert not PhraseFound.objects.exists()


def test_an_inspector_finds_it_in_the_queue_and_endorses(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    made = an_assessment(incident, cn.frontline, now)
    browser = browser_as(cn.inspector)
    page = browser.get(reverse("risk-queue")).content.decode()
    url = reverse("decide-assessment", args=[made.pk])
    assert url in page
    assert browser.get(url).status_code == 200
    answer = browser.post(url, {"decision": "returned", "reason": ""})
    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors
    assert browser.post(url, {"decision": "endorsed"}).status_code == 302
    again = browser.post(url, {"decision": "endorsed"})
    assert again.status_code == 422
    assert f"{cn.inspector} endorsed this assessment" in again.content.decode()
    assert "Nothing waits" in browser.get(reverse("risk-queue")).content.decode()


def test_no_self_endorsement_by_form(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    made = an_assessment(incident, cn.inspector, now)
    browser = browser_as(cn.inspector)
    url = reverse("decide-assessment", args=[made.pk])
    assert browser.get(url).status_code == 403
    assert browser.post(url, {"decision": "endorsed"}).status_code == 403
    assert url not in browser.get(reverse("risk-queue")).content.decode()


def test_a_phrase_is_kept_on_its_page(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    an_assessment(incident, cn.frontline, now, rationale=f"{RATIONALE} She absconded.")
    browser = browser_as(cn.frontline)
    tab = reverse("incident-risk", args=[incident.reference])
    url = reverse("keep-phrase", args=[incident.reference, PhraseFound.objects.get().pk])
    assert url in browser.get(tab).content.decode()
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"reason": " "}).status_code == 422
    assert browser.post(url, {"reason": "The home's word."}).status_code == 302
    assert KeptPhrase.objects.get().reason == "The home's word."
    assert url not in browser.get(tab).content.decode()
    assert browser.get(url).status_code == 404


@pytest.mark.parametrize("name", ["incident-risk", "assess-risk"])
def test_another_bcu_gets_404(incident: Incident, ne: Unit, browser_as: SignIn, name: str) -> None:
    url = reverse(name, args=[incident.reference])
    assert browser_as(ne.frontline).get(url).status_code == 404


def test_a_role_that_does_not_grade_sees_the_risk_and_no_button(
    incident: Incident, cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    browser = browser_as(cn.another(Role.RECORDS))
    page = browser.get(reverse("incident-risk", args=[incident.reference]))
    assert page.status_code == 200
    assert reverse("assess-risk", args=[incident.reference]) not in page.content.decode()
    assert browser.get(reverse("assess-risk", args=[incident.reference])).status_code == 403
    assert browser.get(reverse("risk-queue")).status_code == 403
