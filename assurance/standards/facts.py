"""What the standards are judged from, read for many records in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.models import Event
from mispers import events as incident_events
from mispers.models import Incident, Located, Reopening
from ownership import events as ownership_events
from ownership.models import Action, CustodyLink, Deadline
from riskassessment import events as risk_events
from riskassessment.language.answers import Answered, answers_in
from riskassessment.models import RiskAssessment
from riskassessment.selectors.considered import left_out

_PROVING = [
    ownership_events.TAKEN.code,
    ownership_events.ACTION_SET.code,
    incident_events.REPORTED.code,
    incident_events.LOCATED.code,
    incident_events.CLOSURE_ASKED.code,
    incident_events.CLOSURE_AUTHORISED.code,
    risk_events.ASSESSED.code,
    risk_events.ENDORSED.code,
]


@dataclass
class Facts:
    """One record's facts: chains and deadlines oldest first, events by kind oldest first.

    located: the newest since the last reopening, if there was one; what located the person before
    is no answer to the new report. left_out: {assessment pk: what it does not consider by name}.
    """

    links: list[CustodyLink] = field(default_factory=list)
    deadlines: dict[str, list[Deadline]] = field(default_factory=lambda: defaultdict(list))
    actions: list[Action] = field(default_factory=list)
    unanswered_actions: set[int] = field(default_factory=set)
    reopened_at: datetime | None = None
    located: Located | None = None
    assessments: list[RiskAssessment] = field(default_factory=list)
    left_out: dict[int, list[str]] = field(default_factory=dict)
    phrases: list[Answered] = field(default_factory=list)
    events: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))


def facts_of(incidents: Sequence[Incident]) -> dict[int, Facts]:
    """{incident pk: Facts}; nine queries however many records."""
    facts = {incident.pk: Facts() for incident in incidents}
    by_reference = {incident.reference: incident.pk for incident in incidents}
    for link in CustodyLink.objects.filter(incident__in=facts).order_by("taken_at", "pk"):
        facts[link.incident_id].links.append(link)
    for deadline in Deadline.objects.filter(incident__in=facts).order_by("opened_at", "pk"):
        facts[deadline.incident_id].deadlines[deadline.code].append(deadline)
    _read_actions(facts)
    for reopening in Reopening.objects.filter(incident__in=facts).order_by("recorded_at", "pk"):
        facts[reopening.incident_id].reopened_at = reopening.recorded_at
    for located in Located.objects.filter(incident__in=facts).order_by("recorded_at", "pk"):
        its = facts[located.incident_id]
        if its.reopened_at is None or located.recorded_at >= its.reopened_at:
            its.located = located
    _read_assessments(facts)
    for pk, phrases in answers_in(incidents).items():
        facts[pk].phrases = phrases
    proving = Event.objects.filter(stream__in=by_reference, kind__in=_PROVING)
    for event in proving.order_by("stream", "seq"):
        facts[by_reference[event.stream_id]].events[event.kind].append(event)
    return facts


def _read_assessments(facts: dict[int, Facts]) -> None:
    found = list(
        RiskAssessment.objects.filter(incident__in=facts)
        .select_related("made_by", "endorsement__by")
        .defer("rationale", "differs_because", "changes", "repeats_because", "usually")
        .order_by("made_at", "pk")
    )
    missing = left_out(found)
    for assessment in found:
        its = facts[assessment.incident_id]
        its.assessments.append(assessment)
        its.left_out[assessment.pk] = missing[assessment.pk]


def _read_actions(facts: dict[int, Facts]) -> None:
    actions = Action.objects.filter(incident__in=facts).prefetch_related("chain")
    for action in actions.order_by("set_at", "pk"):
        facts[action.incident_id].actions.append(action)
        first = min((link.taken_at for link in action.chain.all()), default=None)
        if first is None or first > action.set_at:
            facts[action.incident_id].unanswered_actions.add(action.pk)
