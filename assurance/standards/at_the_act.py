"""Judging what must be true at the act of grading: training (RISK-2), what was considered (RISK-5).

Nothing makes up for it later but another assessment; the standard is then met late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assurance.rules.verdict import State, Verdict
from assurance.standards.facts import Facts
from core.models import Event
from core.text import listed
from mispers.models import Incident
from riskassessment import events
from riskassessment.models import Endorsement, RiskAssessment

_NOT_GRADED = "The risk has not been graded"


@dataclass(frozen=True)
class _Act:
    """How one assessment stands, in words, and the event that proves it."""

    state: State
    since: datetime
    why: str
    proof: Event | None


def trained(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    """RISK-2: a trained inspector stands in for an untrained assessor, but does not train them."""
    acts = [_training(each, facts, is_open=incident.is_open) for each in facts.assessments]
    return _by_latest(code, incident, acts)


def considered(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    """RISK-5: not known, not asked and no answer are not consideration by name."""
    acts = []
    for each in facts.assessments:
        missing = facts.left_out[each.pk]
        why = f"Not answered in words: {listed(missing)}" if missing else "Considered in words"
        state = State.NOT_MET if missing else State.MET
        acts.append(_Act(state, each.made_at, why, _event(facts, events.ASSESSED.code, each)))
    return _by_latest(code, incident, acts)


def _training(assessment: RiskAssessment, facts: Facts, *, is_open: bool) -> _Act:
    said: Endorsement | None = getattr(assessment, "endorsement", None)
    assessed = _event(facts, events.ASSESSED.code, assessment)
    proof = _event(facts, events.ENDORSED.code, assessment)
    endorsed = said if said and said.decision == Endorsement.Decision.ENDORSED else None
    if endorsed and not endorsed.endorser_trained:
        why = f"Endorsed by {endorsed.by}, whose training was not in date"
        return _Act(
            State.NOT_MET, endorsed.at, why, _event(facts, events.ENDORSED.code, assessment)
        )
    if not assessment.assessor_trained:
        why = f"Graded by {assessment.made_by}, whose training was not in date"
        if endorsed:
            why = f"{why}; {endorsed.by}, who endorsed it, was trained"
        return _Act(State.NOT_MET, assessment.made_at, why, assessed)
    if endorsed:
        return _Act(State.MET, endorsed.at, "Assessor and endorser were trained that day", proof)
    state = State.NOT_YET_DUE if is_open else State.MET
    why = "The assessor was trained that day; nobody has endorsed the grade"
    return _Act(state, assessment.made_at, why, assessed)


def _event(facts: Facts, kind: str, assessment: RiskAssessment) -> Event | None:
    of = (
        event
        for event in facts.events[kind]
        if events.OfAssessment.of(event).assessment == assessment.pk
    )
    return next(of, None)


def _by_latest(code: str, incident: Incident, acts: Sequence[_Act]) -> Verdict:
    """By the assessment in force; an earlier miss is not hidden by a later success."""
    if not acts:
        return Verdict(code, State.NOT_YET_DUE, incident.recorded_at, _NOT_GRADED)
    *before, last = acts
    late = last.state is State.MET and any(each.state is State.NOT_MET for each in before)
    why = f"{last.why}; not so of an earlier assessment" if late else last.why
    proof = last.proof.pk if last.proof else None
    return Verdict(code, last.state, last.since, why, proved_by=proof, late=late)
