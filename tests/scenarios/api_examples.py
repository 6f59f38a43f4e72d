"""The examples of the REST contract: what is sent to each path, and what the answer must have."""

from typing import Any

from mispers.models import Incident
from tests.conftest import Unit

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


def filled(body: Any, cn: Unit) -> Any:
    """The example with this test's officer and moment in it."""
    if isinstance(body, dict):
        return {name: filled(value, cn) for name, value in body.items()}
    return {"{frontline}": str(cn.frontline.pk), "{now}": "2026-07-18T09:00:00Z"}.get(
        str(body), body
    )


def under(incident: Incident, path: str = "") -> str:
    return f"/api/v1/incidents/{incident.reference}/{path}"
