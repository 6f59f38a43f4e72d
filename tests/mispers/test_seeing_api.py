"""Incidents over REST: the list and its filters, one of them, its timeline, and it as it stood."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.models import Access
from mispers.models import IncidentLink
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.moments import NOW
from tests.rest import Rest, assert_problem

Api = Callable[..., Rest]
MEMBERS = {
    "reference", "stage", "outcome", "grade", "reported_at", "recorded_at", "boundary_48h_at",
    "bcu", "person", "owner", "inspector", "previous_incidents", "linked_incidents", "overdue",
    "version",
}  # fmt: skip


def test_an_incident_has_every_member_of_the_contract(cn: Unit, api: Api, now: datetime) -> None:
    incident = log_incident(cn.frontline, now, given_name="Jordan", family_name="Vane")
    answer = api(cn.frontline).get(f"/api/v1/incidents/{incident.reference}/")
    assert answer.status_code == 200
    body = answer.json()
    assert set(body) >= MEMBERS
    assert body["stage"] == "pre_48h"
    assert body["outcome"] is None
    assert body["grade"] is None
    assert body["reported_at"] == "2026-07-18T09:00:00Z"
    assert body["boundary_48h_at"] == "2026-07-20T09:00:00Z"
    assert body["person"]["given_name"] == "Jordan"
    assert body["person"]["home_address"]["postcode"] == "N1 9GU"
    assert body["owner"] == {
        "id": str(cn.frontline.pk),
        "name": cn.frontline.get_full_name(),
        "rank": "PC",
        "since": "2026-07-18T09:00:00Z",
    }
    assert body["inspector"]["id"] == str(cn.inspector.pk)
    assert body["overdue"] == {"actions": 0, "standards": []}
    assert answer.headers["ETag"].startswith(f'"{body["version"]}-')


def test_reading_one_is_logged_with_its_reason_and_a_second_reading_is_not_modified(
    cn: Unit, api: Api, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now)
    rest = api(cn.inspector)
    first = rest.get(f"/api/v1/incidents/{incident.reference}/", Reason="Supervisor review")
    looked = Access.objects.get(stream=incident.reference)
    assert (looked.officer, looked.reason) == (cn.inspector, "Supervisor review")
    again = rest.get(
        f"/api/v1/incidents/{incident.reference}/", If_None_Match=first.headers["ETag"]
    )
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["", "timeline/", "as-at/"])
def test_an_incident_of_another_bcu_is_not_found(
    cn: Unit, ne: Unit, api: Api, now: datetime, path: str
) -> None:
    incident = log_incident(ne.frontline, now)
    answer = api(cn.inspector).get(f"/api/v1/incidents/{incident.reference}/{path}")
    assert_problem(answer, 404, "not_found")


def test_the_list_shows_only_the_bcus_the_officer_sees(
    cn: Unit, ne: Unit, api: Api, now: datetime
) -> None:
    mine = log_incident(cn.frontline, now)
    log_incident(ne.frontline, now)
    results = api(cn.inspector).get("/api/v1/incidents/").json()["results"]
    assert [each["reference"] for each in results] == [mine.reference]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"stage": "pre_48h"}, {"early", "late"}),
        ({"stage": "closed"}, set()),
        ({"bcu": "CN"}, {"early", "late"}),
        ({"bcu": "NE"}, set()),
        ({"q": "ashgrove"}, {"early"}),
        ({"q": "tamsin ashgrove"}, {"early"}),
        ({"q": "tamsin bellweather"}, set()),
        ({"reported_after": "2026-07-18T09:30:00Z"}, {"late"}),
        ({"grade": "high"}, set()),
        ({"grade": "none"}, {"early", "late"}),
        ({"overdue": "false"}, {"early", "late"}),
    ],
)
def test_each_filter_narrows_the_list(
    cn: Unit, ne: Unit, api: Api, clock_at: Any, query: dict[str, str], expected: set[str]
) -> None:
    clock_at(NOW)
    names = {
        log_incident(
            cn.frontline, NOW, given_name="Tamsin", family_name="Ashgrove"
        ).reference: "early",
        log_incident(
            cn.frontline, NOW + timedelta(minutes=45), given_name="Ifor", family_name="Bellweather"
        ).reference: "late",
    }
    clock_at(NOW + timedelta(minutes=46))
    results = api(cn.inspector).get("/api/v1/incidents/", query).json()["results"]
    assert {names[each["reference"]] for each in results} == expected


def test_the_list_is_narrowed_by_owner_and_inspector(cn: Unit, api: Api, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    rest = api(cn.inspector)
    for name, officer in {"owner": cn.frontline, "inspector": cn.inspector}.items():
        hit = rest.get("/api/v1/incidents/", {name: str(officer.pk)}).json()["results"]
        miss = rest.get("/api/v1/incidents/", {name: str(cn.superintendent.pk)}).json()["results"]
        assert [each["reference"] for each in hit] == [incident.reference]
        assert miss == []


def test_an_unknown_filter_is_refused(cn: Unit, api: Api) -> None:
    answer = api(cn.inspector).get("/api/v1/incidents/", {"colour": "red"})
    assert_problem(answer, 400, "unknown_parameter")


def test_earlier_incidents_are_named_and_later_ones_are_linked(
    cn: Unit, api: Api, now: datetime
) -> None:
    first = log_incident(cn.frontline, now - timedelta(days=3))
    second = log_incident(cn.frontline, now)
    IncidentLink.objects.create(
        incident=second, other=first, kind="previous", made_by=cn.frontline, made_at=now
    )
    rest = api(cn.inspector)
    newer = rest.get(f"/api/v1/incidents/{second.reference}/").json()
    older = rest.get(f"/api/v1/incidents/{first.reference}/").json()
    assert newer["previous_incidents"] == [first.reference]
    assert older["previous_incidents"] == []
    assert older["linked_incidents"] == [second.reference]


def test_the_timeline_is_the_trail_newest_first(cn: Unit, api: Api, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    rest = api(cn.inspector)
    results = rest.get(f"/api/v1/incidents/{incident.reference}/timeline/").json()["results"]
    assert [each["seq"] for each in results] == sorted(
        (each["seq"] for each in results), reverse=True
    )
    assert results[-1]["kind"] == "incident.reported"
    assert results[-1]["actor"]["name"] == cn.frontline.get_full_name()
    only = rest.get(
        f"/api/v1/incidents/{incident.reference}/timeline/", {"kind": "incident.reported"}
    ).json()["results"]
    assert [each["kind"] for each in only] == ["incident.reported"]


def test_as_at_shows_the_record_of_that_moment_and_nothing_recorded_later(
    cn: Unit, api: Api, clock_at: Any
) -> None:
    from mispers.services.log import add_log_entry

    clock_at(NOW)
    incident = log_incident(cn.frontline, NOW)
    add_log_entry(
        incident.reference,
        by=cn.frontline,
        now=NOW + timedelta(hours=2),
        text="Bank card used.",
        source="Bank",
    )
    clock_at(NOW + timedelta(hours=3))
    rest = api(cn.inspector)
    address = f"/api/v1/incidents/{incident.reference}/as-at/"
    then = rest.get(address, {"at": "2026-07-18T10:00:00Z"}).json()
    later = rest.get(address).json()
    assert then["at"] == "2026-07-18T10:00:00Z"
    assert then["facts"]["owner"]["id"] == str(cn.frontline.pk)
    assert then["incident"]["stage"] == "pre_48h"
    assert "log.added" not in {event["kind"] for event in then["known"]}
    assert "log.added" in {event["kind"] for event in later["known"]}


@pytest.mark.parametrize(
    ("at", "code"),
    [("2026-07-18T08:59:00Z", "before_record"), ("2026-07-18T09:01:00Z", "in_future")],
)
def test_as_at_refuses_a_moment_outside_the_record(
    cn: Unit, api: Api, now: datetime, at: str, code: str
) -> None:
    incident = log_incident(cn.frontline, now)
    answer = api(cn.inspector).get(f"/api/v1/incidents/{incident.reference}/as-at/", {"at": at})
    body = answer.json()
    assert answer.status_code == 400
    assert [(each["field"], each["code"]) for each in body["errors"]] == [("at", code)]
