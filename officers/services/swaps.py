"""Swaps: a shift offered by one officer, moved when the other accepts it by name."""

from datetime import datetime

from django.db import transaction

from core import trail
from core.errors import Invalid, NotPermitted, NotVisible
from core.trail import Kind
from officers.errors import AlreadyDecided, AlreadyOffered, ShiftBegun
from officers.events import SWAP_ACCEPTED, SWAP_DECLINED, SWAP_OFFERED, SWAP_WITHDRAWN, OfSwap
from officers.models import Officer, Shift, Swap
from officers.permissions import may
from officers.rules.permitted import Permission
from officers.services.rota_checks import (
    check_free,
    check_in_service,
    described,
    facts,
    in_words,
    lock,
    rota_stream,
    still_standing,
)

State = Swap.State


def offer_swap(
    *, shift: int, to: Officer, by: Officer, now: datetime, in_return: int | None = None
) -> Swap:
    """Offer one of one's own shifts to a colleague of the same BCU and posting.

    in_return: a shift of theirs, of the same role, that one takes instead. Nothing moves until they
    accept. Raises NotVisible for somebody else's shift, Invalid, and Conflict when it has begun, no
    longer stands, or is on offer already.
    """
    found = Shift.every.filter(pk=shift, officer=by).first()
    if found is None:
        raise NotVisible
    with transaction.atomic():
        lock([found.bcu_id])
        own = _not_begun(shift, now)
        _check_receiver(own, to, by)
        other = _in_return(in_return, own, to, now)
        waiting = Swap.objects.select_related("receiver").filter(shift=own, state=State.OFFERED)
        if (there := waiting.first()) is not None:
            raise AlreadyOffered(
                f"It is on offer to {there.receiver} already. Withdraw that first."
            )
        swap = Swap.objects.create(
            shift=own, in_return=other, giver=by, receiver=to, offered_at=now
        )
        for_it = f", for theirs from {in_words(other.starts_at)}" if other else ""
        summary = f"{by} offered {to} the duty as {described(own)}{for_it}."
        _record(SWAP_OFFERED, swap, summary, by, now)
    return swap


def accept_swap(*, swap: int, by: Officer, now: datetime) -> Swap:
    """Take the offered shift on, and give the one asked in return.

    Accepting is enough: no third person allows it, and the trail names both. Raises NotVisible,
    NotPermitted, and Conflict when it was answered or a shift has begun or gone.
    """
    with transaction.atomic():
        found = _waiting(swap, by, now)
        if found.receiver_id != by.pk:
            raise NotPermitted(f"This was offered to {found.receiver}: only they can answer it.")
        check_in_service(found.giver)
        given = _not_begun(found.shift_id, now)
        returned = _not_begun(found.in_return_id, now) if found.in_return_id else None
        gone = [each.pk for each in (given, returned) if each is not None]
        Shift.objects.filter(pk__in=gone).update(taken_out_at=now, taken_out_by=by)
        for each, officer in ((given, found.receiver), (returned, found.giver)):
            if each is not None:
                row = Shift(
                    bcu_id=each.bcu_id, role=each.role, officer=officer,
                    starts_at=each.starts_at, ends_at=each.ends_at, replaces=each,
                    covers_id=each.covers_id,
                )  # fmt: skip
                check_free(row)
                row.save(force_insert=True)
        _decide(found, State.ACCEPTED, now)
        summary = f"{by} accepted from {found.giver} the duty as {described(given)}."
        _record(SWAP_ACCEPTED, found, summary, by, now)
    return found


def decline_swap(*, swap: int, by: Officer, now: datetime) -> Swap:
    """Leave the shift with whoever offered it."""
    with transaction.atomic():
        found = _waiting(swap, by, now)
        if found.receiver_id != by.pk:
            raise NotPermitted(f"This was offered to {found.receiver}: only they can answer it.")
        _decide(found, State.DECLINED, now)
        summary = f"{by} declined the duty that {found.giver} offered."
        _record(SWAP_DECLINED, found, summary, by, now)
    return found


def withdraw_swap(*, swap: int, by: Officer, now: datetime) -> Swap:
    """Take an offer back; whoever edits the rota may do it for somebody who is away."""
    with transaction.atomic():
        found = _waiting(swap, by, now)
        if found.giver_id != by.pk and not may(by, Permission.EDIT_ROTA, now, found.shift.bcu_id):
            raise NotPermitted(f"{found.giver} offered this: they can withdraw it.")
        _decide(found, State.WITHDRAWN, now)
        _record(
            SWAP_WITHDRAWN, found, f"{by} withdrew the swap offered to {found.receiver}.", by, now
        )
    return found


def _waiting(pk: int, by: Officer, now: datetime) -> Swap:
    """The offer, with its rota locked. Raises NotVisible, or Conflict when it was answered."""
    swaps = Swap.objects.select_related("giver", "receiver", "shift")
    found = swaps.filter(pk=pk).first()
    seen = by.bcus_seen()
    if found is None or (seen is not None and found.shift.bcu_id not in seen):
        raise NotVisible
    lock([found.shift.bcu_id])
    found = swaps.get(pk=pk)
    if found.state != State.OFFERED and found.decided_at is not None:
        raise AlreadyDecided(
            f"This swap was {found.get_state_display().lower()} at {in_words(found.decided_at)}."
        )
    return found


def _not_begun(pk: int, now: datetime) -> Shift:
    shift = still_standing(pk, now)
    if shift.starts_at <= now:
        raise ShiftBegun("This shift has begun: it can no longer be swapped.")
    return shift


def _check_receiver(shift: Shift, to: Officer, by: Officer) -> None:
    if to.pk == by.pk:
        raise Invalid.field("to", "yourself", "Choose somebody other than yourself")
    if not to.is_active or to.bcu_id != shift.bcu_id or to.role != by.role:
        raise Invalid.field("to", "cannot_take_it", f"{to} is not of your BCU and posting")


def _in_return(pk: int | None, own: Shift, to: Officer, now: datetime) -> Shift | None:
    if pk is None:
        return None
    found = Shift.objects.filter(
        pk=pk, officer=to, bcu=own.bcu_id, role=own.role, starts_at__gt=now
    ).first()
    if found is None:
        raise Invalid.field("in_return", "not_theirs", f"That is no shift ahead of {to}")
    return found


def _decide(swap: Swap, state: State, now: datetime) -> None:
    swap.state, swap.decided_at = state, now
    swap.save(update_fields=["state", "decided_at"])


def _record(what: Kind[OfSwap], swap: Swap, summary: str, by: Officer, now: datetime) -> None:
    trail.record(
        what,
        stream=rota_stream(swap.shift.bcu_id),
        bcu=swap.shift.bcu_id,
        by=by,
        now=now,
        summary=summary,
        data=OfSwap(
            swap=swap.pk,
            from_=swap.giver_id,
            to=swap.receiver_id,
            in_return=swap.in_return_id,
            **facts(swap.shift),
        ),
    )
