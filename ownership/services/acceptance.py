"""Answering an offer: the named receiver accepts, or sends back with a question."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from core.errors import Conflict, Invalid
from mispers.services.gateway import check_open, record
from mispers.wording import at_time
from officers.models import Officer
from ownership import events
from ownership.models import Capacity, Handover, HandoverItem
from ownership.models.chain import Basis
from ownership.permissions import check_may_answer
from ownership.selectors.custody import holding_of
from ownership.selectors.handovers import handover_for
from ownership.services.chains import take
from ownership.services.handovers import how_it_was_decided, lock_items, still_waiting
from ownership.services.locking import count_up
from ownership.services.offering import State, decide, facts_of, path_of
from ownership.services.telling import tell
from ownership.words import counted


@transaction.atomic
def accept_handover(
    *, handover_id: int, by: Officer, now: datetime, items: Collection[str] | None = None
) -> Handover:
    """Take on the offered incidents (all that wait, or those named): their chains move now.

    Only the named receiver can. Accepting again what they accepted does nothing. Raises Conflict,
    saying who and when, for what was decided otherwise in the meantime.
    """
    handover = handover_for(by, handover_id)
    rows = lock_items(handover, items)
    _check_receiver(by, handover, rows, now)
    waiting = still_waiting(rows, State.ACCEPTED, by, named=items is not None)
    givers: dict[int, Officer] = {}
    for row in waiting:
        giver = _accept(row, by, now)
        givers[giver.pk] = giver
    if waiting:
        count_up([row.incident_id for row in waiting])
        _tell(givers.values(), handover, waiting, f"{by} accepted", now)
    return handover_for(by, handover.pk)


@transaction.atomic
def decline_handover(
    *,
    handover_id: int,
    by: Officer,
    now: datetime,
    reason: str,
    items: Collection[str] | None = None,
) -> Handover:
    """Send offered incidents back with a question or a reason; who held them goes on holding them.

    Raises Invalid at `reason` when empty, Conflict for what was decided otherwise in the meantime.
    """
    handover = handover_for(by, handover_id)
    reason = reason.strip()
    if not reason:
        raise Invalid.field("reason", "required", "Say what you ask, or why you send it back.")
    rows = lock_items(handover, items)
    _check_receiver(by, handover, rows, now)
    waiting = still_waiting(rows, State.DECLINED, by, named=items is not None)
    holders: dict[int, Officer] = {}
    for row in waiting:
        holding = holding_of(row.incident, row.capacity)
        keeps = f" {holding.officer} still holds it." if holding else ""
        decide(row, State.DECLINED, by=by, now=now, reason=reason)
        record(
            row.incident,
            events.DECLINED,
            by=by,
            now=now,
            summary=f"{by} sent {row.incident.reference} back, offered "
            f"{at_time(handover.offered_at)}: “{reason}”.{keeps}",
            reason=reason,
            **facts_of(row, handover),
        )
        if holding:
            holders[holding.officer_id] = holding.officer
    if waiting:
        count_up([row.incident_id for row in waiting])
        told = [handover.giver] if handover.giver else holders.values()
        _tell(told, handover, waiting, f"{by} sent back", now)
    return handover_for(by, handover.pk)


def _check_receiver(
    by: Officer, handover: Handover, rows: list[HandoverItem], now: datetime
) -> None:
    """Somebody else learns who has decided, if anybody has; otherwise whose decision it is."""
    decided = [row for row in rows if row.state != State.OFFERED]
    if handover.receiver_id != by.pk and len(decided) == len(rows):
        raise Conflict(how_it_was_decided(decided[0]), code="already_decided")
    check_may_answer(by, handover, now)


def _accept(row: HandoverItem, by: Officer, now: datetime) -> Officer:
    """Move the chain of one locked incident; answers whom to tell."""
    handover, capacity = row.handover, Capacity(row.capacity)
    check_open(row.incident)
    holding = holding_of(row.incident, capacity)
    decide(row, State.ACCEPTED, by=by, now=now)
    record(
        row.incident,
        events.ACCEPTED,
        by=by,
        now=now,
        summary=f"{by} accepted {row.incident.reference} as its {capacity.label.lower()}, offered "
        f"by {handover.giver or 'the clock'}, {at_time(handover.offered_at)}.",
        **facts_of(row, handover),
    )
    take(
        incident=row.incident,
        capacity=capacity,
        officer=by,
        by=by,
        now=now,
        basis=Basis.ACCEPTED,
        item=row,
        why="Accepted a handover.",
    )
    if handover.giver is not None:
        return handover.giver
    return holding.officer if holding else by


def _tell(
    officers: Iterable[Officer],
    handover: Handover,
    rows: list[HandoverItem],
    what: str,
    now: datetime,
) -> None:
    single = rows[0].incident if len(rows) == 1 else None
    named = single.reference if single else counted(len(rows), "incident")
    for officer in officers:
        tell(officer, incident=single, title=f"{what} {named}", link=path_of(handover), now=now)
