"""The end of an incident over REST: located, barriers, asked for, decided, reopened."""

from datetime import datetime
from typing import Any

import pytest

from core.models import Event
from mispers.models import Incident
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.endings import all_overrides, ask, close, locate, stage_of
from tests.factories.incidents import log_incident
from tests.rest import assert_problem

pytestmark = pytest.mark.django_db
NOW = "2026-07-18T09:00:00Z"


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


def address(incident: Incident, path: str) -> str:
    return f"/api/v1/incidents/{incident.reference}/{path}"


def test_from_located_to_closed_and_open_again(incident: Incident, cn: Unit, api: Any) -> None:
    rest, inspector = api(cn.frontline), cn.another(Role.DUTY_INSPECTOR)
    located = rest.post(
        address(incident, "located/"),
        {
            "at": NOW,
            "place": "Home",
            "condition": "safe",
            "how": "Came home.",
            "seen_in_person_by": str(cn.frontline.pk),
            "seen_at": NOW,
        },
    )
    assert located.status_code == 201, located.content
    assert located.json()["seen_in_person_by"]["name"] == cn.frontline.get_full_name()
    assert stage_of(incident) == "closure"
    asked = rest.post(address(incident, "closure/"), {"rationale": "Seen, well, at home."})
    assert asked.status_code == 201, asked.content
    assert (asked.json()["decision"], asked.json()["overrides"]) == ("pending", [])
    barriers = api(inspector).get(address(incident, "barriers/"), {"to": "closed"}).json()
    overrides = [
        {"code": barrier["code"], "reason": "Not needed here."} for barrier in barriers["results"]
    ]
    assert all(barrier["overridable"] for barrier in barriers["results"])
    done = api(inspector).post(address(incident, "closure/authorise/"), {"overrides": overrides})
    assert done.status_code == 200, done.content
    assert done.json()["decision"] == "authorised"
    assert [each["code"] for each in done.json()["overrides"]] == [o["code"] for o in overrides]
    assert stage_of(incident) == "closed"
    added = rest.post(address(incident, "log/"), {"text": "She is missing again, says her aunt."})
    assert added.status_code == 201
    told = Event.objects.filter(stream=incident.reference, kind="log.added_on_closed")
    assert told.get().data["entry"] == int(added.json()["id"])
    reopened = rest.post(address(incident, "reopen/"), {"reason": "Her aunt reports her again."})
    assert reopened.status_code == 201, reopened.content
    assert stage_of(incident) == "pre_48h"


def test_a_refused_request_lists_every_barrier(incident: Incident, cn: Unit, api: Any) -> None:
    problem = api(cn.frontline).post(address(incident, "closure/"), {"rationale": "Likely abroad."})
    members = assert_problem(problem, 409, "barred")
    shown = {barrier["code"]: barrier["overridable"] for barrier in members["barriers"]}
    assert (shown["LOCATED"], shown["END-1"], shown["END-2"]) == (False, False, True)
    assert set(members["barriers"][0]) == {"code", "message", "source", "lift", "overridable"}
    assert set(members["barriers"][0]["lift"]) == {"who", "where"}
    assert api(cn.frontline).get(address(incident, "closure/")).json()["results"] == []
    assert stage_of(incident) == "pre_48h"


@pytest.mark.parametrize("headers", [{}, {"Idempotency_Key": "once"}], ids=["plain", "with a key"])
def test_that_it_was_tried_is_on_the_trail(
    incident: Incident, cn: Unit, api: Any, headers: dict[str, str]
) -> None:
    for _ in range(2):
        problem = api(cn.frontline).post(
            address(incident, "closure/"), {"rationale": "Likely abroad."}, **headers
        )
        assert_problem(problem, 409, "barred")
    tried = Event.objects.filter(stream=incident.reference, kind="closure.barred")
    assert [event.actor_id for event in tried] == [cn.frontline.pk] * 2
    assert tried[0].summary.startswith(f"{cn.frontline} tried to ask for closure and could not. ")
    assert {"LOCATED", "END-1"} <= set(tried[0].data["barriers"])


