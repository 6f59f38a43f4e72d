"""Prompts: which open for whom, how they are answered, and that none of them lowers a grade."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Invalid
from core.models import Event
from mispers.models import Incident, Person
from mispers.rules import markers
from riskassessment.models import PhraseFound, RiskAssessment
from riskassessment.rules.factors import factors, rules_above
from riskassessment.rules.grades import Grade
from riskassessment.rules.prompts import TOPICS, codes, prompts
from riskassessment.selectors.considered import Considered, considered_in
from riskassessment.selectors.for_incident import opened_for
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import an_assessment
from tests.rest import Rest, assert_problem

Api = Callable[..., Rest]
NOW = datetime.fromisoformat("2026-07-18T09:00:00+00:00")
CALL_HANDLER = {
    "worry", "tried", "out_of_character", "earlier", "medical", "crime", "hurt", "exploitation",
    "self_harm", "danger_to_others", "abroad", "anything_else",
}  # fmt: skip
STATES = ("answered", "not_known", "not_asked")


def opened(marked: list[str], age: int | None, recorded: tuple[str, ...] = ()) -> set[str]:
    person = Person(markers=marked, age_estimate=age)
    incident = Incident(person=person, reported_at=NOW)
    return {each.prompt.code for each in opened_for(incident, recorded)}


def answered(code: str, text: str = "Said so herself.", state: str = "answered") -> dict[str, str]:
    return {"code": code, "state": state, "text": text}


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


@pytest.mark.parametrize(
    ("marked", "age", "recorded", "more"),
    [
        ([], 40, (), set()),
        ([], 14, (), {"home", "responsible_adults", "strangers", "criminal_exploitation"}),
        ([], None, (), {"home", "responsible_adults", "strangers", "criminal_exploitation"}),
        (["dementia"], 60, (), {"markers", "dementia", "abilities", "strangers"}),
        ([], 60, ("dementia",), {"dementia", "abilities", "strangers"}),
        ([], 75, (), {"abilities"}),
        (["self_harm"], 30, (), {"markers", "means", "preparations"}),
        (["domestic_abuse"], 30, (), {"markers", "domestic_abuse"}),
        (["forced_marriage"], 20, (), {"markers", "forced_marriage"}),
        (["honour_abuse"], 20, (), {"markers", "forced_marriage"}),
        (["cse"], 20, (), {"markers", "exploiters"}),
        (["cce"], 20, (), {"markers", "exploiters", "criminal_exploitation"}),
        (["medication"], 50, (), {"markers", "medication"}),
        (["drugs_alcohol"], 50, (), {"markers", "substances"}),
    ],
)
def test_the_prompts_that_open(
    marked: list[str], age: int | None, recorded: tuple[str, ...], more: set[str]
) -> None:
    always = {prompt.code for prompt in prompts() if prompt.always}
    assert always >= CALL_HANDLER
    assert opened(marked, age, recorded) == always | more


def test_every_prompt_says_why_from_where_and_can_open() -> None:
    known = {factor.code for factor in factors()} | {each.code for each in markers.markers()}
    assert len(codes()) == len(prompts())
    for prompt in prompts():
        assert prompt.question.endswith("?")
        assert prompt.why
        assert prompt.source
        assert prompt.topic in TOPICS
        assert prompt.standing in {"policy", "guidance"}
        assert set(prompt.any_of) <= known
        assert prompt.always or prompt.child or prompt.with_markers or prompt.any_of


def test_answers_stay_with_the_assessment_and_what_is_empty_is_named(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    made = an_assessment(
        incident,
        cn.frontline,
        now,
        prompts=[
            answered("worry", "She never misses her shift."),
            answered("medical", "", state="not_known"),
            answered("abroad", "Her passport is at home, on the table.", state="not_asked"),
        ],
    )
    kept = {each.code: (each.state, each.text) for each in made.prompts.all()}
    assert kept == {
        "worry": ("answered", "She never misses her shift."),
        "medical": ("not_known", ""),
        "abroad": ("not_asked", "Her passport is at home, on the table."),
    }
    empty = {each["code"] for each in made.unanswered}
    assert empty == {each.prompt.code for each in opened_for(incident)} - kept.keys()
    said = Event.objects.get(kind="risk.assessed").summary
    assert "Why is somebody worried? “She never misses her shift.”" in said
    assert "Not known: What medical needs do they have" in said
    assert "Left without an answer: " in said


def test_a_factor_that_is_recorded_opens_its_prompts_in_the_same_assessment(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    made = an_assessment(incident, cn.frontline, now, factors=["dementia"])
    assert "dementia" in {each["code"] for each in made.unanswered}


@pytest.mark.parametrize(
    ("answer", "field", "code"),
    [
        (answered("worry", " "), "prompts[0].text", "required"),
        (answered("worry", "", state="not_asked"), "prompts[0].text", "required"),
        (answered("worry", "bell \x07"), "prompts[0].text", "control_characters"),
        (answered("worry", state="ticked"), "prompts[0].state", "invalid_choice"),
        (answered("no_such_prompt"), "prompts[0].code", "invalid_choice"),
    ],
)
def test_nobody_ticks_through(
    incident: Incident, cn: Unit, now: datetime, answer: dict[str, str], field: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        an_assessment(incident, cn.frontline, now, prompts=[answer])
    assert [(each.field, each.code) for each in refused.value.errors] == [(field, code)]
    assert not RiskAssessment.objects.exists()


def test_a_prompt_is_answered_once(incident: Incident, cn: Unit, now: datetime) -> None:
    with pytest.raises(Invalid) as refused:
        an_assessment(incident, cn.frontline, now, prompts=[answered("worry")] * 2)
    assert refused.value.errors[0].code == "repeated"


@given(
    grade=st.sampled_from(Grade.values),
    recorded=st.lists(st.sampled_from([factor.code for factor in factors()]), max_size=4),
    marked=st.lists(st.sampled_from([each.code for each in markers.markers()]), max_size=3),
    age=st.one_of(st.none(), st.integers(0, 100)),
    unknown=st.lists(st.sampled_from(sorted(codes())), unique=True, max_size=12),
)
def test_what_the_rules_say_does_not_look_at_prompts_at_all(
    grade: str, recorded: list[str], marked: list[str], age: int | None, unknown: list[str]
) -> None:
    """Whatever is unknown, a rule that spoke still speaks: recording more only adds rules."""
    before = rules_above(grade, present=[*recorded, *marked], age=age)
    after = rules_above(grade, present=[*recorded, *marked, *unknown], age=age)
    assert {rule.code for rule in before} <= {rule.code for rule in after}


@pytest.mark.parametrize("state", STATES)
def test_no_answer_takes_away_what_a_rule_says(cn: Unit, now: datetime, state: str) -> None:
    incident = log_incident(cn.frontline, now, markers=["dementia"])
    every = [answered(code, "We do not know.", state=state) for code in sorted(codes())]
    with pytest.raises(Invalid, match="usually at least medium") as refused:
        an_assessment(incident, cn.frontline, now, "low", prompts=every)
    assert refused.value.code == "differs_because_required"
    made = an_assessment(incident, cn.frontline, now, "medium", prompts=every)
    assert made.grade == "medium"
    assert made.unanswered == []


def test_words_that_blame_are_found_in_an_answer(
    incident: Incident, cn: Unit, now: datetime
) -> None:
    an_assessment(incident, cn.frontline, now, prompts=[answered("worry", "He absconded again.")])
    assert PhraseFound.objects.get().field == "prompts.0.text"


def test_what_was_considered_by_name(
    incident: Incident, cn: Unit, now: datetime, django_assert_num_queries: Any
) -> None:
    none = an_assessment(
        incident, cn.frontline, now, prompts=[answered("earlier", "", state="not_known")]
    )
    both = an_assessment(
        incident, cn.frontline, now, prompts=[answered("earlier"), answered("markers")]
    )
    with django_assert_num_queries(1):
        found = considered_in([none.pk, both.pk])
    assert found == {
        none.pk: Considered(),
        both.pk: Considered(earlier_incidents=True, markers=True),
    }


def test_prompts_over_rest(cn: Unit, ne: Unit, now: datetime, api: Api) -> None:
    incident = log_incident(cn.frontline, now, markers=["dementia"])
    rest = api(cn.frontline)
    listed = rest.get("/api/v1/risk-prompts/", {"incident": incident.reference}).json()["results"]
    by_code = {each["code"]: each for each in listed}
    assert by_code["dementia"]["because"] == ["Dementia"]
    assert by_code["worry"]["standing"] == "policy"
    asked = {"incident": incident.reference, "factors": "drugs_alcohol,abroad"}
    with_factors = rest.get("/api/v1/risk-prompts/", asked).json()["results"]
    assert {each["code"] for each in with_factors} == by_code.keys() | {
        "substances",
        "preparations",
    }
    assert_problem(rest.get("/api/v1/risk-prompts/"), 400, "invalid")
    unseen = api(ne.frontline).get("/api/v1/risk-prompts/", {"incident": incident.reference})
    assert unseen.status_code == 404
    made = rest.post(
        f"/api/v1/incidents/{incident.reference}/risk-assessments/",
        {
            "grade": "high", "likelihood": "very_likely", "severity": "serious",
            "rationale": "She is 80, out in the rain, and does not know her way.",
            "prompts": [answered("dementia", "Her school in Hackney."),
                        {"code": "medication", "state": "not_known"}],
        },
    ).json()  # fmt: skip
    assert made["prompts"][0] | {"question": ""} == {
        "code": "dementia", "question": "", "state": "answered", "text": "Her school in Hackney.",
    }  # fmt: skip
    assert made["prompts"][1]["state"] == "not_known"
    assert {each["code"] for each in made["unanswered"]} == by_code.keys() - {"dementia"}
    wrong = rest.post(
        f"/api/v1/incidents/{incident.reference}/risk-assessments/",
        {
            "grade": "high", "likelihood": "very_likely", "severity": "serious",
            "rationale": "Out in the rain.", "prompts": [{"code": "worry", "state": "answered"}],
        },
    )  # fmt: skip
    problem = assert_problem(wrong, 400, "invalid")
    assert problem["errors"][0]["field"] == "prompts.0.text"
