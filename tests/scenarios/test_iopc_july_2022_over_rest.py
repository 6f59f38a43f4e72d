"""IOPC, July 2022: low for too long, sickle cell disease written down as anaemia, a GP not heard.

The published case with invented people: the illness is recorded with its meaning; what a doctor
says names them and makes the review due at once; a low grade is not carried past its review without
somebody deciding it again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from ownership.services.reminders import raise_due_reminders
from tests.conftest import Unit
from tests.rest import Rest, assert_problem

pytestmark = pytest.mark.django_db

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
GRADE = {
    "likelihood": "possible",
    "severity": "minimal",
    "rationale": "He is a grown man who has been out of touch for a day.",
    "sources_checked": ["informant"],
}


@pytest.fixture
def rest(api: Callable[..., Rest], cn: Unit) -> Rest:
    """The constable who takes the report."""
    return api(cn.frontline)


def report(rest: Rest, now: datetime) -> str:
    """A student of 19, reported by his mother on the day after he went out."""
    made = rest.post(
        "/api/v1/incidents/",
        {
            "person": {"given_name": "Corin", "family_name": "Adeyemi-Holt", "age_estimate": 19,
                       "markers": ["medical"]},
            "informant": {"name": "Abiona Adeyemi-Holt", "relationship": "mother",
                          "phone": "020 7946 0322"},
            "last_seen_at": (now - 20 * HOUR).isoformat(),
            "circumstances": "Went out in the evening without his medicine, and is not answering.",
            "bcu": "CN",
        },
    )  # fmt: skip
    assert made.status_code == 201, made.content
    return f"/api/v1/incidents/{made.json()['reference']}/"


def next_due(rest: Rest, incident: str) -> dict[str, Any]:
    due: dict[str, Any] = rest.get(incident).json()["next_due"]
    return due


def standard(rest: Rest, incident: str, code: str) -> dict[str, Any]:
    standing = rest.get(f"{incident}standards/").json()["results"]
    return next(each for each in standing if each["code"] == code)


def test_the_illness_has_its_meaning_the_doctor_is_heard_and_low_is_decided_again(
    rest: Rest, cn: Unit, now: datetime, clock_at: Callable[[datetime], datetime]
) -> None:
    # Graded low within the hour: nothing recorded says more than "a medical condition".
    incident = report(rest, now)
    low = {"grade": "low", **GRADE}
    assert rest.post(f"{incident}risk-assessments/", low).status_code == 201
    assert rest.post(f"{incident}strategy/", {"text": "Ring his friends."}).status_code == 201

    # His mother says sickle cell disease. It cannot be written down as a name alone.
    clock_at(now + HOUR)
    mother = {"supplier_kind": "informant", "obtained_at": (now + HOUR).isoformat()}
    alone = {"code": "other", "label": "Anaemia", **mother}
    problem = assert_problem(rest.post(f"{incident}conditions/", alone), 400, "invalid")
    assert [error["field"] for error in problem["errors"]] == ["meaning"]
    said = rest.post(f"{incident}conditions/", {"code": "sickle_cell", **mother}).json()
    assert "It needs hospital within hours" in said["meaning"]
    assert "Not anaemia" in said["not_the_same"]
    assert (said["supplier"], said["contact"]) == ("Abiona Adeyemi-Holt, mother", "020 7946 0322")
    due = next_due(rest, incident)
    assert (due["code"], due["at"]) == ("RISK-4", "2026-07-18T10:00:00Z")
    assert due["what"] == "Review the risk now: the condition Sickle cell disease"

    # Beside the grade: untreated since the evening before, and past the hours it can wait.
    (critical,) = rest.get(f"{incident}known/").json()["critical"]
    assert (critical["kind"], critical["at"]) == ("untreated", "2026-07-17T19:00:00Z")

    # Low is not carried on: it is decided again, and against what it usually is only with a reason.
    problem = assert_problem(
        rest.post(f"{incident}risk-assessments/", low), 422, "differs_because_required"
    )
    assert "can kill untreated" in problem["errors"][0]["message"]
    clock_at(now + 3 * HOUR)
    assert standard(rest, incident, "RISK-4")["state"] == "not_met"
    raise_due_reminders(now=now + 3 * HOUR)
    inbox = [item.title for item in cn.frontline.inbox.all()]
    assert any("the condition Sickle cell disease" in title for title in inbox)

    # Graded high, the doctor rings: by name, with the hours, and due at once again.
    high = {"grade": "high", **GRADE, "likelihood": "very_likely", "severity": "serious"}
    assert rest.post(f"{incident}risk-assessments/", high).status_code == 201
    at = clock_at(now + 3 * HOUR + 10 * MINUTE)
    doctor = {
        "supplier": "Dr Amaris Penhallow, GP", "supplier_kind": "professional",
        "contact": "020 7946 0417", "obtained_at": at.isoformat(),
    }  # fmt: skip
    dose = {
        "name": "Hydroxycarbamide", "condition": "sickle_cell",
        "critical_at": (at + 2 * HOUR).isoformat(),
        "critical_because": "By then he needs a hospital, says Dr Penhallow.",
    }  # fmt: skip
    assert rest.post(f"{incident}medication/", {**dose, **doctor}).status_code == 201
    assert "Hydroxycarbamide for Sickle cell disease" in next_due(rest, incident)["what"]
    assert (
        "Dr Amaris Penhallow, GP (a professional), 020 7946 0417"
        in (rest.get(f"{incident}timeline/").json()["results"][0]["summary"])
    )

    # Graded again, the review is due by the time that the doctor named, not four hours later.
    made = rest.post(f"{incident}risk-assessments/", high).json()
    assert made["review_due_at"] == "2026-07-18T14:10:00Z"
