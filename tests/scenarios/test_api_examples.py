"""The contract of the REST interface, example by example: what is sent, and what is answered."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from assurance.services.standards import refresh_standards
from mispers.models import Incident
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import an_assessment
from tests.rest import Rest, assert_problem

Api = Callable[..., Rest]
PAST, SOON = "2026-07-18T08:45:00Z", "2026-07-18T12:00:00Z"
REPORT: dict[str, Any] = {
    "person": {
        "given_name": "Marigold",
        "family_name": "Fenwick",
        "date_of_birth": "2009-05-01",
        "age_estimate": None,
        "sex": "female",
        "home_address": {"lines": ["4 Tallow Street"], "postcode": "N1 9GU"},
        "phones": ["07700 900123"],
        "looked_after_by": None,
        "markers": ["cse", "self_harm"],
    },
    "informant": {"name": "Rowan Fenwick", "relationship": "mother", "phone": "020 7946 0001"},
    "last_seen_at": "2026-07-18T07:00:00Z",
    "last_seen_place": "Lark Lane bus stop",
    "circumstances": "Did not come home.",
    "missing_from": "home",
    "reported_at": PAST,
    "bcu": "CN",
    "source": {"system": "CAD", "reference": "4417"},
}
INCIDENT = {
    "reference", "stage", "outcome", "grade", "reported_at", "recorded_at", "boundary_48h_at",
    "bcu", "person", "owner", "inspector", "previous_incidents", "linked_incidents", "overdue",
    "version",
}  # fmt: skip
ASSESSMENT: dict[str, Any] = {
    "grade": "medium",
    "likelihood": "likely",
    "severity": "moderate",
    "rationale": "She has never stayed out and left without a coat.",
    "factors": ["out_of_character"],
    "information": [
        {"text": "Left at three.", "supplier": "Mother", "contact": "020 7946 0001",
         "obtained_at": PAST}
    ],
    "sources_checked": ["informant"],
    "sources_not_checked": [{"source": "pnd", "reason": "The terminal is down."}],
}  # fmt: skip
LOCATED = {
    "at": "{now}", "place": "Home", "condition": "safe", "seen_in_person_by": "{frontline}",
    "seen_at": "{now}", "how": "Came home.",
}  # fmt: skip

# What a POST takes at each path under an incident, and members that the answer must have.
POSTS: dict[str, tuple[dict[str, Any], str]] = {
    "risk-assessments/": (ASSESSMENT, "id endorsed_by review_due_at grade words"),
    "strategy/": ({"text": "Ring the college; search the home."}, "id text"),
    "hypotheses/": (
        {"statement": "At her aunt's.", "would_confirm": "She says so.", "would_refute": "No."},
        "id statement status",
    ),
    "actions/": (
        {"title": "Ring the college", "detail": "The tutor.", "responsible": "{frontline}",
         "due_at": SOON, "priority": "urgent"},
        "id title responsible due_at state",
    ),
    "searches/": (
        {"place": "4 Tallow Street", "kind": "home", "extent": "knock", "covered": "The door.",
         "not_covered": "The inside.", "searched_by": "{frontline}", "searched_at": PAST,
         "result": "No answer."},
        "id extent not_covered",
    ),
    "sightings/": (
        {"at": PAST, "place": "Platform 2", "lat": 51.53, "lon": -0.12, "reported_by": "A guard",
         "credibility": "not_assessed", "text": "Alone."},
        "id place lat lon credibility",
    ),
    "log/": ({"text": "The tutor rang.", "source": "The college"}, "id text source"),
    "family-contacts/": (
        {"with": "Rowan Fenwick", "made_by": "{frontline}", "at": PAST, "text": "Nothing new.",
         "next_due_at": SOON},
        "id with next_due_at",
    ),
    "notifications/": ({"to": "pnc", "at": PAST, "reference": "PNC/1"}, "id to reference"),
    "located/": (LOCATED, "id condition seen_in_person_by"),
    "prevention-interview/": (
        {"attempted_at": "{now}", "held_at": "{now}", "by": "{frontline}", "why": "A quarrel.",
         "what_happened": "Walked.", "where_and_with_whom": "Alone.", "harm": "None.",
         "next_time": "Ring her aunt."},
        "id held_at next_time",
    ),
    "return-interview/": (
        {"requested_at": "{now}", "authority": "Camden"},
        "id requested_at authority outcome",
    ),
}  # fmt: skip
GETS = [
    *POSTS, "ownership/", "barriers/?to=closed", "closure/", "timeline/", "standards/",
]  # fmt: skip


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


@pytest.fixture
def rest(cn: Unit, api: Api) -> Rest:
    return api(cn.frontline)


def filled(body: Any, cn: Unit) -> Any:
    """The example with this test's officer and moment in it."""
    if isinstance(body, dict):
        return {name: filled(value, cn) for name, value in body.items()}
    return {"{frontline}": str(cn.frontline.pk), "{now}": "2026-07-18T09:00:00Z"}.get(
        str(body), body
    )