def test_the_barriers_of_a_stage_are_listed(incident: Incident, cn: Unit, api: Any) -> None:
    rest = api(cn.frontline)
    to_closure = rest.get(address(incident, "barriers/"), {"to": "closure"}).json()["results"]
    assert [barrier["code"] for barrier in to_closure] == ["LOCATED"]
    to_closed = rest.get(address(incident, "barriers/")).json()["results"]
    assert {"LOCATED", "END-1", "END-2", "END-4"} <= {barrier["code"] for barrier in to_closed}
    assert_problem(
        rest.get(address(incident, "barriers/"), {"to": "nowhere"}), 400, "invalid_choice"
    )


@pytest.mark.parametrize("path", ["closure/authorise/", "closure/refuse/"])
def test_a_decision_is_for_an_inspector_and_after_the_asking(
    path: str, incident: Incident, cn: Unit, api: Any
) -> None:
    body: Any = {"reason": "Not yet."} if "refuse" in path else {}
    assert_problem(api(cn.frontline).post(address(incident, path), body), 403, "not_permitted")
    early = api(cn.superintendent).post(address(incident, path), body)
    assert_problem(early, 409, "closure_not_asked")


def test_a_decision_is_made_once_and_names_who_made_it(
    incident: Incident, cn: Unit, now: datetime, api: Any
) -> None:
    locate(incident, cn.frontline, now)
    ask(incident, cn.frontline, now)
    first, second = (cn.another(Role.DUTY_INSPECTOR) for _ in range(2))
    refused = api(first).post(address(incident, "closure/refuse/"), {"reason": "Interview first."})
    assert refused.status_code == 200, refused.content
    assert refused.json()["refusal_reason"] == "Interview first."
    overrides = all_overrides(incident, second, now)
    late = api(second).post(address(incident, "closure/authorise/"), {"overrides": overrides})
    members = assert_problem(late, 409, "already_decided")
    assert members["detail"] == f"{first} refused this closure on Sat 18 Jul 2026, 10:00 BST."


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "rationale"),
        ({"rationale": "x" * 10_001}, "rationale"),
        ({"rationale": "Fine.", "outcome": "found_safe"}, "outcome"),
        ({"rationale": "Fine.", "outcome": "not_missing"}, "evidence"),
        ({"rationale": "Fine.", "evidence": "She is here."}, "outcome"),
        ({"rationale": "Fine.", "outcome": "duplicate", "evidence": "Same."}, "duplicate_of"),
        ({"rationale": "Fine.", "because": "I say so."}, "because"),
    ],
)
def test_a_request_is_refused_at_its_field(
    body: Any, field: str, incident: Incident, cn: Unit, api: Any
) -> None:
    problem = api(cn.frontline).post(address(incident, "closure/"), body)
    assert problem.status_code == 400, problem.content
    assert [error["field"] for error in problem.json()["errors"]] == [field]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("strategy/", {"text": "More."}),
        ("family-contacts/", {"with": "Aunt", "made_by": "PC Noor", "at": NOW, "text": "Rang."}),
        ("located/", {"at": NOW, "place": "Home", "condition": "safe", "how": "Rang."}),
        ("closure/", {"rationale": "Again."}),
    ],
)
def test_a_closed_record_points_to_its_log(
    path: str, body: Any, incident: Incident, cn: Unit, now: datetime, api: Any
) -> None:
    close(incident, cn.frontline, cn.another(Role.DUTY_INSPECTOR), now)
    members = assert_problem(
        api(cn.frontline).post(address(incident, path), body), 409, "incident_closed"
    )
    assert "log" in members["detail"]


def test_an_open_incident_is_not_reopened(
    incident: Incident, cn: Unit, now: datetime, api: Any
) -> None:
    rest, body = api(cn.frontline), {"reason": "Again."}
    assert_problem(rest.post(address(incident, "reopen/"), body), 409, "not_closed")
    close(incident, cn.frontline, cn.another(Role.DUTY_INSPECTOR), now)
    assert rest.post(address(incident, "reopen/"), body).status_code == 201
    again = assert_problem(rest.post(address(incident, "reopen/"), body), 409, "already_reopened")
    assert str(cn.frontline) in again["detail"]
