"""Reporting, correcting and looking people up over REST."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from core.models import Access
from mispers.models import Incident
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.rest import Rest, assert_problem

Api = Callable[..., Rest]

REPORT: dict[str, Any] = {
    "person": {
        "given_name": "Marigold",
        "family_name": "Fenwick",
        "date_of_birth": "2009-05-01",
        "age_estimate": None,
        "sex": "female",
        "home_address": {"lines": ["4 Tallow Street"], "postcode": "N1 9GU"},
        "phones": ["020 7946 0002"],
        "looked_after_by": None,
        "markers": ["cse", "cce", "dementia", "self_harm"],
    },
    "informant": {"name": "Rowan Fenwick", "relationship": "father", "phone": "020 7946 0001"},
    "last_seen_at": "2026-07-18T07:15:00Z",
    "last_seen_place": "Lark Lane",
    "circumstances": "Left after an argument and took no coat.",
    "missing_from": "home",
    "reported_at": "2026-07-18T08:40:00Z",
    "bcu": "CN",
    "source": {"system": "CAD", "reference": "1234/18JUL26"},
}
LEAST = {
    "person": {"unknown": True},
    "informant": {"unknown": True},
    "circumstances": "A child alone at the station.",
    "bcu": "CN",
}


def changed(path: str, value: Any) -> dict[str, Any]:
    """REPORT with one part replaced, by its dotted path."""
    body: dict[str, Any] = {**REPORT, "person": {**REPORT["person"]}}
    inner = body
    *way, last = path.split(".")
    for name in way:
        inner[name] = {**inner[name]}
        inner = inner[name]
    inner[last] = value
    return body


def test_a_report_is_answered_with_the_incident_and_its_address(
    cn: Unit, now: datetime, api: Api
) -> None:
    answer = api(cn.frontline).post("/api/v1/incidents/", REPORT)
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert answer.headers["Location"] == f"/api/v1/incidents/{body['reference']}/"
    assert body["reference"] == "CN-26-000001"
    assert body["stage"] == "pre_48h"
    assert body["reported_at"] == "2026-07-18T08:40:00Z"
    assert body["recorded_at"] == "2026-07-18T09:00:00Z"
    assert body["boundary_48h_at"] == "2026-07-20T08:40:00Z"
    assert body["previous_incidents"] == []
    assert {name: body["person"][name] for name in REPORT["person"]} == REPORT["person"]


def test_the_least_that_is_needed_is_enough(cn: Unit, now: datetime, api: Api) -> None:
    answer = api(cn.frontline).post("/api/v1/incidents/", LEAST)
    assert answer.status_code == 201, answer.content
    assert answer.json()["person"]["unknown"] is True
    assert answer.json()["reported_at"] == "2026-07-18T09:00:00Z"


def test_a_repeated_source_answers_with_the_incident_that_exists(
    cn: Unit, now: datetime, api: Api
) -> None:
    rest = api(cn.frontline)
    first = rest.post("/api/v1/incidents/", REPORT)
    again = rest.post("/api/v1/incidents/", REPORT)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["reference"] == again.json()["reference"]
    assert again.headers["Location"] == first.headers["Location"]
    assert Incident.objects.count() == 1


def test_a_source_of_another_bcu_is_a_conflict(cn: Unit, ne: Unit, now: datetime, api: Api) -> None:
    api(cn.frontline).post("/api/v1/incidents/", REPORT)
    answer = api(ne.frontline).post("/api/v1/incidents/", {**REPORT, "bcu": "NE"})
    assert_problem(answer, 409, "source_used_elsewhere")


WRONG = [
    ("person", {"given_name": "  "}, "person.given_name"),
    ("person.date_of_birth", "2027-01-01", "person.date_of_birth"),
    ("person.date_of_birth", "1812-01-01", "person.date_of_birth"),
    ("person.date_of_birth", "soon", "person.date_of_birth"),
    ("person.given_name", "Mari\x00gold", "person.given_name"),
    ("person.given_name", "M" * 81, "person.given_name"),
    ("person.home_address.postcode", "N1 9G", "person.home_address.postcode"),
    ("person.age_estimate", 121, "person.age_estimate"),
    ("person.sex", "unsaid", "person.sex"),
    ("person.phones", ["ring the bell"], "person.phones"),
    ("person.markers", ["tall"], "person.markers"),
    ("person.height", 180, "person.height"),
    ("informant", {"relationship": "aunt"}, "informant.name"),
    ("informant.phone", "none", "informant.phone"),
    ("circumstances", "", "circumstances"),
    ("circumstances", "x" * 100_000, "circumstances"),
    ("circumstances", "left\x07", "circumstances"),
    ("last_seen_at", "2026-07-18T08:41:00Z", "last_seen_at"),
    ("last_seen_at", "2026-07-18T08:00:00", "last_seen_at"),
    ("last_seen_at", "0001-01-01T00:00:00Z", "last_seen_at"),
    ("reported_at", "2026-07-18T09:01:01Z", "reported_at"),
    ("missing_from", "pub", "missing_from"),
    ("bcu", "XX", "bcu"),
    ("bcu", "NE", "bcu"),
    ("source", {"system": "CAD"}, "source.reference"),
    ("previous", ["CN-26-999999"], "previous"),
]


@pytest.mark.parametrize(("path", "value", "field"), WRONG)
def test_each_bad_part_is_named_at_its_field(
    path: str, value: Any, field: str, cn: Unit, ne: Unit, now: datetime, api: Api
) -> None:
    answer = api(cn.frontline).post("/api/v1/incidents/", changed(path, value))
    assert answer.status_code == 400, answer.content
    assert field in {error["field"] for error in answer.json()["errors"]}, answer.json()
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("path", "given", "kept"),
    [
        ("reported_at", "2026-07-18T09:00:02Z", "2026-07-18T09:00:00Z"),
        ("person.phones", ["\u202d07700 900123\u202c"], ["07700 900123"]),
        (
            "person.home_address",
            {"postcode": "\u200en1\u00a09gu"},
            {"lines": [], "postcode": "N1 9GU"},
        ),
    ],
    ids=["a clock two seconds ahead", "a pasted number", "a pasted postcode"],
)
def test_what_a_paste_or_a_clock_adds_is_taken_off(
    path: str, given: Any, kept: Any, cn: Unit, now: datetime, api: Api
) -> None:
    answer = api(cn.frontline).post("/api/v1/incidents/", changed(path, given))
    assert answer.status_code == 201, answer.content
    found = answer.json()
    for name in path.split("."):
        found = found[name]
    assert found == kept


def test_a_correction_changes_what_was_sent_and_says_from_what(
    cn: Unit, now: datetime, api: Api
) -> None:
    rest = api(cn.frontline)
    rest.post("/api/v1/incidents/", REPORT)
    path = "/api/v1/incidents/CN-26-000001/"
    read = rest.get(path)
    answer = rest.patch(
        path,
        {"person": {"family_name": "Fenwicke"}, "last_seen_place": "Lark Lane bus stop"},
        If_Match=read.headers["ETag"],
    )
    assert answer.status_code == 200, answer.content
    body = answer.json()
    assert body["person"]["family_name"] == "Fenwicke"
    assert body["person"]["given_name"] == "Marigold"
    assert body["version"] == read.json()["version"] + 1
    event = rest.get(f"{path}timeline/", {"kind": "incident.corrected"}).json()["results"][0]
    assert event["data"]["fields"] == {
        "person.family_name": {"from": "Fenwick", "to": "Fenwicke"},
        "last_seen_place": {"from": "Lark Lane", "to": "Lark Lane bus stop"},
    }
    stale = rest.patch(path, {"circumstances": "Else."}, If_Match=read.headers["ETag"])
    assert_problem(stale, 412, "stale_version")
    assert rest.patch(path, {"circumstances": "Else."}).status_code == 428


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"person": {"given_name": "", "family_name": ""}}, "person.given_name"),
        ({"person": {"home_address": {"postcode": "nowhere"}}}, "person.home_address.postcode"),
        ({"last_seen_at": "2026-07-18T08:50:00Z"}, "last_seen_at"),
        ({"circumstances": " "}, "circumstances"),
        ({"bcu": "NE"}, "bcu"),
        ({"reported_at": "2026-07-18T08:00:00Z"}, "reported_at"),
    ],
)
def test_a_bad_correction_is_refused_at_its_field(
    body: dict[str, Any], field: str, cn: Unit, now: datetime, api: Api
) -> None:
    rest = api(cn.frontline)
    rest.post("/api/v1/incidents/", REPORT)
    answer = rest.patch("/api/v1/incidents/CN-26-000001/", body, If_Match="*")
    assert answer.status_code == 400, answer.content
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_incidents_are_linked_and_the_link_is_listed(cn: Unit, now: datetime, api: Api) -> None:
    first, second = log_incident(cn.frontline, now), log_incident(cn.frontline, now)
    rest = api(cn.frontline)
    path = f"/api/v1/incidents/{second.reference}/links/"
    made = rest.post(path, {"incident": first.reference, "kind": "linked"})
    assert made.status_code == 201, made.content
    assert [link["incident"] for link in rest.get(path).json()["results"]] == [first.reference]
    assert_problem(rest.post(path, {"incident": first.reference}), 409, "already_linked")
    itself = rest.post(path, {"incident": second.reference})
    assert [error["field"] for error in itself.json()["errors"]] == ["incident"]


def test_an_officer_of_another_bcu_learns_that_somebody_is_missing(
    cn: Unit, ne: Unit, now: datetime, api: Api
) -> None:
    incident = log_incident(cn.frontline, now, given_name="Marigold", family_name="Fenwick")
    answer = api(ne.frontline).get("/api/v1/people/", {"name": "marygold fenwyck"}, Reason="Met")
    (found,) = answer.json()["results"]
    assert found["missing"] is True
    assert found["incident"]["reference"] == incident.reference
    assert found["incident"]["bcu"] == "CN"
    assert found["ring"]["id"] == str(cn.inspector.pk)
    assert found["incidents"] == []
    access = Access.objects.get(kind=Access.Kind.SEARCH)
    assert (access.officer, access.reason) == (ne.frontline, "Met")
    assert access.detail["found"] == [incident.person_id]


def test_a_client_without_an_officer_finds_people_of_its_own_bcus(
    cn: Unit, ne: Unit, now: datetime, api: Api
) -> None:
    log_incident(cn.frontline, now, given_name="Marigold", family_name="Fenwick")
    mine, other = api(None, bcus=[cn.bcu]), api(None, bcus=[ne.bcu])
    query = {"name": "Marigold Fenwick"}
    assert len(mine.get("/api/v1/people/", query).json()["results"]) == 1
    assert other.get("/api/v1/people/", query).json()["results"] == []


def test_a_look_up_without_a_name_is_refused(cn: Unit, now: datetime, api: Api) -> None:
    answer = api(cn.frontline).get("/api/v1/people/", {"name": "x"})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "name"