def under(incident: Incident, path: str = "") -> str:
    return f"/api/v1/incidents/{incident.reference}/{path}"


def test_a_report_is_taken_with_every_documented_field(rest: Rest, cn: Unit, now: datetime) -> None:
    made = rest.post("/api/v1/incidents/", REPORT)
    assert made.status_code == 201, made.content
    body = made.json()
    assert set(body) >= INCIDENT
    assert made.headers["Location"].endswith(f"/api/v1/incidents/{body['reference']}/")
    assert body["reference"] == "CN-26-000001"
    assert body["reported_at"] == PAST
    assert set(body["owner"]) == {"id", "name", "rank", "since"}
    assert body["overdue"] == {"actions": 0, "standards": []}
    again = rest.post("/api/v1/incidents/", REPORT)
    assert (again.status_code, again.json()["reference"]) == (200, body["reference"])


@pytest.mark.parametrize(("without", "field"), [("circumstances", "circumstances"), ("bcu", "bcu")])
def test_a_report_without_what_is_needed_says_which_field(
    rest: Rest, without: str, field: str, now: datetime
) -> None:
    body = {name: value for name, value in REPORT.items() if name != without}
    answer = rest.post("/api/v1/incidents/", body)
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert (error["field"], set(error)) == (field, {"field", "code", "message"})


def test_unknown_people_are_reported_as_unknown(rest: Rest, now: datetime) -> None:
    body = {
        "person": {"unknown": True},
        "informant": {"unknown": True},
        "circumstances": "A coat and shoes on the bridge.",
        "bcu": "CN",
    }
    assert rest.post("/api/v1/incidents/", body).status_code == 201


@pytest.mark.parametrize("path", list(POSTS))
def test_each_path_takes_what_is_documented_and_lists_it(
    path: str, rest: Rest, cn: Unit, incident: Incident
) -> None:
    if "interview" in path:
        rest.post(under(incident, "located/"), filled(LOCATED, cn))
    body, members = POSTS[path]
    made = rest.post(under(incident, path), filled(body, cn))
    assert made.status_code == 201, made.content
    assert set(made.json()) >= set(members.split())
    listed = rest.get(under(incident, path)).json()
    assert set(listed) == {"results", "next"}
    assert made.json()["id"] in {each["id"] for each in listed["results"]}


@pytest.mark.parametrize("path", GETS)
def test_each_path_is_read_as_a_list(path: str, rest: Rest, incident: Incident) -> None:
    answer = rest.get(under(incident, path))
    assert answer.status_code == 200, answer.content
    assert set(answer.json()) == {"results", "next"}


@pytest.mark.parametrize(
    ("path", "members"),
    [
        ("ownership/", "capacity officer taken_at until basis handover"),
        ("barriers/?to=closed", "code message source lift overridable"),
        ("standards/", "code state since due_at proved_by"),
        ("timeline/", "kind at summary"),
    ],
)
def test_what_is_only_read_has_the_documented_members(
    path: str, members: str, rest: Rest, incident: Incident
) -> None:
    results = rest.get(under(incident, path)).json()["results"]
    assert results
    assert all(set(each) >= set(members.split()) for each in results)


