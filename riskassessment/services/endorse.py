"""An inspector stands behind a grade, or sends it back with what to think over (RISK-3)."""

from datetime import datetime

from mispers.models import Incident
from mispers.services.fields import Fields
from mispers.services.gateway import check_open, incident_for_change, record
from mispers.wording import at_time, listed, quoted
from officers.models import Officer
from officers.permissions import Permission
from riskassessment import events
from riskassessment.errors import AlreadyDecided, PhrasesUnanswered, Superseded
from riskassessment.models import Endorsement, RiskAssessment
from riskassessment.permissions import check_may_decide
from riskassessment.selectors import get_assessment, is_trained, latest_assessment
from riskassessment.words.answers import unanswered

Decision = Endorsement.Decision


def endorse_assessment(
    *, assessment: int, by: Officer, now: datetime, version: int | None = None
) -> RiskAssessment:
    """Endorse the latest assessment of an open incident.

    Raises NotVisible, NotPermitted (its own maker, or no inspecting role), AlreadyDecided,
    Superseded, PhrasesUnanswered, or Conflict when the incident is closed.
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
    fields = Fields(now)
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
        _check_undecided(assessment)
        _check_latest(incident, assessment)
        fields.check()
        if decision == Decision.ENDORSED:
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
            by=by,
            now=now,
            summary=_summary(assessment),
            assessment=assessment.pk,
            grade=assessment.grade,
        )
    return assessment


def _check_undecided(assessment: RiskAssessment) -> None:
    said: Endorsement | None = getattr(assessment, "endorsement", None)
    if said is not None:
        raise AlreadyDecided(
            f"{said.by} {said.get_decision_display().lower()} this assessment "
            f"on {at_time(said.at)}."
        )


def _check_latest(incident: Incident, assessment: RiskAssessment) -> None:
    latest = latest_assessment(incident)
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
        training = "" if said.endorser_trained else " Their risk training was not in date."
        return f"{said.by} endorsed {what}.{training}"
    return f"{said.by} returned {what}, to be reconsidered: {quoted(said.reason)}"
