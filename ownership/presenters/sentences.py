"""Who answered at a moment, in a sentence that can be read out."""

from collections.abc import Mapping
from datetime import datetime

from core.text import at_time
from mispers.models import Incident
from officers.models import Shift
from ownership.models import Action, Capacity
from ownership.models.chain import Basis
from ownership.selectors.answering import (
    ActionPeriod,
    Answered,
    chain_of_action,
    everybody_at,
    in_force_at,
    on_duty_at,
)

BECAUSE = {
    Basis.REPORTED: "on duty when it was reported",
    Basis.ACCEPTED: "accepted a handover",
    Basis.REOPENED: "on duty when it was reopened",
    Basis.SET: "named when the action was set",
    Basis.REASSIGNED: "it was reassigned to them",
}
IN_CAPACITY = {Capacity.OWNER.value: "as owner", Capacity.INSPECTOR.value: "as inspector"}


def who_answered(incident: Incident, at: datetime) -> list[str]:
    """One sentence for each capacity and each action open at `at` (UTC), with basis and duty."""
    found = everybody_at(incident, at)
    if not found:
        return [f"At {at_time(at)} {incident.reference} had not been logged yet."]
    duties = on_duty_at(incident.bcu_id, [each.officer for each in found], at)
    return [_sentence(each, incident.reference, at, duties) for each in found]


def who_was_responsible(action: Action, at: datetime) -> list[str]:
    """The same for one action; who it was, or why there was nobody."""
    found = in_force_at(chain_of_action(action), at)
    if not found:
        is_over = action.ended_at is not None and at >= action.ended_at
        why = "had ended" if is_over else "had not been set yet"
        return [f"At {at_time(at)} the action “{action.title}” {why}."]
    duties = on_duty_at(action.incident.bcu_id, [each.officer for each in found], at)
    return [_sentence(each, action.incident.reference, at, duties) for each in found]


def _sentence(period: Answered, reference: str, at: datetime, duties: Mapping[int, Shift]) -> str:
    for_what = (
        f"was responsible for the action “{period.action.title}”"
        if isinstance(period, ActionPeriod)
        else f"answered for {reference} {IN_CAPACITY[period.capacity]}"
    )
    because = (
        "the rota had a gap and they stepped in"
        if period.is_fallback
        else BECAUSE[Basis(period.basis)]
    )
    return (
        f"At {at_time(at)} {period.officer} {for_what}, since {at_time(period.taken_at)} "
        f"({because}); {duty_in_words(duties.get(period.officer.pk))}."
    )


def duty_in_words(shift: Shift | None) -> str:
    """The shift that an officer was on at a moment, or that the rota has none."""
    if shift is None:
        return "not on duty then"
    return (
        f"on duty then as {shift.get_role_display()}, "
        f"{at_time(shift.starts_at)} to {at_time(shift.ends_at)}"
    )
