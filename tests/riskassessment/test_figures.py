"""Figures of grading: counted right, with their intervals, alike on page, as CSV and by REST."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.rules.shares import Share
from mispers.models import Incident
from mispers.services.log import add_log_entry
from officers.models import Officer
from riskassessment.figures.cohort import Cohort, Of, whose
from riskassessment.figures.tables import tables
from riskassessment.figures.whole import RiskFigures, risk_figures
from riskassessment.language.answers import unanswered
from riskassessment.rules.grades import Grade
from riskassessment.services.endorse import return_assessment
from tests.conftest import Unit
from tests.factories.assurance import HOUR, MINUTE, endorse
from tests.factories.endings import close
from tests.factories.incidents import log_incident
from tests.factories.risk import RATIONALE, an_assessment
from tests.rest import Rest

SignIn = Callable[[Officer], Client]
Api = Callable[..., Rest]
LATER = 9 * HOUR


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (0, 10, 0.0, 0.278),
        (10, 10, 0.722, 1.0),
        (1, 10, 0.018, 0.404),
        (50, 100, 0.404, 0.596),
        (3, 92_681, 0.0, 0.0001),
    ],
)
def test_a_share_has_wilsons_interval(part: int, whole: int, low: float, high: float) -> None:
    share = Share(part, whole)
    assert share.value == part / whole
    assert share.low == pytest.approx(low, abs=0.001)
    assert share.high == pytest.approx(high, abs=0.001)
    assert share.low is not None
    assert share.high is not None
    assert 0 <= share.low <= part / whole <= share.high <= 1


def test_a_share_of_no_case_is_none() -> None:
    assert (Share(0, 0).value, Share(0, 0).low, Share(0, 0).high) == (None, None, None)


@pytest.mark.parametrize(
    ("person", "of"),
    [
        ({"date_of_birth": date(2008, 7, 18)}, "adult"),
        ({"date_of_birth": date(2008, 7, 19)}, "child"),
        ({"date_of_birth": date(1950, 1, 1)}, "adult"),
        ({"date_of_birth": None, "age_estimate": 17}, "child"),
        ({"date_of_birth": None, "age_estimate": 18}, "adult"),
        ({"date_of_birth": None, "age_estimate": None}, "unknown"),
    ],
)
def test_the_database_tells_children_as_the_rest_of_the_house_does(
    cn: Unit, now: datetime, person: dict[str, object], of: str
) -> None:
    incident = log_incident(cn.frontline, now, **person)
    assert Incident.objects.annotate(of=whose()).values_list("of", flat=True).get() == of
    age = incident.age_at_report
    assert (age is None, age is not None and age < 18) == (of == "unknown", of == "child")


@pytest.fixture
def story(cn: Unit, ne: Unit, now: datetime) -> RiskFigures:
    """Three reports of CN and one of NE.

    A girl graded after 30 minutes, returned, graded high, endorsed late, then found harmed; a man
    graded after two hours and never decided on; a woman never graded.
    """
    child = log_incident(cn.frontline, now, date_of_birth=date(2012, 3, 1))
    adult = log_incident(cn.frontline, now, date_of_birth=date(1980, 3, 1))
    log_incident(cn.frontline, now, date_of_birth=date(1980, 3, 1))
    elsewhere = log_incident(ne.frontline, now)
    an_assessment(elsewhere, ne.frontline, now)
    blaming = f"{RATIONALE} She is streetwise."
    first = an_assessment(child, cn.frontline, now + 30 * MINUTE, rationale=blaming)
    return_assessment(
        assessment=first.pk, reason="Ask her school.", by=cn.inspector, now=now + HOUR
    )
    second = an_assessment(
        child, cn.frontline, now + 90 * MINUTE, "high", sources_checked=["informant", "pnc"],
        sources_not_checked=[],
    )  # fmt: skip
    endorse(second, cn.inspector, now + 4 * HOUR)
    add_log_entry(child.reference, by=cn.frontline, now=now + 5 * HOUR, text="She absconded.")
    close(child, cn.frontline, cn.inspector, now + 6 * HOUR, condition="harmed")
    an_assessment(adult, cn.frontline, now + 2 * HOUR, "low", likelihood="possible")
    return risk_figures(Cohort(cn.superintendent, "CN"), now + LATER)


def test_grades_given_changed_and_returned_are_counted(story: RiskFigures) -> None:
    assert story.records == {Of.CHILD: 1, Of.ADULT: 2, Of.UNKNOWN: 0}
    given = {(each.of, each.grade): each.number for each in story.grades.given if each.number}
    assert given == {
        (Of.CHILD, Grade.MEDIUM): 1,
        (Of.CHILD, Grade.HIGH): 1,
        (Of.ADULT, Grade.LOW): 1,
    }
    changed = [(each.before, each.after) for each in story.grades.changed if each.number]
    assert changed == [(Grade.MEDIUM, Grade.HIGH)]
    low, medium, high = story.grades.decided
    assert (low.waiting, medium.returned, high.endorsed) == (1, 1, 1)
    assert (medium.share_returned, high.share_returned) == (Share(1, 1), Share(0, 1))


def test_times_are_measured_against_what_the_protocol_allowed(story: RiskFigures) -> None:
    *by_grade, every = story.time_to_grade
    assert every.done == 2
    assert every.median == 75 * MINUTE
    # One in time, one late, one not graded and out of time.
    assert every.within == Share(1, 3)
    assert {each.grade: each.median for each in by_grade if each.done} == {
        Grade.MEDIUM: 30 * MINUTE,
        Grade.LOW: 2 * HOUR,
    }
    low, medium, high = story.time_to_endorse
    assert (medium.median, medium.within) == (30 * MINUTE, Share(1, 1))
    assert (high.median, high.within) == (150 * MINUTE, Share(0, 1))
    # Low may wait eight hours: seven have gone.
    assert (low.done, low.within) == (0, Share(0, 0))


def test_harm_is_counted_under_the_last_grade_from_before(story: RiskFigures) -> None:
    harmed = [each for each in story.harm if each.share_harmed.whole]
    assert [(each.of, each.grade, each.harmed) for each in harmed] == [(Of.CHILD, Grade.HIGH, 1)]
    assert story.harmed_not_high == Share(0, 1)


def test_unknown_sources_and_phrases_are_counted_children_apart(story: RiskFigures) -> None:
    sources = {each.source: each for each in story.sources}
    pnd, pnc = sources["pnd"], sources["pnc"]  # type: ignore[index]  # a choice is its code
    assert (pnd.looked_at, pnd.not_looked_at, pnd.nothing_said) == (0, 2, 1)
    assert (pnc.looked_at, pnc.not_looked_at, pnc.nothing_said) == (1, 0, 2)
    assert pnc.share_unknown == Share(2, 3)
    child, adult, _ = story.words
    assert (child.found, child.per_100, child.share) == (2, 200.0, Share(1, 1))
    assert (adult.found, adult.per_100, adult.share) == (0, 0.0, Share(0, 2))
    assert [(each.phrase, each.found_of_children) for each in story.phrases] == [
        ("absconded", 1),
        ("streetwise", 1),
    ]


def test_a_period_a_bcu_and_what_one_sees_narrow_them(
    story: RiskFigures, cn: Unit, ne: Unit, now: datetime
) -> None:
    def records(reader: Officer, **narrowing: object) -> int:
        cohort = Cohort(reader, **narrowing)  # type: ignore[arg-type]  # as given below
        return sum(risk_figures(cohort, now).records.values())

    assert records(ne.superintendent) == 1
    assert records(ne.superintendent, bcu="CN") == 0
    assert records(cn.superintendent, start=now) == 3
    assert records(cn.superintendent, start=now + HOUR) == 0
    assert records(cn.superintendent, end=now) == 0
    empty = tables(risk_figures(Cohort(cn.superintendent, end=now), now))
    assert all(bar.share.value is None for table in empty for bar in table.bars)


def test_the_page_the_csv_and_rest_say_the_same(
    story: RiskFigures, cn: Unit, now: datetime, browser_as: SignIn, api: Api,
    clock_at: Callable[[datetime], datetime],
) -> None:  # fmt: skip
    clock_at(now + LATER)
    browser = browser_as(cn.superintendent)
    page = browser.get("/risk/figures/", {"bcu": "CN", "first": "18/7/2026"})
    assert page.status_code == 200
    text = page.content.decode()
    assert "Children, high" in text
    assert "100% (1 of 1; 21 to 100%)" in text
    assert "stand on few cases" in text
    assert "style=" not in text
    harm = browser.get("/risk/figures/harm/", {"bcu": "CN"})
    assert harm.headers["Content-Type"].startswith("text/csv")
    assert "Children,High,0,1,0,100.0%,20.7%,100.0%" in harm.content.decode()
    assert browser.get("/risk/figures/nothing/").status_code == 404
    answer = api(cn.superintendent).get("/api/v1/risk-figures/", {"bcu": "CN"})
    assert answer.status_code == 200
    told = answer.json()
    assert told["records"] == {"child": 1, "adult": 2, "unknown": 0}
    assert told["time_to_grade"][-1]["median_minutes"] == 75
    (high,) = [each for each in told["harm"] if each["share_harmed"]["whole"]]
    assert high["share_harmed"]["part"] == 1
    assert 0.2 < high["share_harmed"]["low"] < 0.21
    for each in (browser_as(cn.frontline).get("/risk/figures/"),):
        assert each.status_code == 403
    assert api(cn.frontline).get("/api/v1/risk-figures/").status_code == 403
    assert api(cn.superintendent).get("/api/v1/risk-figures/", {"to": "x"}).status_code == 400


def test_as_many_queries_however_many_records(cn: Unit, now: datetime) -> None:
    counts = []
    for number in (1, 10):
        while Incident.objects.count() < number:
            incident = log_incident(cn.frontline, now - timedelta(days=1))
            an_assessment(incident, cn.frontline, now, rationale=f"{RATIONALE} Streetwise.")
            assert unanswered(incident)
        with CaptureQueriesContext(connection) as queries:
            tables(risk_figures(Cohort(cn.superintendent), now))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14
