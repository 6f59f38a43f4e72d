"""The grade beside incidents: as a fact, a filter, an order, and a barrier to closing."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.errors import Invalid
from core.models import Event
from mispers import registries
from mispers.models import Incident
from mispers.rules.stages import Stage
from riskassessment.models import GradeDefinition, PhraseFound
from riskassessment.rules.grades import Grade
from riskassessment.selectors.assessments import definitions_in_force, grades_at
from riskassessment.selectors.by_grade import of_grade, with_rank
from riskassessment.services.endorse import endorse_assessment, return_assessment
from riskassessment.services.reference import load
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import an_assessment
from tests.moments import london


@pytest.fixture
def four(cn: Unit, now: datetime) -> dict[str, Incident]:
    """One incident of each grade, and one not graded."""
    incidents = {name: log_incident(cn.frontline, now) for name in ("none", "low", "medium")}
    incidents["high"] = log_incident(cn.frontline, now)
    for grade in ("low", "medium", "high"):
        an_assessment(incidents[grade], cn.frontline, now, "low" if grade == "high" else grade)
    an_assessment(incidents["high"], cn.frontline, now + timedelta(minutes=1), "high")
    return incidents


def test_grades_of_many_in_one_query_and_as_they_stood(
    four: dict[str, Incident], now: datetime
) -> None:
    with CaptureQueriesContext(connection) as queries:
        later = grades_at(list(four.values()), now + timedelta(hours=1))
    assert len(queries) == 1
    assert later == {four[grade].pk: grade for grade in ("low", "medium", "high")}
    assert grades_at([four["high"]], now) == {four["high"].pk: "low"}
    assert grades_at([four["high"]], now - timedelta(minutes=1)) == {}


@pytest.mark.parametrize("grade", ["low", "medium", "high", "none"])
def test_the_filter(four: dict[str, Incident], now: datetime, grade: str) -> None:
    assert list(of_grade(Incident.objects.all(), grade, now)) == [four[grade]]


def test_the_filter_refuses_another_grade(db: None, now: datetime) -> None:
    with pytest.raises(Invalid):
        of_grade(Incident.objects.all(), "fourth", now)


def test_the_order_puts_what_nobody_has_graded_beside_high(
    four: dict[str, Incident], now: datetime
) -> None:
    found = with_rank(Incident.objects.all(), now)
    ranks = {each.pk: getattr(each, "grade_rank", None) for each in found}
    assert ranks == {
        four["low"].pk: 1,
        four["medium"].pk: 2,
        four["high"].pk: 3,
        four["none"].pk: 3,
    }


def risk_barriers(incident: Incident, now: datetime) -> list[tuple[str, bool]]:
    found = registries.barriers_to(incident, Stage.CLOSED, None, now)
    return [(each.code, each.overridable) for each in found if each.code.startswith("RISK")]


def test_closing_waits_for_an_endorsed_grade(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    assert risk_barriers(incident, now) == [("RISK-1", True)]
    first = an_assessment(incident, cn.frontline, now)
    assert risk_barriers(incident, now) == [("RISK-3", True)]
    return_assessment(assessment=first.pk, reason="Ask.", by=cn.inspector, now=now)
    assert risk_barriers(incident, now) == [("RISK-3", True)]
    second = an_assessment(incident, cn.frontline, now)
    endorse_assessment(assessment=second.pk, by=cn.inspector, now=now)
    assert risk_barriers(incident, now) == []


def test_no_grade_stands_in_the_way_of_another_stage(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    found = registries.barriers_to(incident, Stage.POST_48H, None, now)
    assert [each for each in found if each.code.startswith("RISK")] == []


def test_definitions_are_loaded_once_and_by_date(db: None) -> None:
    count = GradeDefinition.objects.count()
    assert count == 7
    assert load() == 0
    assert GradeDefinition.objects.count() == count
    meant = definitions_in_force(london("2026-07-02 12:00"))
    assert [each.standing for each in meant[Grade.HIGH]] == ["policy", "guidance"]
    assert meant[Grade.HIGH][0].text.startswith("Serious")
    assert definitions_in_force(london("2026-07-18 12:00"))[Grade.HIGH][0].text.startswith(
        "Significant"
    )


@pytest.mark.parametrize(("age", "found"), [(14, 1), (30, 0)])
def test_the_report_itself_is_read_with_the_age_in_mind(
    cn: Unit, now: datetime, age: int, found: int
) -> None:
    log_incident(
        cn.frontline,
        now,
        date_of_birth=now.date().replace(year=now.year - age),
        circumstances="Left the placement at noon.",
    )
    assert PhraseFound.objects.count() == found
    assert Event.objects.filter(kind="incident.reported").count() == 1