def test_the_incident_as_it_stood(rest: Rest, incident: Incident) -> None:
    answer = rest.get(under(incident, "as-at/"), {"at": "2026-07-18T09:00:00Z"})
    assert answer.status_code == 200
    assert set(answer.json()) >= {"at", "incident", "known"}


@pytest.mark.parametrize(
    "query",
    [
        "stage=pre_48h", "grade=medium", "bcu=CN", "owner={frontline}", "inspector={frontline}",
        "overdue=true", "reported_after=2026-01-01T00:00:00Z", "q=Ash", "limit=1",
    ],
)  # fmt: skip
def test_every_documented_filter_is_known(
    query: str, rest: Rest, cn: Unit, incident: Incident
) -> None:
    answer = rest.get("/api/v1/incidents/?" + query.replace("{frontline}", str(cn.frontline.pk)))
    assert answer.status_code == 200, answer.content


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


def test_people_officers_standards_and_samples_are_read(
    api: Api, rest: Rest, cn: Unit, incident: Incident, now: datetime
) -> None:
    person = incident.person
    born = person.date_of_birth.isoformat() if person.date_of_birth else ""
    found = rest.get("/api/v1/people/", {"name": person.name, "date_of_birth": born})
    assert incident.reference in found.json()["results"][0]["incidents"]
    officers = rest.get("/api/v1/officers/", {"bcu": "CN", "role": "frontline", "on_duty": "true"})
    [officer] = officers.json()["results"]
    assert set(officer) >= {"id", "name", "rank", "roles", "bcu", "on_duty"}
    refresh_standards(incident_ids=[incident.pk], now=now)
    superintendent = api(cn.superintendent)
    counted = superintendent.get(
        "/api/v1/standards/",
        {"bcu": "CN", "code": "RISK-1", "from": "2026-07-01T00:00:00Z", "to": SOON},
    )
    assert [each["code"] for each in counted.json()["results"]] == ["RISK-1"]
    assert superintendent.get("/api/v1/samples/").json() == {"results": [], "next": None}


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


def test_changes_need_the_version_that_was_read(rest: Rest, incident: Incident) -> None:
    change = {"circumstances": "Left after a quarrel."}
    assert_problem(rest.patch(under(incident), change), 428, "if_match_required")
    stale = rest.patch(under(incident), change, If_Match='"999-0"')
    assert stale.status_code == 412
    etag = rest.get(under(incident)).headers["ETag"]
    assert rest.patch(under(incident), change, If_Match=etag).status_code == 200


def test_a_key_is_answered_once_and_again(rest: Rest, incident: Incident) -> None:
    path, body = under(incident, "log/"), {"text": "The tutor rang."}
    first = rest.post(path, body, Idempotency_Key="k1")
    again = rest.post(path, body, Idempotency_Key="k1")
    assert (again.status_code, again.json()) == (201, first.json())
    other = rest.post(path, {"text": "Somebody else rang."}, Idempotency_Key="k1")
    assert other.status_code == 422
    assert len(rest.get(path).json()["results"]) == 1


def test_unknown_parameters_and_other_bcus_are_refused(
    api: Api, rest: Rest, ne: Unit, incident: Incident
) -> None:
    unknown = rest.get("/api/v1/incidents/", {"colour": "blue"})
    assert_problem(unknown, 400, "unknown_parameter")
    assert_problem(api(ne.frontline).get(under(incident)), 404, "not_found")
    assert_problem(rest.get("/api/v1/nothing/"), 404, "not_found")


def test_a_write_that_needs_an_officer_is_refused_without_one(
    api: Api, cn: Unit, incident: Incident
) -> None:
    alone = api(None, bcus=[cn.bcu])
    assert alone.get(under(incident)).status_code == 200
    assert_problem(alone.post(under(incident, "log/"), {"text": "x"}), 403, "officer_required")


def test_the_feed_and_the_description_are_there(rest: Rest) -> None:
    assert set(rest.get("/api/v1/events/").json()) == {"results", "next"}
    assert rest.get("/api/v1/schema/").json()["openapi"].startswith("3.1")
