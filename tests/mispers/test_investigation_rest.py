"""Searches, sightings, the log and the rest of an investigation over REST."""

from datetime import datetime
from typing import Any

import pytest

from core.models import Access, Event
from mispers.models import Incident
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.rest import assert_problem

pytestmark = pytest.mark.django_db

AT = "2026-07-18T08:30:00Z"
LATER = "2026-07-18T12:00:00Z"

# path, a good body, the kind of its event, a wrong value and the field it is wrong at
ENTRIES: list[tuple[str, dict[str, Any], str, dict[str, Any], str]] = [
    ("strategy/", {"text": "Find her phone first."}, "strategy.written", {"text": " "}, "text"),
    (
        "hypotheses/",
        {"statement": "Gone abroad.", "would_confirm": "A ticket.", "would_refute": "None."},
        "hypothesis.stated",
        {"would_refute": ""},
        "would_refute",
    ),
    (
        "searches/",
        {
            "place": "1 Tallow Street",
            "kind": "home",
            "extent": "knock",
            "covered": "The front door.",
            "not_covered": "All of the inside.",
            "searched_by": "PC Noor",
            "searched_at": AT,
            "result": "No answer.",
        },
        "search.recorded",
        {"searched_at": LATER},
        "searched_at",
    ),
    (
        "sightings/",
        {"at": AT, "place": "A bus", "lat": 51.5, "lon": -0.1, "reported_by": "A driver"},
        "sighting.recorded",
        {"lat": 91},
        "lat",
    ),
    (
        "log/",
        {"text": "Her sister rang.", "source": "Sister"},
        "log.added",
        {"text": "a\u0007"},
        "text",
    ),
    (
        "log/",
        {
            "text": "She needs her inhaler.",
            "source": "Dr Quill",
            "source_kind": "professional",
            "contact": "020 7946 0002",
            "obtained_at": AT,
        },
        "log.added",
        {"source": ""},
        "source",
    ),
    (
        "family-contacts/",
        {"with": "Her mother", "made_by": "PC Noor", "at": AT, "text": "No news."},
        "family.contacted",
        {"with": "x" * 201},
        "with",
    ),
    (
        "notifications/",
        {"to": "ukmpu", "at": AT, "reference": "UK/1"},
        "notification.made",
        {"to": "nobody"},
        "to",
    ),
    (
        "located/",
        {"at": AT, "place": "Home", "condition": "safe", "how": "Her mother rang."},
        "incident.stage_changed",
        {"at": LATER},
        "at",
    ),
    (
        "prevention-interview/",
        {"attempted_at": AT, "by": "PC Noor", "not_held_because": "She declined."},
        "prevention_interview.recorded",
        {"not_held_because": ""},
        "not_held_because",
    ),
    (
        "return-interview/",
        {"requested_at": AT, "authority": "Camden"},
        "return_interview.asked",
        {"requested_at": LATER},
        "requested_at",
    ),
]
NAMES = [entry[0].strip("/") for entry in ENTRIES]


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


def address(incident: Incident, path: str = "") -> str:
    return f"/api/v1/incidents/{incident.reference}/{path}"


@pytest.mark.parametrize(("path", "body", "kind", "wrong", "field"), ENTRIES, ids=NAMES)
def test_an_entry_is_made_shown_and_put_on_the_trail_once(
    path: str, body: Any, kind: str, wrong: Any, field: str, incident: Incident, cn: Unit, api: Any
) -> None:
    rest = api(cn.frontline)
    before = Event.objects.filter(stream=incident.reference).count()
    answer = rest.post(address(incident, path), body)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    for name, value in body.items():
        assert made[name] == value
    assert made["recorded_by"]["id"] == str(cn.frontline.pk)
    shown = rest.get(address(incident, path)).json()["results"]
    assert shown == [made]
    events = Event.objects.filter(stream=incident.reference).order_by("seq")[before:]
    assert events[len(events) - 1].kind == kind
    assert len(events) == (2 if path == "located/" else 1)


