"""Who may endorse: the table of roles, and never whoever made the assessment."""

from datetime import datetime

from core.errors import NotPermitted
from officers.models import Officer
from officers.permissions import Permission, check_may
from riskassessment.errors import OwnAssessment
from riskassessment.models import RiskAssessment


def check_may_decide(officer: Officer, assessment: RiskAssessment, now: datetime) -> None:
    """Raise NotPermitted unless the officer may endorse or return this assessment (RISK-3)."""
    check_may(officer, Permission.ENDORSE_RISK, now, assessment.incident.bcu_id)
    if assessment.made_by_id == officer.pk:
        raise OwnAssessment("You made this assessment: another inspector endorses or returns it.")


def can_decide(officer: Officer, assessment: RiskAssessment, now: datetime) -> bool:
    """Whether `check_may_decide` would pass; for buttons."""
    try:
        check_may_decide(officer, assessment, now)
    except NotPermitted:
        return False
    return True
