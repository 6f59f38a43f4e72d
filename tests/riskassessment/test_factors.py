"""What factors usually mean at least: each rule, what makes it speak, and what does not."""

from datetime import date

import pytest

from mispers.models import Person
from mispers.rules import markers
from mispers.rules.conditions import conditions
from riskassessment.rules.factors import factor_label, factor_rules, factors, rules_above
from riskassessment.rules.grades import ORDER, Grade

TODAY = date(2026, 7, 18)
BORN = {5: date(2021, 1, 1), 12: date(2014, 1, 1), 17: date(2009, 1, 1), 18: date(2008, 7, 18)}


def speaking(grade: str, *, markers: list[str], recorded: list[str], age: int | None) -> list[str]:
    person = Person(
        date_of_birth=BORN.get(age) if age is not None else None,
        age_estimate=age if age not in BORN else None,
    )
    found = rules_above(grade, present=[*recorded, *markers], age=person.age_on(TODAY))
    return [rule.code for rule in found]


@pytest.mark.parametrize(
    ("grade", "markers", "recorded", "age", "codes"),
    [
        ("low", [], [], 40, []),
        ("low", ["cse"], [], 17, ["USUALLY-4", "USUALLY-9"]),
        ("low", ["cce"], [], 17, ["USUALLY-4"]),
        ("low", ["cce"], [], 18, []),
        ("low", ["cce"], [], None, []),
        ("low", [], ["cce"], 17, ["USUALLY-4"]),
        ("medium", ["cce"], [], 17, []),
        ("low", ["dementia"], [], 80, ["USUALLY-5"]),
        ("medium", ["dementia"], [], 80, []),
        ("medium", ["dementia"], ["exposure"], 80, ["USUALLY-6"]),
        ("low", ["dementia"], ["exposure"], 80, ["USUALLY-6", "USUALLY-5"]),
        ("medium", [], ["exposure"], 80, []),
        ("medium", [], ["suicidal_intent"], 40, ["USUALLY-1"]),
        ("high", [], ["suicidal_intent", "crime_in_progress"], 40, []),
        ("low", [], ["crime_in_progress"], None, ["USUALLY-2"]),
        ("medium", [], ["medication_critical"], 40, ["USUALLY-3"]),
        ("low", ["self_harm"], [], 40, ["USUALLY-7"]),
        ("low", ["forced_marriage"], [], 20, ["USUALLY-8"]),
        ("low", ["honour_abuse"], [], 20, ["USUALLY-8"]),
        ("low", ["trafficking"], [], 30, ["USUALLY-9"]),
        ("low", [], [], 12, ["USUALLY-10"]),
        ("medium", [], [], 5, []),
        ("low", [], ["sickle_cell"], 40, ["USUALLY-12"]),
        ("medium", [], ["sickle_cell", "untreated_soon"], 40, ["USUALLY-11"]),
        ("medium", [], ["heart", "exposure"], 40, ["USUALLY-11"]),
        ("low", [], ["untreated_soon"], 40, []),
        ("low", [], ["psychosis"], 40, ["USUALLY-13"]),
        ("low", [], ["words of an officer's own"], 40, []),
        ("", ["dementia"], [], 80, []),
        ("fourth", ["dementia"], [], 80, []),
    ],
)
def test_the_rules_that_speak(
    grade: str, markers: list[str], recorded: list[str], age: int | None, codes: list[str]
) -> None:
    assert speaking(grade, markers=markers, recorded=recorded, age=age) == codes


def test_no_rule_speaks_against_high() -> None:
    everything = [factor.code for factor in factors()]
    assert speaking("high", markers=everything, recorded=everything, age=5) == []


def test_every_rule_is_about_something_that_can_be_recorded() -> None:
    known = {
        *(factor.code for factor in factors()),
        *(marker.code for marker in markers.markers()),
        *(condition.code for condition in conditions()),
        "untreated_soon",
    }
    assert {code for rule in factor_rules() for code in rule.any_of | rule.with_any_of} <= known


def test_every_rule_names_its_source_and_a_grade_above_low() -> None:
    assert len({rule.code for rule in factor_rules()}) == len(factor_rules())
    for rule in factor_rules():
        assert rule.source
        assert rule.says
        assert ORDER[rule.at_least] > ORDER[Grade.LOW]


def test_an_officers_own_words_are_their_own_label() -> None:
    assert factor_label("dementia") == "Dementia or confusion"
    assert factor_label("Her birthday is today") == "Her birthday is today"