@pytest.mark.parametrize(("path", "body", "kind", "wrong", "field"), ENTRIES, ids=NAMES)
def test_a_wrong_value_is_named_at_its_field_and_nothing_is_kept(
    path: str, body: Any, kind: str, wrong: Any, field: str, incident: Incident, cn: Unit, api: Any
) -> None:
    rest = api(cn.frontline)
    problem = rest.post(address(incident, path), {**body, **wrong})
    assert problem.status_code == 400, problem.content
    assert [error["field"] for error in problem.json()["errors"]] == [field]
    assert rest.get(address(incident, path)).json()["results"] == []
    assert Event.objects.filter(stream=incident.reference, kind=kind).count() == 0


@pytest.mark.parametrize(("path", "body", "kind", "wrong", "field"), ENTRIES, ids=NAMES)
def test_another_bcu_cannot_read_or_write_it(
    path: str, body: Any, kind: str, wrong: Any, field: str, incident: Incident, ne: Unit, api: Any
) -> None:
    rest = api(ne.frontline)
    assert_problem(rest.get(address(incident, path)), 404, "not_found")
    assert_problem(rest.post(address(incident, path), body), 404, "not_found")


def test_reading_is_logged(incident: Incident, cn: Unit, api: Any) -> None:
    api(cn.frontline).get(address(incident, "searches/"), Reason="Planning the night")
    seen = Access.objects.get(stream=incident.reference)
    assert (seen.officer_id, seen.reason) == (cn.frontline.pk, "Planning the night")


def test_an_officers_id_is_written_out_as_rank_and_name(
    incident: Incident, cn: Unit, api: Any
) -> None:
    body = {**ENTRIES[2][1], "searched_by": str(cn.frontline.pk)}
    made = api(cn.frontline).post(address(incident, "searches/"), body).json()
    assert made["searched_by"] == str(cn.frontline)
    problem = api(cn.frontline).post(
        address(incident, "searches/"), {**body, "searched_by": "999999"}
    )
    assert_problem(problem, 400, "unknown_officer")


def test_a_hypothesis_is_concluded_once_with_evidence(
    incident: Incident, cn: Unit, api: Any
) -> None:
    rest = api(cn.frontline)
    made = rest.post(address(incident, "hypotheses/"), ENTRIES[1][1]).json()
    assert made["status"] == "open"
    conclude = address(incident, f"hypotheses/{made['id']}/conclude/")
    body = {"status": "refuted", "evidence": "No record of travel.", "supplier": "Border Force"}
    assert_problem(rest.post(conclude, {**body, "status": "open"}), 400, "invalid_choice")
    assert_problem(rest.post(conclude, {**body, "evidence": ""}), 400, "blank")
    concluded = rest.post(conclude, body)
    assert concluded.status_code == 200, concluded.content
    assert concluded.json()["status"] == "refuted"
    assert concluded.json()["concluded_by"]["id"] == str(cn.frontline.pk)
    again = assert_problem(rest.post(conclude, body), 409, "already_concluded")
    assert str(cn.frontline) in again["detail"]


def test_a_hypothesis_of_another_incident_is_not_found(
    incident: Incident, cn: Unit, now: datetime, api: Any
) -> None:
    rest = api(cn.frontline)
    made = rest.post(address(incident, "hypotheses/"), ENTRIES[1][1]).json()
    other = log_incident(cn.frontline, now)
    body = {"status": "refuted", "evidence": "None.", "supplier": "Border Force"}
    conclude = address(other, f"hypotheses/{made['id']}/conclude/")
    assert_problem(rest.post(conclude, body), 404, "not_found")


def test_a_return_interview_is_asked_for_and_then_updated(
    incident: Incident, cn: Unit, api: Any
) -> None:
    rest, path = api(cn.frontline), address(incident, "return-interview/")
    problem = rest.post(path, {"outcome": "Declined."})
    assert_problem(problem, 409, "return_interview_not_asked")
    rest.post(path, {"requested_at": AT, "authority": "Camden"})
    updated = rest.post(path, {"offered_at": "2026-07-18T08:45:00Z", "outcome": "Declined."})
    assert updated.status_code == 201, updated.content
    assert updated.json()["authority"] == "Camden"
    assert updated.json()["outcome"] == "Declined."
    assert len(rest.get(path).json()["results"]) == 1
