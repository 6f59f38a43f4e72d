"""What grades mean by date: definitions, examples by kind of person, the matrix; and over REST."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from itertools import pairwise

import pytest
from django.test import Client as Browser
from django.urls import reverse

from mispers.models import Incident, Person
from mispers.rules import markers
from officers.models import Officer
from riskassessment.presenters.risk_matrix import matrix_of
from riskassessment.rules.dated_data import in_force
from riskassessment.rules.examples import Example, examples_in_force, person_kinds
from riskassessment.rules.factors import factors
from riskassessment.rules.grades import ORDER, Grade, Likelihood, Severity
from riskassessment.selectors.for_incident import examples_for
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.moments import NOW, london
from tests.rest import Rest

Api = Callable[..., Rest]
SignIn = Callable[[Officer], Browser]
KINDS = {
    "child", "looked_after", "exploited", "dementia", "crisis", "domestic_abuse", "forced_marriage",
    "medical", "disability", "adult",
}  # fmt: skip


def first_kinds(age: int | None, marked: list[str], recorded: tuple[str, ...] = ()) -> list[str]:
    """The kinds of person that are said to bear on somebody."""
    incident = Incident(person=Person(age_estimate=age, markers=marked), reported_at=NOW)
    return [each.kind.code for each in examples_for(incident, recorded, NOW) if each.because]


def test_each_kind_of_person_has_examples_of_at_least_two_grades_with_their_source() -> None:
    grades = defaultdict(set)
    for example in examples_in_force(NOW):
        grades[example.kind].add(example.grade)
        assert example.source
        assert example.standing in {"policy", "guidance"}
        assert (example.standing == "policy") == ("APP" in example.source)
    assert set(grades) == {kind.code for kind in person_kinds()} == KINDS
    assert all(Grade.HIGH in found and len(found) >= 2 for found in grades.values())
    assert Grade.LOW not in grades["exploited"] | grades["dementia"] | grades["crisis"]
    known = {factor.code for factor in factors()} | {each.code for each in markers.markers()}
    assert all(set(kind.any_of) <= known for kind in person_kinds())


@pytest.mark.parametrize(
    ("age", "marked", "recorded", "kinds_first"),
    [
        (14, [], (), ["child", "looked_after"]),
        (None, [], (), ["child", "looked_after"]),
        (14, ["cce"], (), ["child", "looked_after", "exploited"]),
        (81, [], (), ["dementia"]),
        (40, [], ("suicidal_intent",), ["crisis"]),
        (30, ["domestic_abuse"], (), ["domestic_abuse"]),
        (40, [], (), []),
    ],
)
def test_those_that_bear_on_the_person_come_first(
    age: int | None, marked: list[str], recorded: tuple[str, ...], kinds_first: list[str]
) -> None:
    assert first_kinds(age, marked, recorded) == kinds_first


def test_a_later_entry_takes_the_place_of_an_earlier_one_from_its_day_on() -> None:
    def example(text: str, day: str) -> Example:
        return Example("child", Grade.HIGH, text, "guidance", "Ours", london(f"{day} 00:00"))

    entries = [example("second", "2026-05-01"), example("first", "2026-01-01")]
    for day, texts in {
        "2025-12-31": [],
        "2026-01-01": ["first"],
        "2026-04-30": ["first"],
        "2026-05-01": ["second"],
    }.items():
        held = in_force(entries, london(f"{day} 12:00"), lambda each: each.kind)
        assert [each.text for each in held] == texts


def test_the_matrix_never_falls_where_harm_is_worse_or_likelier_and_policy_names_three() -> None:
    rows = matrix_of("", "", "", NOW).rows
    assert [row.severity for row in rows] == list(reversed(Severity))
    ranks = [[ORDER[cell.grade] for cell in row.cells] for row in rows]
    assert all(row == sorted(row) and len(row) == len(Likelihood) for row in ranks)
    assert all(
        upper >= lower
        for above, below in pairwise(ranks)
        for upper, lower in zip(above, below, strict=True)
    )
    policy = {
        (cell.likelihood, cell.severity): cell.grade
        for row in rows
        for cell in row.cells
        if cell.standing == "policy"
    }
    assert policy == {
        ("possible", "minimal"): "low",
        ("likely", "moderate"): "medium",
        ("very_likely", "serious"): "high",
    }


@pytest.mark.parametrize(
    ("likelihood", "severity", "grade", "meets_at", "is_lower"),
    [
        ("likely", "serious", "medium", "high", True),
        ("likely", "serious", "high", "high", False),
        ("possible", "minimal", "high", "low", False),
        ("likely", "serious", "", "high", False),
        ("likely", "", "low", None, False),
        ("certain", "serious", "low", None, False),
        ("likely", "serious", "none", "high", False),
    ],
)
def test_where_the_answers_meet(
    likelihood: str, severity: str, grade: str, meets_at: str | None, is_lower: bool
) -> None:
    matrix = matrix_of(likelihood, severity, grade, NOW)
    assert (matrix.at.grade if matrix.at else None) == meets_at
    assert matrix.is_lower is is_lower


def test_the_page_shows_what_was_in_force_on_any_day(cn: Unit, browser_as: SignIn) -> None:
    browser = browser_as(cn.frontline)
    url = reverse("grade-meanings")
    today = browser.get(url).content.decode()
    assert "Significant harm" in today
    assert "rang a friend in fear" in today
    before = browser.get(url, {"on": "2/7/2026"}).content.decode()
    assert "Serious harm to the missing person" in before
    assert "rang a friend in fear" not in before
    assert "thinly dressed in winter" in before
    nothing = browser.get(url, {"on": "2016-12-31"}).content.decode()
    assert "Nothing was laid down here for that day." in nothing
    assert "Enter a date" in browser.get(url, {"on": "soon"}).content.decode()
    assert "Policy (APP)" in today
    assert "Guidance" in today


def test_the_same_over_rest(cn: Unit, api: Api) -> None:
    rest = api(cn.frontline)

    def rows(path: str, **query: str) -> list[dict[str, str]]:
        return list(rest.get(f"/api/v1/{path}/", query).json()["results"])

    high = [each for each in rows("grade-meanings") if each["grade"] == "high"]
    assert [each["standing"] for each in high] == ["policy", "guidance"]
    assert high[0]["text"].startswith("Significant")
    earlier = rows("grade-meanings", at="2026-07-01T00:00:00Z")
    assert any(each["text"].startswith("Serious") for each in earlier)
    examples = rows("grade-examples", at="2026-07-01T00:00:00Z")
    assert [(each["kind"], each["grade"], each["standing"]) for each in examples] == [
        ("dementia", "high", "policy")
    ]
    assert len(rows("grade-picture")) == 9
    assert rest.get("/api/v1/grade-meanings/", {"at": "soon"}).status_code == 400


def test_the_grading_page_shows_examples_for_the_person_first(
    cn: Unit, now: datetime, browser_as: SignIn
) -> None:
    old = log_incident(cn.frontline, now, date_of_birth=date(1940, 1, 1))
    html = browser_as(cn.frontline).get(reverse("assess-risk", args=[old.reference]))
    text = html.content.decode()
    assert text.index("An older person, or somebody with dementia") < text.index("A child in care")
