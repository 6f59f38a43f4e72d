"""Judging a record by the standards: how it stands on each, since when, and the proof."""

from collections.abc import Callable, Sequence
from datetime import datetime

from assurance.rules.verdict import State, Verdict
from assurance.standards.at_the_act import considered, trained
from assurance.standards.by_deadline import by_latest, by_worst, latest_of
from assurance.standards.facts import Facts, facts_of
from core.text import at_time, counted
from mispers import events as incident_events
from mispers.models import Incident, Located
from mispers.rules.codes import STANDARDS, Code
from mispers.rules.stages import Outcome, Stage
from ownership import events as ownership_events
from ownership.models import Capacity
from ownership.models.chain import Basis
from ownership.rules.subjects import OfShift

__all__ = ["State", "Verdict", "evaluate", "evaluate_many"]


def evaluate(incident: Incident, now: datetime) -> list[Verdict]:
    """Every standard on one record, in the protocol's order."""
    return evaluate_many([incident], now)[incident.pk]


def evaluate_many(incidents: Sequence[Incident], now: datetime) -> dict[int, list[Verdict]]:
    """{incident pk: verdicts}; the number of queries does not depend on how many."""
    facts = facts_of(incidents)
    return {
        incident.pk: [_RULES[code](code, incident, facts[incident.pk], now) for code in STANDARDS]
        for incident in incidents
    }


