"""Judging a record by the standards: met, not met, not yet due or not applicable, since when, and the proof."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assurance.models import StandardState
from assurance.standards.codes import STANDARDS
from assurance.standards.facts import Facts, facts_of
from mispers import events as incident_events
from mispers.models import Incident
from mispers.stages import Outcome, Stage
from ownership import events as ownership_events
from ownership.models import Capacity, Deadline

State = StandardState.State


@dataclass(frozen=True)
class Verdict:
    """How a record stands on one standard.

    since: since when it has stood so. late: met, but after its due time. proved_by: the pk of the
    event that proves it, or that made it due. why: one sentence for a person.
    """

    code: str
    state: State
    since: datetime
    why: str
    due_at: datetime | None = None
    proved_by: int | None = None
    late: bool = False

    @property
    def title(self) -> str:
        """What the standard asks."""
        return STANDARDS[self.code]

    @property
    def next_change_at(self) -> datetime | None:
        """When time alone will change it."""
        return self.due_at if self.state is State.NOT_YET_DUE else None


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
    capacity = Capacity.OWNER if code == "OWN-1" else Capacity.INSPECTOR
    first = next((link for link in facts.links if link.capacity == capacity), None)
    taken = [
        event
        for event in facts.events[ownership_events.TAKEN.code]
        if event.data["capacity"] == capacity
    ]
    if first is None or first.taken_at > incident.recorded_at:
        return Verdict(
            code, State.NOT_MET, incident.recorded_at, f"No {capacity.label.lower()} from the start"
        )
    return Verdict(
        code,
        State.MET,
        first.taken_at,
        f"A named {capacity.label.lower()} without a break since {first.taken_at:%d %b %Y %H:%M} UTC",
        proved_by=taken[0].pk if taken else None,
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


def _actions_ended(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    """Over every action: the worst counts."""
    verdicts = [_of_deadline(code, each, now) for each in facts.deadlines[code]]
    if not verdicts:
        return Verdict(code, State.NOT_APPLICABLE, incident.recorded_at, "No action has been set")
    worst = [State.NOT_MET, State.NOT_YET_DUE, State.MET, State.NOT_APPLICABLE]
    return min(verdicts, key=lambda verdict: (worst.index(verdict.state), not verdict.late, verdict.since))


def _latest_deadline(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    deadlines = facts.deadlines[code]
    if not deadlines:
        return Verdict(code, State.NOT_APPLICABLE, incident.recorded_at, "Nothing has made it due")
    return _of_deadline(code, deadlines[-1], now)


def _of_deadline(code: str, deadline: Deadline, now: datetime) -> Verdict:
    due = deadline.due_at
    if deadline.met_at is not None:
        late = deadline.met_at > due
        return Verdict(
            code,
            State.MET,
            deadline.met_at,
            "Done after it was due" if late else "Done in time",
            due,
            deadline.met_by_id,
            late,
        )
    ended = deadline.cancelled_at
    if due <= (ended or now):
        why = "Was overdue when it ended" if ended else "Overdue"
        return Verdict(code, State.NOT_MET, due, f"{why}: {deadline.title}", due, deadline.opened_by_id)
    if ended is not None:
        return Verdict(code, State.NOT_APPLICABLE, ended, "No longer due", due, deadline.opened_by_id)
    return Verdict(
        code, State.NOT_YET_DUE, deadline.opened_at, deadline.title, due, deadline.opened_by_id
    )


def _seen(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    if incident.outcome in (Outcome.NOT_MISSING, Outcome.DUPLICATE):
        return Verdict(
            code, State.NOT_APPLICABLE, incident.closed_at or now, "Closed as not a missing person"
        )
    located = facts.located
    if located is None:
        return Verdict(code, State.NOT_YET_DUE, incident.recorded_at, "Nobody has found the person")
    events = facts.events[incident_events.LOCATED.code]
    proof = events[-1].pk if events else None
    if located.seen_in_person_by_id or located.coroner_reference:
        return Verdict(
            code, State.MET, located.recorded_at, "Seen in person, or confirmed by the coroner",
            proved_by=proof,
        )  # fmt: skip
    return Verdict(
        code,
        State.NOT_MET,
        located.recorded_at,
        "Recorded as located, and no officer has seen the person",
        proved_by=proof,
    )


def _authorised_by_another(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    if incident.stage != Stage.CLOSED:
        return Verdict(code, State.NOT_YET_DUE, incident.recorded_at, "Not closed")
    events = facts.events[incident_events.CLOSURE_AUTHORISED.code]
    closed_at = incident.closed_at or now
    if not events:
        return Verdict(code, State.NOT_MET, closed_at, "Closed without an authorisation")
    event = events[-1]
    owner = [
        link
        for link in facts.links
        if link.capacity == Capacity.OWNER and link.taken_at <= event.recorded_at
    ]
    if owner and owner[-1].officer_id == event.actor_id:
        return Verdict(
            code, State.NOT_MET, closed_at, "Authorised by its owner", proved_by=event.pk
        )
    return Verdict(
        code, State.MET, closed_at, f"Authorised by {event.actor_name}", proved_by=event.pk
    )


_RULES: dict[str, Callable[[str, Incident, Facts, datetime], Verdict]] = {
    "OWN-1": _chain,
    "OWN-2": _chain,
    "ACT-1": _actions_answered_for,
    "ACT-2": _actions_ended,
    "INI-1": _latest_deadline,
    "RISK-1": _latest_deadline,
    "RISK-3": _latest_deadline,
    "RISK-4": _latest_deadline,
    "SEARCH-1": _latest_deadline,
    "END-1": _seen,
    "END-4": _authorised_by_another,
}
