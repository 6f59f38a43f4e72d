"""An inspector stands behind a grade, or sends it back with what to think over (RISK-3)."""

from datetime import datetime

from core.checks import Complaints
from core.errors import NotVisible
from core.text import at_time, listed, quoted
from mispers.models import Incident
from mispers.services.gateway import check_open, incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission
from riskassessment import events
from riskassessment.errors import AlreadyDecided, PhrasesUnanswered, Superseded
from riskassessment.language.answers import unanswered
from riskassessment.models import Endorsement, RiskAssessment
from riskassessment.permissions import check_may_decide, check_one_is_trained
from riskassessment.selectors.assessments import get_assessment, is_trained, latest_assessment

Decision = Endorsement.Decision


def endorse_assessment(
    *, assessment: int, by: Officer, now: datetime, version: int | None = None
) -> RiskAssessment:
    """Endorse the latest assessment of an open incident.

    Raises NotVisible, NotPermitted (its own maker, or no inspecting role), NeitherTrained where
    its maker was not trained either, AlreadyDecided, Superseded, PhrasesUnanswered, or Conflict
    when the incident is closed.
    """
    return _decide(assessment, Decision.ENDORSED, "", by=by, now=now, version=version)


def return_assessment(
    *, assessment: int, reason: str, by: Officer, now: datetime, version: int | None = None
) -> RiskAssessment:
    """Return the latest assessment of an open incident with what to reconsider.

    Raises as `endorse_assessment` does, but does not wait for phrases; Invalid without a reason.
    """
    return _decide(assessment, Decision.RETURNED, reason, by=by, now=now, version=version)


def _decide(
    pk: int,
    decision: Endorsement.Decision,
    reason: str,
    *,
    by: Officer,
    now: datetime,
    version: int | None,
) -> RiskAssessment:
    fields = Complaints(now)
    if decision == Decision.RETURNED:
        reason = fields.text("reason", reason, required="Say what is to be reconsidered.")
    reference = get_assessment(by, pk).incident.reference
    with incident_for_change(
        reference, by=by, now=now, permission=Permission.ENDORSE_RISK, version=version
    ) as incident:
        # Read again under the lock: another inspector may have decided in between.
        assessment = get_assessment(by, pk)
        check_may_decide(by, assessment, now)
        check_open(incident)
        check_still_to_decide(assessment)
        fields.check()
        if decision == Decision.ENDORSED:
            check_one_is_trained(by, assessment, now)
            _check_words(incident)
        assessment.endorsement = Endorsement.objects.create(
            assessment=assessment,
            decision=decision,
            reason=reason,
            by=by,
            at=now,
            endorser_trained=is_trained(by, now),
        )
        record(
            incident,
            events.ENDORSED if decision == Decision.ENDORSED else events.RETURNED,
            events.OfAssessment(assessment=assessment.pk, grade=assessment.grade),
            by=by,
            now=now,
            summary=_summary(assessment),
        )
    return assessment


def check_may_regrade(incident: Incident, pk: int, *, by: Officer, now: datetime) -> None:
    """Raise unless the inspector may replace this assessment by one of their own.

    The incident is locked. Raises NotVisible when it is not this incident's; else as endorsing.
    """
    assessment = get_assessment(by, pk)
    if assessment.incident_id != incident.pk:
        raise NotVisible
    check_may_decide(by, assessment, now)
    check_still_to_decide(assessment)


def check_still_to_decide(assessment: RiskAssessment) -> None:
    """Raise AlreadyDecided or Superseded when nobody has to decide on it any more."""
    said: Endorsement | None = getattr(assessment, "endorsement", None)
    if said is not None:
        raise AlreadyDecided(
            f"{said.by} {said.get_decision_display().lower()} this assessment "
            f"on {at_time(said.at)}."
        )
    latest = latest_assessment(assessment.incident)
    if latest is not None and latest.pk != assessment.pk:
        raise Superseded(
            f"{latest.made_by} made a later assessment on {at_time(latest.made_at)}, "
            f"graded {latest.get_grade_display().lower()}: decide on that one."
        )


def _check_words(incident: Incident) -> None:
    if waiting := unanswered(incident):
        phrases = listed(dict.fromkeys(quoted(found.written) for found in waiting))
        raise PhrasesUnanswered(
            f"Before this is endorsed, reword or keep with a reason: {phrases}."
        )


def _summary(assessment: RiskAssessment) -> str:
    said, made = assessment.endorsement, at_time(assessment.made_at)
    grade = assessment.get_grade_display().lower()
    what = f"the assessment of {made} by {assessment.made_by}, graded {grade}"
    if said.decision == Decision.ENDORSED:
        return f"{said.by} endorsed {what}.{_training(assessment)}"
    return f"{said.by} returned {what}, to be reconsidered: {quoted(said.reason)}"


def _training(assessment: RiskAssessment) -> str:
    """What there is to say of the two trainings (RISK-2); nothing when both were in date."""
    if not assessment.endorsement.endorser_trained:
        return " Their risk training was not in date."
    if not assessment.assessor_trained:
        return " The assessor had no risk training in date; the inspector had."
    return ""
