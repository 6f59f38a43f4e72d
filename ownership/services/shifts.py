"""Handing over a shift in one sitting: to several officers at once, all of it or none."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from core.errors import FieldError, Invalid
from mispers.models import Incident
from mispers.selectors.incidents import incidents_visible_to
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission
from ownership.models import Capacity, Handover
from ownership.selectors.handovers import handover_for, open_offer_of
from ownership.services.allocating import Allocation, allocate, check_allocations
from ownership.services.handovers import offer_handover
from ownership.services.locking import lock_incidents


@dataclass(frozen=True)
class ShiftLine:
    """One incident of a shift, in one capacity, for one officer.

    briefing: None to have it drafted from the record. worry: what worries the giver.
    """

    incident: str
    capacity: Capacity
    to: Officer
    briefing: str | None = None
    worry: str = ""


@transaction.atomic
def hand_over_shift(
    *,
    by: Officer,
    now: datetime,
    lines: Sequence[ShiftLine],
    actions: Sequence[Allocation] = (),
    reason: str = "",
) -> list[Handover]:
    """Offer each line to its officer, one handover for each officer and capacity; nothing moves.

    actions: who is to do what falls due in the next shift, done at once. What already waits with
    the same officer, offered by the same, counts as offered: a second press changes nothing.
    Raises Invalid at `lines[n]` or `actions[n]`, NotPermitted, Conflict; then nothing is offered.
    """
    check_may(by, Permission.HAND_OVER, now)
    if not lines and not actions:
        raise Invalid.field("lines", "required", "Choose at least one incident.")
    incidents = _locked(by, lines, actions)
    _check_actions(by, actions, now)
    given: list[Handover] = []
    fresh: dict[tuple[Capacity, int, str], list[int]] = {}
    for index, line in enumerate(lines):
        incident = incidents[line.incident]
        waiting = open_offer_of(incident, line.capacity)
        if waiting is not None and _is_the_same(waiting.handover, by, line.to):
            given.append(waiting.handover)
            continue
        fresh.setdefault((line.capacity, line.to.pk, incident.bcu_id), []).append(index)
    for (capacity, _, bcu), indexes in fresh.items():
        with _placed_at(indexes):
            made = offer_handover(
                by=by,
                now=now,
                capacity=capacity,
                to=lines[indexes[0]].to,
                bcu=bcu,
                items=[_item(lines[index]) for index in indexes],
                reason=reason,
            )
        given.append(made)
    allocate(actions, by=by, now=now)
    return [handover_for(by, pk) for pk in dict.fromkeys(each.pk for each in given)]


def _locked(
    by: Officer, lines: Sequence[ShiftLine], actions: Sequence[Allocation]
) -> dict[str, Incident]:
    """The incidents by reference, all locked in one order before anything is offered or moved."""
    wanted = Q(reference__in={line.incident for line in lines})
    wanted |= Q(actions__in=[each.action for each in actions])
    found = incidents_visible_to(by).filter(wanted).values_list("pk", flat=True)
    locked = {each.reference: each for each in lock_incidents(list(found)).values()}
    errors = [
        FieldError(f"lines[{index}].incident", "not_found", "There is no such incident.")
        for index, line in enumerate(lines)
        if line.incident not in locked
    ]
    if errors:
        raise Invalid(errors)
    return locked


def _check_actions(by: Officer, actions: Sequence[Allocation], now: datetime) -> None:
    """Of any incident the giver sees: an officer going off duty has actions on others' too."""
    if actions:
        check_may(by, Permission.SET_ACTION, now)
        seen = incidents_visible_to(by).filter(actions__in=[each.action for each in actions])
        check_allocations(actions, set(seen.values_list("pk", flat=True)), now)


def _is_the_same(offer: Handover, by: Officer, to: Officer) -> bool:
    return (offer.giver_id, offer.receiver_id) == (by.pk, to.pk)


def _item(line: ShiftLine) -> Mapping[str, Any]:
    return {"incident": line.incident, "briefing": line.briefing, "worry": line.worry}


@contextmanager
def _placed_at(indexes: Sequence[int]) -> Iterator[None]:
    """What is wrong with an item of one handover is said of its line of the shift."""
    try:
        yield
    except Invalid as wrong:
        raise Invalid([_of_line(error, indexes) for error in wrong.errors]) from wrong


def _of_line(error: FieldError, indexes: Sequence[int]) -> FieldError:
    within, _, name = error.field.partition("].")
    index = int(within.removeprefix("items[")) if within.startswith("items[") else 0
    return FieldError(f"lines[{indexes[index]}].{name or error.field}", error.code, error.message)
