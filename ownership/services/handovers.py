"""Offering incidents to a named officer, and taking an offer back."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from core.errors import FieldError, Invalid, NotVisible
from core.text import at_time, counted
from mispers.models import Incident
from mispers.selectors.incidents import incidents_visible_to
from mispers.services.gateway import check_open
from officers.models import BCU, Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission
from ownership.errors import AlreadyDecided, AlreadyOffered
from ownership.models import Capacity, Handover, HandoverItem, Holding
from ownership.permissions import can_receive, check_may_offer, check_may_withdraw
from ownership.selectors.custody import holding_of
from ownership.selectors.handovers import handover_for, open_offer_of
from ownership.services.locking import count_up, lock_incidents
from ownership.services.offering import Brief, State, path_of, take_back, write_offer
from ownership.services.telling import tell

MOST_ITEMS = 200


@transaction.atomic
def offer_handover(
    *,
    by: Officer,
    now: datetime,
    capacity: str,
    to: Officer,
    bcu: BCU | str,
    items: Sequence[Mapping[str, Any]],
    reason: str = "",
) -> Handover:
    """Offer incidents of one BCU to a named officer, with a briefing each; nothing moves yet.

    items: {"incident": reference, "briefing": text, "worry": text}; without a briefing it is
    drafted from the record. All or none. Raises Invalid at the item, NotPermitted, Conflict when
    one is closed or already on offer.
    """
    check_may(by, Permission.HAND_OVER, now)
    kind = Capacity(capacity)
    code = bcu.pk if isinstance(bcu, BCU) else bcu
    wanted = _wanted(by, code, items)
    _check_receiver(by, to, kind, code, now)
    locked = lock_incidents(list(wanted))
    offered = [
        Brief(locked[pk], _briefing(item), str(item.get("worry") or "").strip())
        for pk, item in wanted.items()
    ]
    for index, brief in enumerate(offered):
        _check_offerable(brief.incident, kind, by, to, now, index)
    handover = write_offer(
        by=by,
        now=now,
        capacity=kind,
        to=to,
        bcu=offered[0].incident.bcu,
        items=offered,
        reason=reason.strip(),
    )
    count_up(locked)
    return handover_for(by, handover.pk)


@transaction.atomic
def withdraw_handover(
    *, handover_id: int, by: Officer, now: datetime, items: Collection[str] | None = None
) -> Handover:
    """Take back what is still waiting (of `items`, if given). Repeating it does no harm.

    Raises Conflict, saying who and when, for what was answered first.
    """
    handover = handover_for(by, handover_id)
    check_may_withdraw(by, handover, now)
    rows = lock_items(handover, items)
    waiting = still_waiting(rows, State.WITHDRAWN, by, named=items is not None)
    for row in waiting:
        take_back(row, row.incident, by=by, now=now, reason="")
    if waiting:
        count_up([row.incident_id for row in waiting])
        tell(
            handover.receiver,
            incident=waiting[0].incident if len(waiting) == 1 else None,
            title=f"{by} withdrew the offer of {counted(len(waiting), 'incident')}",
            link=path_of(handover),
            now=now,
        )
    return handover_for(by, handover.pk)


def lock_items(handover: Handover, references: Collection[str] | None) -> list[HandoverItem]:
    """The handover's items (those named, or all), their incidents locked, read after the lock.

    Raises Invalid at `items` for a reference that is not in the handover.
    """
    incidents = {item.incident.reference: item.incident_id for item in handover.items.all()}
    named = list(incidents) if references is None else list(dict.fromkeys(references))
    strange = [reference for reference in named if reference not in incidents]
    if strange or not named:
        names = ", ".join(strange) or "nothing"
        raise Invalid.field("items", "not_in_handover", f"Not in this handover: {names}.")
    locked = lock_incidents([incidents[reference] for reference in named])
    rows = HandoverItem.objects.select_related(
        "handover__giver", "handover__receiver", "decided_by"
    ).filter(handover=handover, incident__in=locked)
    found = list(rows.order_by("pk"))
    for row in found:
        row.incident = locked[row.incident_id]
    return found


def still_waiting(
    rows: Sequence[HandoverItem], wish: HandoverItem.State, by: Officer, *, named: bool
) -> list[HandoverItem]:
    """The rows left to decide. What `by` already decided that way is done and needs no complaint.

    Raises Conflict for a row named and decided otherwise, and when nothing at all is left.
    """
    waiting = [row for row in rows if row.state == State.OFFERED]
    otherwise = [
        row
        for row in rows
        if row.state != State.OFFERED and (row.state != wish or row.decided_by_id != by.pk)
    ]
    done = len(rows) - len(waiting) - len(otherwise)
    if otherwise and (named or not (waiting or done)):
        raise AlreadyDecided(how_it_was_decided(otherwise[0]))
    return waiting


def how_it_was_decided(item: HandoverItem) -> str:
    """Who answered an item first, how, and when."""
    who = item.decided_by or "the clock"
    when = f", {at_time(item.decided_at)}" if item.decided_at else ""
    return f"{item.incident.reference} was {State(item.state).label.lower()} by {who}{when}."


def _briefing(item: Mapping[str, Any]) -> str | None:
    """What was written, or None where the record is to speak for itself."""
    return str(item.get("briefing") or "").strip() or None


def _wanted(
    by: Officer, bcu: str, items: Sequence[Mapping[str, Any]]
) -> dict[int, Mapping[str, Any]]:
    if not items:
        raise Invalid.field("items", "required", "Choose at least one incident.")
    if len(items) > MOST_ITEMS:
        raise Invalid.field("items", "too_many", f"Offer at most {MOST_ITEMS} at a time.")
    references = [str(item["incident"]) for item in items]
    found = {
        incident.reference: incident
        for incident in incidents_visible_to(by).filter(reference__in=references)
    }
    errors: list[FieldError] = []
    wanted: dict[int, Mapping[str, Any]] = {}
    for index, item in enumerate(items):
        incident = found.get(references[index])
        if incident is None:
            errors.append(_at(index, "not_found", NotVisible().message))
        elif incident.bcu_id != bcu:
            errors.append(_at(index, "other_bcu", f"{incident.reference} is not of {bcu}."))
        elif incident.pk in wanted:
            errors.append(_at(index, "twice", f"{incident.reference} is in the list twice."))
        else:
            wanted[incident.pk] = item
    if errors:
        raise Invalid(errors)
    return wanted


def _check_receiver(by: Officer, to: Officer, capacity: Capacity, bcu: str, now: datetime) -> None:
    if to.pk == by.pk:
        raise Invalid.field("to", "yourself", "Choose somebody other than yourself.")
    if not can_receive(to, capacity, bcu, now):
        what = "be inspector" if capacity is Capacity.INSPECTOR else "own incidents"
        raise Invalid.field("to", "cannot_receive", f"{to} cannot {what} in {bcu}.")


def _check_offerable(
    incident: Incident, capacity: Capacity, by: Officer, to: Officer, now: datetime, index: int
) -> None:
    check_open(incident)
    holding = holding_of(incident, capacity)
    check_may_offer(by, holding.officer_id if holding else None, now)
    if holding is not None and holding.officer_id == to.pk:
        message = f"{to} is already {capacity.label.lower()} of {incident.reference}."
        raise Invalid([_at(index, "already_holder", message)])
    waiting = open_offer_of(incident, capacity)
    if waiting is not None and waiting.handover.giver is None and _is_handed_by_holder(holding, by):
        instead = f"{by} hands it over in person."
        take_back(waiting, incident, by=None, now=now, reason=instead)
    elif waiting is not None:
        offer = waiting.handover
        raise AlreadyOffered(
            f"{incident.reference} was already offered to {offer.receiver} by "
            f"{offer.giver or 'the clock'}, {at_time(offer.offered_at)}. Withdraw that first."
        )


def _is_handed_by_holder(holding: Holding | None, by: Officer) -> bool:
    """The inspector's part alone: what the clock offers of an owner's follows the protocol."""
    if holding is None or holding.capacity != Capacity.INSPECTOR:
        return False
    return holding.officer_id == by.pk


def _at(index: int, code: str, message: str) -> FieldError:
    return FieldError(f"items[{index}].incident", code, message)
