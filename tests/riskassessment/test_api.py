"""Grading and endorsement over REST."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mispers.models import Incident
from mispers.services.log import add_log_entry
from riskassessment.models import RiskAssessment
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.risk import RATIONALE, an_assessment
from tests.rest import Rest, assert_problem
from tests.riskassessment.gradings import BODY

Api = Callable[..., Rest]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now, date_of_birth=now.date().replace(year=2011))


def at(incident: Incident) -> str:
    return f"/api/v1/incidents/{incident.reference}/risk-assessments/"


def test_an_assessment_is_made_and_answered_in_full(incident: Incident, cn: Unit, api: Api) -> None:
    rest = api(cn.frontline)
    answer = rest.post(at(incident), BODY)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert answer["Location"] == f"/api/v1/risk-assessments/{made['id']}/"
    for name in ("grade", "likelihood", "severity", "rationale", "factors", "information"):
        assert made[name] == BODY[name]
    assert made["sources_checked"] == BODY["sources_checked"]
    assert made["sources_not_checked"] == BODY["sources_not_checked"]
    assert made["review_due_at"] == "2026-07-18T21:00:00Z"
    assert made["made_by"]["id"] == str(cn.frontline.pk)
    assert made["endorsed_by"] is None
    assert made["state"] == "waiting"
    assert made["words"] == []
    assert rest.get(answer["Location"]).json() == made
    assert rest.get(at(incident)).json()["results"] == [made]


@pytest.mark.parametrize("grade", ["", "none", "no_apparent_risk", "HIGH", None, 3])
def test_no_fourth_grade_over_rest(incident: Incident, cn: Unit, api: Api, grade: object) -> None:
    answer = api(cn.frontline).post(at(incident), {**BODY, "grade": grade})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["grade"]
    assert not RiskAssessment.objects.exists()


@pytest.mark.parametrize("rationale", ["", "  \n", None, "x" * 10_001, "x" * 100_000, "\x07"])
def test_no_wrong_rationale_over_rest(
    incident: Incident, cn: Unit, api: Api, rationale: object
) -> None:
    answer = api(cn.frontline).post(at(incident), {**BODY, "rationale": rationale})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["rationale"]


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"information": [{**BODY["information"][0], "supplier": ""}]}, "information.0.supplier"),
        ({"information": [{**BODY["information"][0], "contact": ""}]}, "information.0.contact"),
        (
            {"information": [{**BODY["information"][0], "contact": "None."}]},
            "information.0.contact",
        ),
        (
            {"information": [{**BODY["information"][0], "obtained_at": "2026-07-18T10:00:00Z"}]},
            "information.0.obtained_at",
        ),
        ({"sources_checked": ["crystal_ball"]}, "sources_checked.0"),
        (
            {"sources_not_checked": [{"source": "pnc", "reason": ""}]},
            "sources_not_checked.0.reason",
        ),
        ({"words_kept": [{"phrase": "x", "reason": "y"}]}, "words_kept.0.phrase"),
        ({"grades": "low"}, "grades"),
    ],
)
def test_what_is_wrong_is_named_by_its_path_in_the_body(
    incident: Incident, cn: Unit, api: Api, over: dict[str, Any], field: str
) -> None:
    answer = api(cn.frontline).post(at(incident), {**BODY, **over})
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_below_the_usual_is_422_with_the_rules_that_say_so(
    cn: Unit, now: datetime, api: Api
) -> None:
    incident = log_incident(
        cn.frontline, now, date_of_birth=now.date().replace(year=2012), markers=["cce"]
    )
    rest = api(cn.frontline)
    low = {**BODY, "grade": "low"}
    problem = assert_problem(rest.post(at(incident), low), 422, "differs_because_required")
    assert problem["errors"][0]["field"] == "differs_because"
    assert "usually at least medium" in problem["errors"][0]["message"]
    answer = rest.post(at(incident), {**low, "differs_because": "He is with his aunt."})
    assert answer.status_code == 201
    assert "USUALLY-4" in answer.json()["usually"][0]


def test_an_inspector_endorses_over_rest(
    incident: Incident, cn: Unit, now: datetime, api: Api
) -> None:
    made = an_assessment(incident, cn.frontline, now)
    path = f"/api/v1/risk-assessments/{made.pk}"
    assert_problem(api(cn.frontline).post(f"{path}/endorse/"), 403, "not_permitted")
    rest = api(cn.inspector)
    answer = rest.post(f"{path}/endorse/")
    assert answer.status_code == 200, answer.content
    assert answer.json()["endorsed_by"]["id"] == str(cn.inspector.pk)
    assert answer.json()["state"] == "endorsed"
    problem = assert_problem(
        api(cn.superintendent).post(f"{path}/return/", {"reason": "No."}), 409, "already_decided"
    )
    assert str(cn.inspector) in problem["detail"]


def test_no_self_endorsement_over_rest(
    incident: Incident, cn: Unit, now: datetime, api: Api
) -> None:
    made = an_assessment(incident, cn.inspector, now)
    path = f"/api/v1/risk-assessments/{made.pk}"
    rest = api(cn.inspector)
    assert_problem(rest.post(f"{path}/endorse/"), 403, "own_assessment")
    assert_problem(rest.post(f"{path}/return/", {"reason": "x"}), 403, "own_assessment")


def test_an_assessment_is_returned_over_rest(
    incident: Incident, cn: Unit, now: datetime, api: Api
) -> None:
    made = an_assessment(incident, cn.frontline, now)
    path = f"/api/v1/risk-assessments/{made.pk}/return/"
    rest = api(cn.inspector)
    assert rest.post(path, {}).status_code == 400
    answer = rest.post(path, {"reason": "Ask the school."})
    assert answer.json()["state"] == "returned"
    assert answer.json()["endorsed_by"] is None
    assert answer.json()["returned"]["reason"] == "Ask the school."


def test_phrases_are_answered_with_the_write_and_wait_at_endorsement(
    incident: Incident, cn: Unit, api: Api
) -> None:
    rest = api(cn.frontline)
    answer = rest.post(at(incident), {**BODY, "rationale": f"{RATIONALE} She is streetwise."})
    assert answer.status_code == 201
    (word,) = answer.json()["words"]
    assert (word["field"], word["phrase"]) == ("rationale", "streetwise")
    assert word["prefer"] == "A child who lacks protection"
    endorse = f"/api/v1/risk-assessments/{answer.json()['id']}/endorse/"
    problem = assert_problem(api(cn.inspector).post(endorse), 409, "phrases_unanswered")
    assert "streetwise" in problem["detail"]
    words = f"/api/v1/incidents/{incident.reference}/words/"
    assert [each["id"] for each in rest.get(words).json()["results"]] == [word["id"]]
    kept = rest.post(f"{words}{word['id']}/keep/", {"reason": "The school's word."})
    assert kept.status_code == 200
    assert rest.get(words).json()["results"] == []
    assert api(cn.inspector).post(endorse).json()["words"] == []


def test_a_phrase_of_the_log_is_kept_with_an_assessment(
    incident: Incident, cn: Unit, now: datetime, api: Api
) -> None:
    add_log_entry(incident.reference, by=cn.frontline, now=now, text="The home says: absconded.")
    kept = [{"phrase": "absconded", "reason": "The home's word."}]
    answer = api(cn.frontline).post(at(incident), {**BODY, "words_kept": kept})
    assert answer.status_code == 201, answer.content
    endorse = f"/api/v1/risk-assessments/{answer.json()['id']}/endorse/"
    assert api(cn.inspector).post(endorse).status_code == 200


def test_another_bcu_gets_404_everywhere(
    incident: Incident, cn: Unit, ne: Unit, now: datetime, api: Api
) -> None:
    made = an_assessment(incident, cn.frontline, now)
    rest = api(ne.inspector)
    assert rest.get(at(incident)).status_code == 404
    assert rest.post(at(incident), BODY).status_code == 404
    assert rest.get(f"/api/v1/risk-assessments/{made.pk}/").status_code == 404
    assert rest.post(f"/api/v1/risk-assessments/{made.pk}/endorse/").status_code == 404


def test_a_repeated_key_makes_one_assessment(incident: Incident, cn: Unit, api: Api) -> None:
    rest = api(cn.frontline)
    first = rest.post(at(incident), BODY, Idempotency_Key="grade-1")
    again = rest.post(at(incident), BODY, Idempotency_Key="grade-1")
    assert first.json() == again.json()
    assert RiskAssessment.objects.count() == 1


def test_the_list_takes_as_many_queries_for_50_as_for_1(
    incident: Incident, cn: Unit, now: datetime, api: Api
) -> None:
    rest = api(cn.frontline)
    counts = []
    for n in (1, 10, 50):
        while RiskAssessment.objects.count() < n:
            an_assessment(incident, cn.frontline, now, rationale=f"{RATIONALE} Streetwise.")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = rest.get(at(incident), {"limit": 50})
        assert len(answer.json()["results"]) == n
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts
