"""Risk assessments for tests, made by the real service; every person is invented."""

from datetime import datetime, timedelta
from typing import Any

from mispers.models import Incident
from officers.models import Officer, Training
from riskassessment.models import RiskAssessment
from riskassessment.services.assess import assess_risk

RATIONALE = (
    "She is expected home by six and has never stayed out. Her friends have not heard from her, "
    "and she left without her coat on a cold night."
)


def grounds(now: datetime, grade: str = "medium", **over: Any) -> dict[str, Any]:
    """The arguments of a full assessment, as `assess_risk` takes them."""
    return {
        "grade": grade,
        "likelihood": "likely",
        "severity": "moderate",
        "rationale": RATIONALE,
        "factors": ["out_of_character"],
        "information": [
            {
                "text": "She left at three and said that she would be back for tea.",
                "supplier": "Rowan Ashgrove, parent",
                "contact": "020 7946 0001",
                "obtained_at": now - timedelta(minutes=20),
            }
        ],
        "sources_checked": ["informant", "family", "earlier_reports"],
        "sources_not_checked": [
            {"source": "pnd", "reason": "The terminal is down until eleven; asked of the hub."}
        ],
        **over,
    }


def an_assessment(
    incident: Incident, by: Officer, now: datetime, grade: str = "medium", **over: Any
) -> RiskAssessment:
    """Grade an incident, medium unless told otherwise."""
    return assess_risk(reference=incident.reference, by=by, now=now, **grounds(now, grade, **over))


def trained(
    officer: Officer,
    now: datetime,
    *,
    lapsed: bool = False,
    course: str = Training.Course.RISK_ASSESSMENT,
) -> Training:
    """Training of a year ago in risk assessment unless told otherwise, in date unless lapsed."""
    today = now.date()
    return Training.objects.create(
        officer=officer,
        course=course,
        passed_on=today - timedelta(days=400),
        lapses_on=today - timedelta(days=1) if lapsed else today + timedelta(days=300),
    )
