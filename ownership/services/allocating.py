"""Who is to do what falls due in the coming shift, settled in the sitting of a handover."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import FieldError, Invalid
from core.text import at_time
from officers.models import BCU, Officer, Shift
from ownership.models import Action
from ownership.selectors.actions import RUNNING
from ownership.services.actions import reassign_action


@dataclass(frozen=True)
class Allocation:
    """An action's id, and who is to do it."""

    action: int
    responsible: Officer


def check_allocations(
    allocations: Sequence[Allocation], incident_ids: Collection[int], now: datetime
) -> None:
    """Raise Invalid at `actions[n]` for an action of another incident, or an officer off duty then.

    What is overdue goes to somebody on duty now.
    """
    found = {
        action.pk: action
        for action in Action.objects.select_related("incident").filter(
            pk__in=[each.action for each in allocations], incident__in=incident_ids
        )
    }
    errors: list[FieldError] = []
    for index, each in enumerate(allocations):
        action = found.get(each.action)
        if action is None:
            message = "This action is not of an incident that is handed over here."
            errors.append(FieldError(f"actions[{index}].action", "not_in_handover", message))
        elif not _answers_then(each.responsible, action, now):
            when = at_time(max(action.due_at, now))
            message = f"{each.responsible} is off duty when “{action.title}” falls due, {when}."
            errors.append(FieldError(f"actions[{index}].responsible", "off_duty_then", message))
    if errors:
        raise Invalid(errors)


def allocate(allocations: Sequence[Allocation], *, by: Officer, now: datetime) -> None:
    """Re-allocate each; one that has ended, or is with that officer already, is left as it is."""
    for each in allocations:
        action = Action.objects.select_related("responsible").get(pk=each.action)
        if action.state not in RUNNING or action.responsible_id == each.responsible.pk:
            continue
        reassign_action(
            action_id=action.pk,
            by=by,
            now=now,
            responsible=each.responsible,
            reason=f"At the handover: it falls due {at_time(action.due_at)}, and "
            f"{each.responsible} is on duty then.",
        )


def _answers_then(officer: Officer, action: Action, now: datetime) -> bool:
    """On duty when it falls due, by the rota; where nobody is, the BCU's fallback officer."""
    at = max(action.due_at, now)
    there = Shift.objects.filter(starts_at__lte=at, ends_at__gt=at)
    if there.filter(officer=officer).exists():
        return True
    bcu = action.incident.bcu_id
    is_fallback = BCU.objects.filter(pk=bcu, fallback_officer=officer).exists()
    return is_fallback and not there.filter(bcu=bcu).exists()
