"""Grading: an officer decides and says why; the rules only ask (RISK-1)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Unpack

from core.checks import Complaints
from core.errors import FieldError, Invalid
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
from riskassessment.rules.grades import Grade
from riskassessment.rules.usually import Rule
from riskassessment.selectors.assessments import is_trained, latest_assessment, policy_in_force
from riskassessment.selectors.for_incident import factors_of, opened_for, rules_for
from riskassessment.selectors.review_clock import review_after
from riskassessment.services.bespoke import keep_pointed, point_out
from riskassessment.services.endorse import check_may_regrade
from riskassessment.services.given import Given, Grounds, checked
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
        factors = factors_of(incident, given.factors, now)
        usually = _usually(incident, given, factors)
        before = latest_assessment(incident)
        if regrades is not None:
            check_may_regrade(incident, regrades, by=by, now=now)
        pointed = point_out(incident, given, by=by, now=now, without=regrades, asks_why=asks_why)
        review = review_after(incident, given.grade, now)
        assessment = _store(
            incident,
            given,
            by=by,
            now=now,
            usually=[f"{rule.says} ({rule.code}; {rule.source})" for rule in usually],
            unanswered=_unanswered(incident, given, factors),
            review_due_at=review.due_at,
            regrades_id=regrades,
        )
        _store_grounds(assessment, given)
        keep_pointed(assessment, pointed)
        record(
            incident,
            events.ASSESSED,
            events.Assessed(
                assessment=assessment.pk,
                grade=assessment.grade,
                review_due_at=assessment.review_due_at,
                review_because=review.because,
                usually=tuple(rule.code for rule in usually),
                before=before.grade if before else None,
                pointed=tuple(each.kind.value for each in pointed),
                regrades=regrades,
            ),
            by=by,
            now=now,
            summary=sentence_of(assessment, given, usually, before, review.because, pointed),
        )
        RiskDraft.objects.filter(officer=by, incident=incident).delete()
    return assessment


def _usually(incident: Incident, given: Given, factors: Collection[str]) -> list[Rule]:
    """The rules that speak for a higher grade. Raises Invalid when nothing answers them."""
    speaking = rules_for(incident, given.grade, factors)
    if speaking and not given.differs_because:
        code = "differs_because_required"
        said = " ".join(rule.says for rule in speaking)
        message = f"{said} Say why the grade is {Grade(given.grade).label.lower()}, or change it."
        raise Invalid([FieldError("differs_because", code, message)], code=code, unprocessable=True)
    return speaking


def _store(
    incident: Incident, given: Given, *, by: Officer, now: datetime, **found: Any
) -> RiskAssessment:
    """found: the fields that follow from what is given and held."""
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
        **found,
    )


def _unanswered(incident: Incident, given: Given, factors: Collection[str]) -> list[dict[str, str]]:
    """The prompts that were open and left empty; being empty, they change nothing else."""
    said = {answer["code"] for answer in given.prompts}
    return [
        {"code": opened.prompt.code, "question": opened.prompt.question}
        for opened in opened_for(incident, factors)
        if opened.prompt.code not in said
    ]


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
