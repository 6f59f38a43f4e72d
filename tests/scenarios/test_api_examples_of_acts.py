"""The contract of the REST interface by example: what officers do, from grading to closure."""

from collections.abc import Callable
from datetime import datetime

from mispers.models import Incident
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import an_assessment
from tests.rest import Rest, assert_problem
from tests.scenarios.api_examples import (
    ASSESSMENT,
    LOCATED,
    POSTS,
    REPORT,
    SOON,
    filled,
    under,
)

Api = Callable[..., Rest]


def test_an_assessment_is_endorsed_or_returned(
    api: Api, cn: Unit, incident: Incident, now: datetime
) -> None:
    inspector = api(cn.inspector)
    for path, body in (("endorse/", None), ("return/", {"reason": "Ask the college first."})):
        made = an_assessment(incident, cn.frontline, now)
        answer = inspector.post(f"/api/v1/risk-assessments/{made.pk}/{path}", body)
        assert answer.status_code == 200, answer.content
        assert answer.json()["id"] == str(made.pk)


def test_a_hypothesis_is_concluded(rest: Rest, incident: Incident) -> None:
    stated = rest.post(under(incident, "hypotheses/"), POSTS["hypotheses/"][0]).json()
    answer = rest.post(
        under(incident, f"hypotheses/{stated['id']}/conclude/"),
        {"status": "refuted", "evidence": "She is not there.", "supplier": "Her aunt"},
    )
    assert (answer.status_code, answer.json()["status"]) == (200, "refuted")


def test_an_action_through_every_verb(
    api: Api, rest: Rest, cn: Unit, incident: Incident, now: datetime
) -> None:
    other = cn.another()
    first, second = (an_action(incident, cn.frontline, now) for _ in range(2))
    for action, verb, body in (
        (first, "extend", {"due_at": SOON, "reason": "The college is shut."}),
        (first, "complete", {"result": "She was not there."}),
        (second, "propose-not-pursued", {"reason": "Done by another force."}),
    ):
        answer = rest.post(f"/api/v1/actions/{action.pk}/{verb}/", body)
        assert answer.status_code == 200, answer.content
    agreed = api(cn.inspector).post(f"/api/v1/actions/{second.pk}/approve-not-pursued/")
    assert agreed.status_code == 200, agreed.content
    third = an_action(incident, cn.frontline, now, responsible=other)
    missing = rest.post(
        f"/api/v1/actions/{third.pk}/reassign/", {"responsible": "999999", "reason": "Gone."}
    )
    assert_problem(missing, 400, "unknown_officer")


def test_a_handover_has_the_documented_shape(
    api: Api, cn: Unit, incident: Incident, now: datetime
) -> None:
    night = cn.another(Role.DUTY_INSPECTOR)
    made = api(cn.inspector).post(
        "/api/v1/handovers/",
        {"capacity": "inspector", "to": str(night.pk), "bcu": "CN",
         "items": [{"incident": incident.reference, "briefing": "Ring the college."}]},
    )  # fmt: skip
    assert made.status_code == 201, made.content
    body = made.json()
    assert set(body) >= {"id", "capacity", "from", "to", "state", "items"}
    assert (
        body["items"][0] | {"incident": incident.reference, "state": "offered"} == body["items"][0]
    )
    refused = api(night).post(
        f"/api/v1/handovers/{body['id']}/decline/",
        {"reason": "Who has rung?", "items": [incident.reference]},
    )
    assert (refused.status_code, refused.json()["state"]) == (200, "declined")
    taken_back = an_offer(cn.inspector, night, incident, now)
    answer = api(cn.inspector).post(f"/api/v1/handovers/{taken_back.pk}/withdraw/")
    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    accepted = an_offer(cn.inspector, night, incident, now)
    answer = api(night).post(
        f"/api/v1/handovers/{accepted.pk}/accept/", {"items": [incident.reference]}
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "accepted")


def test_closure_is_asked_refused_asked_and_authorised_and_reopened(
    api: Api, rest: Rest, cn: Unit, incident: Incident, now: datetime
) -> None:
    rest.post(under(incident, "located/"), filled(LOCATED, cn))
    inspector = api(cn.another(Role.DUTY_INSPECTOR))
    assert rest.post(under(incident, "closure/"), {"rationale": "Seen."}).status_code == 201
    refused = inspector.post(under(incident, "closure/refuse/"), {"reason": "Interview her."})
    assert refused.status_code == 200, refused.content
    assert rest.post(under(incident, "closure/"), {"rationale": "Seen."}).status_code == 201
    barriers = inspector.get(under(incident, "barriers/"), {"to": "closed"}).json()["results"]
    assert all(each["overridable"] for each in barriers)
    overrides = [{"code": each["code"], "reason": "She declined."} for each in barriers]
    closed = inspector.post(under(incident, "closure/authorise/"), {"overrides": overrides})
    assert closed.status_code == 200, closed.content
    assert rest.get(under(incident)).json()["outcome"] == "found_safe"
    logged = rest.post(under(incident, "log/"), {"text": "Her aunt rings again."})
    assert logged.status_code == 201
    reopened = rest.post(under(incident, "reopen/"), {"reason": "Missing again."})
    assert reopened.status_code in {200, 201}, reopened.content


def test_a_disclosure_pack_is_downloaded(api: Api, cn: Unit, incident: Incident) -> None:
    records = api(cn.another(Role.RECORDS))
    answer = records.post(
        under(incident, "disclosure/"),
        {"purpose": "For the inquest.", "recipient": "The coroner", "redactions": []},
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    [made] = records.get(under(incident, "disclosure/")).json()["results"]
    assert made["recipient"] == "The coroner"


def test_a_grade_below_what_is_usual_asks_why(rest: Rest, now: datetime) -> None:
    child = rest.post("/api/v1/incidents/", REPORT).json()["reference"]
    path = f"/api/v1/incidents/{child}/risk-assessments/"
    refused = rest.post(path, {**ASSESSMENT, "grade": "low"})
    members = assert_problem(refused, 422, "differs_because_required")
    assert members["errors"][0]["field"] == "differs_because"
    said = rest.post(path, {**ASSESSMENT, "grade": "low", "differs_because": "She is on the line."})
    assert said.status_code == 201
    fourth = rest.post(path, {**ASSESSMENT, "grade": "no_apparent_risk"})
    assert fourth.status_code == 400


def test_blaming_words_are_answered_and_kept_with_a_reason(rest: Rest, incident: Incident) -> None:
    path = under(incident, "risk-assessments/")
    body = {**ASSESSMENT, "rationale": "He is streetwise, his school says."}
    [word] = rest.post(path, body).json()["words"]
    assert set(word) >= {"field", "phrase", "prefer"}
    assert word["phrase"] == "streetwise"
    kept = [{"phrase": "streetwise", "reason": "His school's word, quoted."}]
    assert rest.post(path, {**body, "words_kept": kept}).json()["words"] == []
