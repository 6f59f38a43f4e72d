"""Grading: an officer decides and says why; the rules only ask (RISK-1)."""

from datetime import datetime
from typing import Unpack

from core.checks import Complaints
from mispers.models import Incident
from mispers.services.gateway import check_open, incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission
from riskassessment import events
from riskassessment.models import (
    InformationItem,
    PromptAnswer,
    RiskAssessment,
    RiskDraft,
    SourceLookedAt,
)
from riskassessment.selectors.assessments import is_trained, policy_in_force
from riskassessment.services.bespoke import keep_pointed
from riskassessment.services.endorse import check_may_regrade
from riskassessment.services.follows import Follows, what_follows
from riskassessment.services.grounds import Given, Grounds, checked
from riskassessment.services.summaries import sentence_of


def assess_risk(
    *,
    reference: str,
    by: Officer,
    now: datetime,
    regrades: int | None = None,
    asks_why: bool = False,
    version: int | None = None,
    **grounds: Unpack[Grounds],
) -> RiskAssessment:
    """Record one grading with its reasons; a correction is a further one, this one stays.

    regrades: the undecided assessment of somebody else that an inspector replaces by this one.
    asks_why: whether somebody is there to say why a rationale repeats an earlier one; without, it
    is recorded and shown.
    Raises Invalid at the fields; with code differs_because_required when the grade is below what
    the factors and markers usually mean and nothing says why, with repeats_because_required when
    asks_why and nothing does. Conflict when the incident is closed; as `endorse_assessment` does
    when it regrades.
    """
    wrong = Complaints(now)
    given = checked(wrong, grounds)
    with incident_for_change(
        reference, by=by, now=now, permission=Permission.ASSESS_RISK, version=version
    ) as incident:
        check_open(incident)
        wrong.check()
        if regrades is not None:
            check_may_regrade(incident, regrades, by=by, now=now)
        follows = what_follows(
            incident, given, by=by, now=now, regrades=regrades, asks_why=asks_why
        )
        assessment = _store(incident, given, follows, by=by, now=now, regrades_id=regrades)
        _store_grounds(assessment, given)
        keep_pointed(assessment, follows.pointed)
        record(
            incident,
            events.ASSESSED,
            _said(assessment, follows),
            by=by,
            now=now,
            summary=sentence_of(assessment, given, follows),
        )
        RiskDraft.objects.filter(officer=by, incident=incident).delete()
    return assessment


def _said(assessment: RiskAssessment, follows: Follows) -> events.Assessed:
    before = follows.before
    return events.Assessed(
        assessment=assessment.pk,
        grade=assessment.grade,
        review_due_at=assessment.review_due_at,
        review_because=follows.review.because,
        usually=tuple(rule.code for rule in follows.usually),
        before=before.grade if before else None,
        pointed=tuple(each.kind.value for each in follows.pointed),
        regrades=assessment.regrades_id,
    )


def _store(
    incident: Incident,
    given: Given,
    follows: Follows,
    *,
    by: Officer,
    now: datetime,
    regrades_id: int | None,
) -> RiskAssessment:
    return RiskAssessment.objects.create(
        incident=incident,
        grade=given.grade,
        likelihood=given.likelihood,
        severity=given.severity,
        rationale=given.rationale,
        factors=given.factors,
        differs_because=given.differs_because,
        changes=given.changes,
        repeats_because=given.repeats_because,
        definition=policy_in_force(given.grade, now),
        made_by=by,
        made_at=now,
        assessor_trained=is_trained(by, now),
        usually=[f"{rule.says} ({rule.code}; {rule.source})" for rule in follows.usually],
        unanswered=follows.unanswered,
        review_due_at=follows.review.due_at,
        regrades_id=regrades_id,
    )


def _store_grounds(assessment: RiskAssessment, given: Given) -> None:
    PromptAnswer.objects.bulk_create(
        PromptAnswer(assessment=assessment, **answer) for answer in given.prompts
    )
    InformationItem.objects.bulk_create(
        InformationItem(assessment=assessment, **item) for item in given.information
    )
    looked_at = [SourceLookedAt(source=source, checked=True) for source in given.sources_checked]
    not_looked_at = [
        SourceLookedAt(source=source, checked=False, reason=reason)
        for source, reason in given.sources_not_checked.items()
    ]
    for row in (*looked_at, *not_looked_at):
        row.assessment = assessment
    SourceLookedAt.objects.bulk_create([*looked_at, *not_looked_at])
