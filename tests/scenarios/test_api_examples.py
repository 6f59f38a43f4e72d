"""The contract of the REST interface, example by example: what is sent, and what is answered."""

from collections.abc import Callable
from datetime import datetime

import pytest

from assurance.services.standards import refresh_standards
from mispers.models import Incident
from tests.conftest import Unit
from tests.rest import Rest, assert_problem
from tests.scenarios.api_examples import (
    GETS,
    INCIDENT,
    LOCATED,
    PAST,
    POSTS,
    REPORT,
    SOON,
    filled,
    under,
)

Api = Callable[..., Rest]


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