def _chain(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    """A chain has no gaps by its shape, so that its start decides."""
    capacity = Capacity.OWNER if code == Code.OWN_1 else Capacity.INSPECTOR
    who = capacity.label.lower()
    first = next((link for link in facts.links if link.capacity == capacity), None)
    if first is None or first.taken_at > incident.recorded_at:
        return Verdict(code, State.NOT_MET, incident.recorded_at, f"No {who} from the start")
    taken = facts.events[ownership_events.TAKEN.code]
    return Verdict(
        code,
        State.MET,
        first.taken_at,
        f"A named {who} without a break since {at_time(first.taken_at)}",
        proved_by=next(
            (event.pk for event in taken if ownership_events.TAKEN.of(event).capacity == capacity),
            None,
        ),
    )


def _handed_over(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    """By each change of shift that nobody had accepted by then; else by the last acceptance."""
    changes = [each for each in facts.deadlines[code] if isinstance(each.about, OfShift)]
    if changes:
        return latest_of(code, incident, changes, now)
    accepted = [
        link
        for link in facts.links
        if link.capacity == Capacity.INSPECTOR and link.basis == Basis.ACCEPTED
    ]
    if not accepted:
        why = "No shift has ended while somebody else was to come on duty"
        return Verdict(code, State.NOT_APPLICABLE, incident.recorded_at, why)
    last = accepted[-1]
    return Verdict(
        code,
        State.MET,
        last.taken_at,
        "Each inspector accepted it by the time that the shift changed",
        proved_by=next(
            event.pk
            for event in facts.events[ownership_events.TAKEN.code]
            if ownership_events.TAKEN.of(event).link == last.pk
        ),
    )


def _actions_answered_for(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    if not facts.actions:
        return Verdict(code, State.NOT_APPLICABLE, incident.recorded_at, "No action has been set")
    last = facts.actions[-1]
    if facts.unanswered_actions:
        return Verdict(code, State.NOT_MET, last.set_at, "An action was set without anybody for it")
    events = facts.events[ownership_events.ACTION_SET.code]
    return Verdict(
        code,
        State.MET,
        last.set_at,
        f"{len(facts.actions)} set, each with a responsible officer",
        proved_by=events[-1].pk if events else None,
    )


def _answered_words(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    """LANG-1, at the act: what is answered in the write itself is in time, later is late.

    Where nothing was found the report proves it: its words were looked at, as all since were.
    """
    waiting = [each.found for each in facts.phrases if each.by is None]
    if waiting:
        first = waiting[0]
        others = f" and {len(waiting) - 1} more" if len(waiting) > 1 else ""
        since = first.event.recorded_at
        why = f"Waits for an answer: “{first.written}”{others}"
        return Verdict(code, State.NOT_MET, since, why, since, proved_by=first.event_id)
    answers = [each.by for each in facts.phrases if each.by is not None]
    if not answers:
        reported = facts.events[incident_events.REPORTED.code]
        return Verdict(
            code,
            State.MET,
            incident.recorded_at,
            "No phrase of the list has been found",
            proved_by=reported[0].pk if reported else None,
        )
    last = max(answers, key=lambda event: event.seq)
    late = any(
        each.by is not None and each.by.recorded_at > each.found.event.recorded_at
        for each in facts.phrases
    )
    why = f"{counted(len(facts.phrases), 'phrase')} found, each reworded or kept with a reason"
    if late:
        why += "; not all as they were written"
    return Verdict(code, State.MET, last.recorded_at, why, proved_by=last.pk, late=late)


def _seen(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    if incident.outcome in (Outcome.NOT_MISSING, Outcome.DUPLICATE):
        since = incident.closed_at or incident.recorded_at
        return Verdict(code, State.NOT_APPLICABLE, since, "Closed as not a missing person")
    located = facts.located
    if located is None:
        since = facts.reopened_at or incident.recorded_at
        return Verdict(code, State.NOT_YET_DUE, since, "Nobody has recorded that they were located")
    is_proved = located.counts_as_seen
    if located.condition == Located.Condition.DECEASED:
        why = "Confirmed by the coroner" if is_proved else "The coroner has not confirmed it"
    else:
        why = "Seen in person" if is_proved else "Recorded as located, and no officer has seen them"
    events = facts.events[incident_events.LOCATED.code]
    return Verdict(
        code,
        State.MET if is_proved else State.NOT_MET,
        located.recorded_at,
        why,
        proved_by=events[-1].pk if events else None,
    )


def _authorised_by_another(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    if incident.stage != Stage.CLOSED:
        since = facts.reopened_at or incident.recorded_at
        return Verdict(code, State.NOT_YET_DUE, since, "Not closed")
    closed_at = incident.closed_at or now
    authorised = facts.events[incident_events.CLOSURE_AUTHORISED.code]
    if not authorised:
        return Verdict(code, State.NOT_MET, closed_at, "Closed without an authorisation")
    event = authorised[-1]
    closure = incident_events.CLOSURE_AUTHORISED.of(event).closure
    owner = [
        link.officer_id
        for link in facts.links
        if link.capacity == Capacity.OWNER and link.taken_at <= event.recorded_at
    ]
    asked_by = {
        asked.actor_id
        for asked in facts.events[incident_events.CLOSURE_ASKED.code]
        if incident_events.CLOSURE_ASKED.of(asked).closure == closure
    }
    if owner[-1:] == [event.actor_id]:
        state, why = State.NOT_MET, "Authorised by its owner"
    elif event.actor_id in asked_by:
        state, why = State.NOT_MET, "Authorised by whoever asked for it"
    else:
        state, why = State.MET, f"Authorised by {event.actor_name}"
    return Verdict(code, state, closed_at, why, proved_by=event.pk)


_RULES: dict[str, Callable[[str, Incident, Facts, datetime], Verdict]] = {
    Code.OWN_1: _chain,
    Code.OWN_2: _chain,
    Code.OWN_5: _handed_over,
    Code.ACT_1: _actions_answered_for,
    Code.ACT_2: by_worst,
    Code.INI_1: by_latest,
    Code.RISK_1: by_latest,
    Code.RISK_2: trained,
    Code.RISK_3: by_latest,
    Code.RISK_4: by_latest,
    Code.RISK_5: considered,
    Code.SEARCH_1: by_latest,
    Code.CHILD_2: by_worst,
    Code.LANG_1: _answered_words,
    Code.END_1: _seen,
    Code.END_4: _authorised_by_another,
}
