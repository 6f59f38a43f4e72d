"""Chains, handovers and actions over REST."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action, an_offer
from tests.moments import NOW
from tests.rest import Rest, assert_problem

pytestmark = pytest.mark.django_db

Connect = Callable[..., Rest]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, NOW)


@pytest.fixture
def night(cn: Unit) -> Officer:
    return cn.another(Role.DUTY_INSPECTOR)


def brief(officer: Officer) -> dict[str, str]:
    return {
        "id": str(officer.pk),
        "name": officer.get_full_name(),
        "rank": officer.get_rank_display(),
    }


def test_both_chains_are_read_with_their_ends(cn: Unit, incident: Incident, api: Connect) -> None:
    answer = api(cn.frontline).get(f"/api/v1/incidents/{incident.reference}/ownership/")
    assert answer.status_code == 200
    assert answer.json()["results"] == [
        {
            "capacity": capacity,
            "officer": brief(officer),
            "action": None,
            "taken_at": "2026-07-18T09:00:00Z",
            "until": None,
            "basis": "reported",
            "is_fallback": False,
            "handover": None,
            "shift": {
                "role": officer.role,
                "starts_at": "2026-07-16T09:00:00Z",
                "ends_at": "2026-09-14T09:00:00Z",
            },
        }
        for capacity, officer in (("owner", cn.frontline), ("inspector", cn.inspector))
    ]


def test_who_answered_at_a_moment(
    cn: Unit, incident: Incident, night: Officer, api: Connect, clock_at: Callable[..., datetime]
) -> None:
    offer = an_offer(cn.inspector, night, incident, NOW)
    clock_at(NOW + timedelta(hours=1))
    api(night).post(f"/api/v1/handovers/{offer.pk}/accept/")
    read = api(cn.frontline)
    path = f"/api/v1/incidents/{incident.reference}/ownership/"
    for at, inspector in (("2026-07-18T09:59:59Z", cn.inspector), ("2026-07-18T10:00:00Z", night)):
        results = read.get(path, {"at": at}).json()["results"]
        assert [(each["capacity"], each["officer"]["id"]) for each in results] == [
            ("owner", str(cn.frontline.pk)),
            ("inspector", str(inspector.pk)),
        ]


def test_a_handover_from_offer_to_acceptance(
    cn: Unit, incident: Incident, night: Officer, api: Connect
) -> None:
    body = {
        "capacity": "inspector",
        "to": str(night.pk),
        "bcu": "CN",
        "items": [{"incident": incident.reference, "briefing": "Ring the college at nine."}],
    }
    made = api(cn.inspector).post("/api/v1/handovers/", body)
    assert made.status_code == 201, made.content
    offer = made.json()
    assert made.headers["Location"].endswith(f"/api/v1/handovers/{offer['id']}/")
    assert (offer["from"], offer["to"]) == (brief(cn.inspector), brief(night))
    assert offer["state"] == "offered"
    assert offer["items"][0]["briefing"] == "Ring the college at nine."
    receiver = api(night)
    waiting = receiver.get("/api/v1/handovers/", {"waiting": "true", "to": str(night.pk)}).json()
    assert [each["id"] for each in waiting["results"]] == [offer["id"]]
    for _ in range(2):
        accepted = receiver.post(f"/api/v1/handovers/{offer['id']}/accept/")
        assert accepted.status_code == 200
        assert accepted.json()["state"] == "accepted"
    assert receiver.get("/api/v1/handovers/", {"waiting": "true"}).json()["results"] == []
    refused = receiver.post(f"/api/v1/handovers/{offer['id']}/decline/", {"reason": "Why?"})
    assert str(night) in assert_problem(refused, 409, "already_decided")["detail"]


def test_sent_back_and_withdrawn(
    cn: Unit, incident: Incident, night: Officer, api: Connect
) -> None:
    first = an_offer(cn.inspector, night, incident, NOW)
    body = {"reason": "Who has rung?", "items": [incident.reference]}
    back = api(night).post(f"/api/v1/handovers/{first.pk}/decline/", body)
    assert back.json()["state"] == "declined"
    assert back.json()["items"][0]["reason"] == "Who has rung?"
    second = an_offer(cn.inspector, night, incident, NOW)
    taken = api(cn.inspector).post(f"/api/v1/handovers/{second.pk}/withdraw/")
    assert taken.json()["state"] == "withdrawn"


def test_somebody_else_cannot_accept(
    cn: Unit, ne: Unit, incident: Incident, night: Officer, api: Connect
) -> None:
    path = f"/api/v1/handovers/{an_offer(cn.inspector, night, incident, NOW).pk}/accept/"
    assert_problem(api(cn.superintendent).post(path), 403, "not_permitted")
    assert_problem(api(ne.inspector).post(path), 404, "not_found")


@pytest.mark.parametrize(
    ("over", "field", "code"),
    [
        ({"to": "999999"}, "to", "unknown_officer"),
        ({"bcu": "XX"}, "bcu", "unknown_bcu"),
        ({"capacity": "boss"}, "capacity", "invalid_choice"),
        ({"items": []}, "items", "empty"),
        ({"items": [{"incident": "CN-26-9"}]}, "items.0.incident", "not_found"),
    ],
)
def test_a_wrong_offer_says_where(
    cn: Unit,
    incident: Incident,
    night: Officer,
    api: Connect,
    over: dict[str, Any],
    field: str,
    code: str,
) -> None:
    body = {
        "capacity": "inspector",
        "to": str(night.pk),
        "bcu": "CN",
        "items": [{"incident": incident.reference}],
        **over,
    }
    problem = api(cn.inspector).post("/api/v1/handovers/", body).json()
    assert problem["status"] == 400
    assert (field, code) in [(each["field"], each["code"]) for each in problem["errors"]]


def test_an_action_from_setting_to_result(cn: Unit, incident: Incident, api: Connect) -> None:
    other = cn.another()
    client = api(cn.frontline)
    path = f"/api/v1/incidents/{incident.reference}/actions/"
    body = {
        "title": "Ask the bus company for its cameras",
        "responsible": str(cn.frontline.pk),
        "due_at": "2026-07-18T12:00:00Z",
    }
    made = client.post(path, body)
    assert made.status_code == 201, made.content
    address = made.headers["Location"]
    shown = client.get(address)
    passed = client.post(
        f"{address}reassign/",
        {"responsible": str(other.pk), "reason": "Off at ten"},
        If_Match=shown.headers["ETag"],
    )
    assert passed.json()["responsible"] == brief(other)
    stale = client.post(f"{address}complete/", {"result": "Done"}, If_Match=shown.headers["ETag"])
    assert_problem(stale, 412, "stale_version")
    moved = client.post(
        f"{address}extend/", {"due_at": "2026-07-18T15:00:00Z", "reason": "They open at two"}
    )
    assert moved.json()["due_at"] == "2026-07-18T15:00:00Z"
    done = api(other).post(f"{address}complete/", {"result": "On camera at 16:02, alone."})
    assert (done.json()["state"], done.json()["ended_by"]) == ("completed", brief(other))
    assert_problem(api(other).post(f"{address}complete/", {"result": "x"}), 409, "already_ended")
    listed = client.get(path, {"state": "completed"}).json()["results"]
    assert [each["id"] for each in listed] == [made.json()["id"]]


def test_not_pursuing_takes_two(cn: Unit, incident: Incident, api: Connect) -> None:
    address = f"/api/v1/actions/{an_action(incident, cn.frontline, NOW).pk}"
    body = {"reason": "She rang her sister"}
    proposed = api(cn.inspector).post(f"{address}/propose-not-pursued/", body)
    assert proposed.json()["state"] == "proposed_not_pursued"
    approve = f"{address}/approve-not-pursued/"
    assert_problem(api(cn.inspector).post(approve), 403, "not_permitted")
    assert api(cn.superintendent).post(approve).json()["state"] == "not_pursued"


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"due_at": "2026-07-18T08:00:00Z"}, "due_at"),
        ({"due_at": "2026-07-18T12:00:00"}, "due_at"),
        ({"title": "bell\x07"}, "title"),
        ({"detail": "x" * 10_001}, "detail"),
        ({"responsible": "0"}, "responsible"),
    ],
)
def test_a_wrong_action_says_where(
    cn: Unit, incident: Incident, api: Connect, over: dict[str, Any], field: str
) -> None:
    body = {
        "title": "Knock",
        "responsible": str(cn.frontline.pk),
        "due_at": "2026-07-18T12:00:00Z",
        **over,
    }
    answer = api(cn.frontline).post(f"/api/v1/incidents/{incident.reference}/actions/", body)
    assert answer.status_code == 400
    assert [each["field"] for each in answer.json()["errors"]] == [field]
