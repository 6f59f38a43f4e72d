"""What is known about a person over REST: recorded, corrected, listed, and laid out together."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.models import Access, Event
from mispers.models import Incident
from officers.models import Training
from tests.conftest import Unit
from tests.factories.endings import close, interview
from tests.factories.incidents import a_person, log_incident
from tests.factories.known import a_condition, a_medication, an_investigation
from tests.factories.risk import an_assessment, trained
from tests.rest import assert_problem

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
AT = "2026-07-18T08:30:00Z"
LATER = "2026-07-18T12:00:00Z"
SUPPLIED = {
    "supplier": "Dr Quill",
    "supplier_kind": "professional",
    "contact": "020 7946 0002",
    "obtained_at": AT,
}

# path, a good body, the kind of its event, what the answer then says
ENTRIES: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("conditions/", {"code": "sickle_cell"}, "known.condition",
     {"label": "Sickle cell disease", "hours": 6}),
    ("medication/",
     {"name": "Insulin", "condition": "diabetes_insulin", "last_taken_at": AT},
     "known.medication",
     {"what_for": "Diabetes treated with insulin", "critical_at": "2026-07-18T20:30:00Z"}),
    ("exploitation-investigations/", {"marker": "cce", "investigation": "EX-26-17"},
     "known.exploitation", {"officer": None, "officer_trained": False}),
    ("associates/", {"name": "Idris", "relationship": "An older friend", "danger": "yes"},
     "known.associate", {"where": "", "danger": "yes"}),
    ("places/", {"place": "Lark Lane", "why": "Friends live there."}, "known.place", {}),
    ("clothing/", {"description": "A red coat."}, "known.clothing", {}),
    ("weather/",
     {"conditions": "Frost", "low_celsius": -3, "critical_at": LATER,
      "critical_because": "She has no coat."},
     "known.weather", {"low_celsius": -3, "critical_at": LATER}),
]  # fmt: skip


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now)


def address(incident: Incident, path: str) -> str:
    return f"/api/v1/incidents/{incident.reference}/{path}"


@pytest.mark.parametrize(("path", "body", "kind", "says"), ENTRIES)
def test_an_entry_is_recorded_with_its_supplier_corrected_and_both_are_listed(
    incident: Incident,
    cn: Unit,
    api: Any,
    path: str,
    body: dict[str, Any],
    kind: str,
    says: dict[str, Any],
) -> None:
    rest, where = api(cn.frontline), address(incident, path)
    made = rest.post(where, {**body, **SUPPLIED})
    assert made.status_code == 201, made.content
    first = made.json()
    assert {**body, **SUPPLIED, **says}.items() <= first.items()
    assert (first["standing"], first["corrects"]) == (True, None)
    gone = {"corrects": first["id"], "because": "She is wrong, says her mother.", "counts": False}
    assert rest.post(where, {**body, **SUPPLIED, **gone}).status_code == 201
    listed = rest.get(where).json()["results"]
    assert [each["standing"] for each in listed] == [False, False]
    assert [each["corrects"] for each in listed] == [first["id"], None]
    events = Event.objects.filter(kind=kind).order_by("seq")
    assert [event.data["counts"] for event in events] == [True, False]
    assert_problem(rest.post(where, {**body, **SUPPLIED, **gone}), 409, "already_corrected")
    problem = assert_problem(rest.post(where, {**body, **SUPPLIED, "supplier": ""}), 400, "invalid")
    assert [error["field"] for error in problem["errors"]] == ["supplier"]


def test_a_report_brings_what_is_known_with_it_and_all_of_it_or_nothing_is_logged(
    cn: Unit, now: datetime, api: Any
) -> None:
    rest = api(cn.frontline)
    names = [path.rstrip("/").replace("-", "_") for path, *_ in ENTRIES]
    known = {
        name: [{**body, **SUPPLIED}] for name, (_, body, *_rest) in zip(names, ENTRIES, strict=True)
    }
    report = {
        "person": {"given_name": "Ada"}, "informant": {"name": "Rowan"}, "bcu": "CN",
        "circumstances": "Did not come home.", "source": {"system": "CAD", "reference": "17"},
    }  # fmt: skip
    other = {"code": "other", "label": "Wilson's disease", **SUPPLIED}
    wrong = {"conditions": [*known["conditions"], other], "places": [{**known["places"][0]}]}
    wrong["places"][0]["contact"] = ""
    problem = assert_problem(rest.post("/api/v1/incidents/", {**report, **wrong}), 400, "invalid")
    assert [error["field"] for error in problem["errors"]] == [
        "conditions.1.meaning", "places.0.contact",
    ]  # fmt: skip
    assert not Incident.objects.exists()
    made = rest.post("/api/v1/incidents/", {**report, **known})
    assert made.status_code == 201, made.content
    assert made.json()["version"] == Incident.objects.get().version
    assert rest.post("/api/v1/incidents/", {**report, **known}).status_code == 200
    kinds = Event.objects.filter(kind__startswith="known.").values_list("kind", flat=True)
    assert sorted(kinds) == sorted(kind for _, _, kind, _ in ENTRIES)


def test_blaming_words_in_it_are_found(incident: Incident, cn: Unit, api: Any) -> None:
    body = {"name": "Idris", "relationship": "Friend", "details": "She is streetwise.", **SUPPLIED}
    made = api(cn.frontline).post(address(incident, "associates/"), body).json()
    assert [word["phrase"] for word in made["words"]] == ["streetwise"]
    waiting = api(cn.frontline).get(address(incident, "words/")).json()["results"]
    assert [each["field"] for each in waiting] == ["details"]


def test_all_of_it_is_laid_out_the_most_urgent_first(
    cn: Unit, ne: Unit, now: datetime, api: Any
) -> None:
    person = a_person(
        markers=["dementia", "cse"], looked_after_by="Borough of Northmoor",
        placing_authority="Borough of Fairmead",
    )  # fmt: skip
    long_ago = log_incident(cn.frontline, now - timedelta(days=200), person=person)
    an_assessment(long_ago, cn.frontline, now - timedelta(days=200))
    close(long_ago, cn.frontline, cn.inspector, now - timedelta(days=199))
    interview(long_ago, cn.frontline, now - timedelta(days=199))
    log_incident(ne.frontline, now - timedelta(days=20), person=person)
    incident = log_incident(cn.frontline, now, person=person)
    a_condition(incident, cn.frontline, now)
    a_medication(incident, cn.frontline, now, last_taken_at=now - 11 * HOUR)
    trained(cn.safeguarding_di, now, course=Training.Course.EXPLOITATION)
    an_investigation(incident, cn.frontline, now, cn.safeguarding_di)
    laid_out = api(cn.frontline).get(address(incident, "known/"))
    assert laid_out.status_code == 200, laid_out.content
    known = laid_out.json()
    assert [(each["kind"], each["at"]) for each in known["critical"]] == [
        ("medication", "2026-07-18T10:00:00Z"),
        ("untreated", "2026-07-18T12:00:00Z"),
    ]
    assert known["hours_since_last_seen"] == 3.0
    assert "anaemia" in known["conditions"][0]["not_the_same"]
    assert [(each["code"], each["exploitation"]) for each in known["markers"]] == [
        ("cse", True),
        ("dementia", False),
    ]
    (investigation,) = known["markers"][0]["investigations"]
    assert (investigation["investigation"], investigation["officer_trained"]) == ("EX-26-17", True)
    assert known["reports"] == {
        "within_days": 90, "recent": 2, "in_12_months": 3, "elsewhere": 1,
    }  # fmt: skip
    assert known["looked_after_by"] == "Borough of Northmoor"
    assert known["placing_authority"] == "Borough of Fairmead"
    (earlier,) = known["earlier"]
    assert (earlier["incident"], earlier["grade"]) == (long_ago.reference, "medium")
    assert earlier["located"]["condition"] == "safe"
    assert earlier["prevention_interview"]["what_happened"] == "Slept at a friend's house."
    assert Access.objects.filter(stream=incident.reference, kind="consultation").exists()
