"""Judging the standards that have a due time, from the deadlines opened and ended on the record."""

from collections.abc import Sequence
from datetime import datetime

from assurance.rules.verdict import State, Verdict
from assurance.standards.facts import Facts
from mispers.models import Incident
from mispers.rules.codes import Code
from ownership.models import Deadline

# Why there is nothing to judge where each thing asked for has a deadline of its own.
_NOTHING: dict[str, str] = {
    Code.ACT_2: "No action has been set",
    Code.CHILD_2: "No child's marker of exploitation has asked for it",
}
_WORST_FIRST = (State.NOT_MET, State.NOT_YET_DUE, State.MET, State.NOT_APPLICABLE)


def by_latest(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    """By the deadline in hand; one that no longer applies leaves what was done before it.

    A risk is reviewed again and again: when the person is found, the review that was not yet due
    ends, and those made before it say whether the standard was met. An earlier miss is not hidden
    by a later success: the standard is then met late.
    """
    return latest_of(code, incident, facts.deadlines[code], now)


def latest_of(
    code: str, incident: Incident, deadlines: Sequence[Deadline], now: datetime
) -> Verdict:
    """The same, over these deadlines alone."""
    verdicts = [of_deadline(code, each, now) for each in deadlines]
    if not verdicts:
        return Verdict(code, State.NOT_APPLICABLE, incident.recorded_at, "Nothing has made it due")
    counted = [each for each in verdicts if each.state is not State.NOT_APPLICABLE]
    if not counted:
        return verdicts[-1]
    *before, last = counted
    missed = any(each.late or each.state is State.NOT_MET for each in before)
    if not missed or last.state is State.NOT_MET:
        return last
    return Verdict(
        code,
        last.state,
        last.since,
        f"{last.why}; an earlier one was late",
        last.due_at,
        last.proved_by,
        late=last.state is State.MET,
    )


def by_worst(code: str, incident: Incident, facts: Facts, now: datetime) -> Verdict:
    """Over every deadline: the worst counts, and of several not yet due the next one."""
    verdicts = [of_deadline(code, each, now) for each in facts.deadlines[code]]
    if not verdicts:
        return Verdict(code, State.NOT_APPLICABLE, incident.recorded_at, _NOTHING[code])
    return min(
        verdicts,
        key=lambda each: (_WORST_FIRST.index(each.state), not each.late, each.due_at or each.since),
    )


def of_deadline(code: str, deadline: Deadline, now: datetime) -> Verdict:
    """How one deadline ended, or stands."""
    due = deadline.missed_from
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
    opened = deadline.opened_by_id
    ended = deadline.cancelled_at
    if due <= (ended or now):
        why = "Was overdue when it ended" if ended else "Overdue"
        return Verdict(code, State.NOT_MET, due, f"{why}: {deadline.title}", due, opened)
    if ended is not None:
        return Verdict(code, State.NOT_APPLICABLE, ended, "No longer due", due, opened)
    return Verdict(code, State.NOT_YET_DUE, deadline.opened_at, deadline.title, due, opened)
