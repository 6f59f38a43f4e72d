"""Moving all that a leaver or an absent officer holds, in one sitting."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Self

from django.db import transaction

from core.checks import Complaints
from core.errors import NotPermitted
from mispers.models import Incident
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission
from ownership.models import Action, Capacity, Handover, HandoverItem
from ownership.permissions import commands_handovers
from ownership.selectors.loads import Load, load_of
from ownership.services.actions import reassign_action
from ownership.services.handovers import MOST_ITEMS, offer_handover, withdraw_handover
from ownership.services.locking import lock_incidents

# The receivers' fields, where what is wrong with one is said.
FIELDS = {Capacity.OWNER: "owner_to", Capacity.INSPECTOR: "inspector_to"}
# The longest reason that a handover keeps.
LONGEST_REASON = 200


@dataclass(frozen=True, kw_only=True)
class Receivers:
    """Who takes what over; None leaves it. What is wrong with one is said at its name here."""

    owner_to: Officer | None = None
    inspector_to: Officer | None = None
    actions_to: Officer | None = None

    @classmethod
    def taken_from(cls, given: dict[str, Any]) -> Self:
        """The receivers, taken out of what a form or a body gave."""
        return cls(**{name: given.pop(name, None) for name in cls.__dataclass_fields__})

    @property
    def by_capacity(self) -> dict[Capacity, Officer]:
        """To whom incidents pass, in the capacities that pass."""
        named = {Capacity.OWNER: self.owner_to, Capacity.INSPECTOR: self.inspector_to}
        return {capacity: to for capacity, to in named.items() if to is not None}

    @property
    def is_empty(self) -> bool:
        """Whether nobody is named."""
        return not (self.by_capacity or self.actions_to)


@dataclass(frozen=True)
class Moved:
    """What was offered and what was reassigned."""

    handovers: list[Handover]
    actions: list[Action]

    @property
    def incidents(self) -> int:
        """How many offers of an incident were made."""
        return sum(len(handover.items.all()) for handover in self.handovers)


def check_may_move(by: Officer, officer: Officer, now: datetime) -> None:
    """Raise NotPermitted unless it is their own load, or they command handovers."""
    check_may(by, Permission.HAND_OVER, now)
    if by.pk != officer.pk and not commands_handovers(by, now):
        raise NotPermitted(
            "Only the officer, the duty inspector on duty or a superintendent can move what "
            "somebody holds."
        )


@transaction.atomic
def move_load(
    *,
    officer: Officer,
    reason: str,
    receivers: Receivers,
    by: Officer,
    now: datetime,
    incidents: Collection[str] | None = None,
    actions: Collection[int] | None = None,
) -> Moved:
    """Offer the officer's incidents and reassign their actions, to whoever is named for each kind.

    incidents, actions: those to move (references, ids); all of them, if left out. Incidents are
    theirs until the receiver accepts; actions pass at once. What was offered to them and waits is
    withdrawn and offered to the new receiver, so that nothing waits for somebody who is away. All
    or nothing. Raises Invalid at the receiver's field, NotPermitted, Conflict.
    """
    check_may_move(by, officer, now)
    wrong = Complaints(now)
    reason = wrong.line(
        "reason", reason, required="Say why, such as: left the force.", most=LONGEST_REASON
    )
    if receivers.is_empty:
        wrong.add("owner_to", "required", "Choose who takes over.")
    wrong.check()
    before = load_of(by, officer)
    # All locks at once and in one order, so that two who move loads do not wait in a circle.
    lock_incidents(_incident_ids(before))
    load = load_of(by, officer)
    handovers: list[Handover] = []
    for capacity, to in receivers.by_capacity.items():
        handovers += _offer(load, capacity, to, incidents, wrong, reason=reason, by=by)
    moved: list[Action] = []
    if taker := receivers.actions_to:
        chosen = [each for each in load.actions if actions is None or each.pk in actions]
        with wrong.gathering({"responsible": "actions_to"}):
            moved = [
                reassign_action(action_id=each.pk, responsible=taker, reason=reason, by=by, now=now)
                for each in chosen
            ]
    if not wrong.errors and not handovers and not moved:
        wrong.add("reason", "nothing_to_move", "There is nothing of that kind to move.")
    wrong.check()
    return Moved(handovers, moved)


def _offer(
    load: Load,
    capacity: Capacity,
    to: Officer,
    chosen: Collection[str] | None,
    wrong: Complaints,
    *,
    reason: str,
    by: Officer,
) -> list[Handover]:
    """Offer the free incidents, and those that waited for the officer's own answer.

    What is wrong with any of them is said of the receiver.
    """
    now = wrong.now
    waiting = [
        item
        for item in load.offered_to_them
        if item.capacity == capacity and _is_chosen(item.incident, chosen)
    ]
    for handover_id, items in groupby(waiting, key=_handover_of):
        references = [item.incident.reference for item in items]
        withdraw_handover(handover_id=handover_id, by=by, now=now, items=references)
    wanted = [each for each in load.free[capacity] if _is_chosen(each, chosen)]
    wanted += [item.incident for item in waiting]
    batches = [
        (bcu, some)
        for bcu in sorted({each.bcu_id for each in wanted})
        for some in _in_batches([each for each in wanted if each.bcu_id == bcu])
    ]
    offered: list[Handover] = []
    with wrong.gathering(dict.fromkeys(("to", "items"), FIELDS[capacity])):
        offered += [
            offer_handover(
                by=by, now=now, capacity=capacity, to=to, bcu=bcu, reason=reason,
                items=[{"incident": each.reference} for each in some],
            )
            for bcu, some in batches
        ]  # fmt: skip
    return offered


def _in_batches(incidents: Sequence[Incident]) -> Iterator[Sequence[Incident]]:
    for start in range(0, len(incidents), MOST_ITEMS):
        yield incidents[start : start + MOST_ITEMS]


def _incident_ids(load: Load) -> set[int]:
    return {
        *(each.pk for some in load.free.values() for each in some),
        *(item.incident_id for item in (*load.offered_by_them, *load.offered_to_them)),
        *(action.incident_id for action in load.actions),
    }


def _is_chosen(incident: Incident, chosen: Collection[str] | None) -> bool:
    return chosen is None or incident.reference in chosen


def _handover_of(item: HandoverItem) -> int:
    return item.handover_id
