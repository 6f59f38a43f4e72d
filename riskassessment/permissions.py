"""Who may endorse: by role, never whoever made the assessment, and one of the two is trained."""

from datetime import datetime

from core.errors import NotPermitted
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission
from riskassessment.errors import NeitherTrained, OwnAssessment
from riskassessment.models import RiskAssessment
from riskassessment.selectors.assessments import is_trained


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


def check_one_is_trained(officer: Officer, assessment: RiskAssessment, now: datetime) -> None:
    """Raise NeitherTrained where neither who made it was trained then nor who endorses it now."""
    if not (assessment.assessor_trained or is_trained(officer, now)):
        raise NeitherTrained(
            f"The risk-assessment training of {assessment.made_by} was not in date when they made "
            "this, and yours is not today. An inspector whose training is in date endorses it; you "
            "may return it."
        )


def can_endorse(officer: Officer, assessment: RiskAssessment, now: datetime) -> bool:
    """Whether `check_one_is_trained` would pass; for what a page says before it is tried."""
    try:
        check_one_is_trained(officer, assessment, now)
    except NeitherTrained:
        return False
    return True
