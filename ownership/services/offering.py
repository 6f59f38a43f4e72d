"""What a person's offer and the clock's have in common: writing it down, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from core.text import at_time, counted
from mispers.models import Incident
from mispers.services.gateway import record
from officers.models import BCU, Officer
from officers.rules.roles import Role
from officers.selectors.duty import NobodyToAnswer, on_duty, roles_of
from ownership import events
from ownership.models import Capacity, Handover, HandoverItem
from ownership.selectors.briefing import drafts_of
from ownership.selectors.custody import holding_of
from ownership.selectors.duty import TURN, Boundary, boundary_of
from ownership.selectors.handovers import open_offer_of
from ownership.services.telling import tell

State = HandoverItem.State


@dataclass(frozen=True)
class Brief:
    """A locked incident with what the next officer is told of it.

    briefing: None to have it drafted from the record. worry: what worries the giver.
    """

    incident: Incident
    briefing: str | None = None
    worry: str = ""


def write_offer(
    *,
    by: Officer | None,
    now: datetime,
    capacity: Capacity,
    to: Officer,
    bcu: BCU,
    items: Sequence[Brief],
    reason: str,
) -> Handover:
    """Store an offer of locked incidents with a briefing each, record it, and tell the receiver."""
    drafts = _drafts(by, items, now)
    handover = Handover.objects.create(
        bcu=bcu, capacity=capacity, giver=by, receiver=to, reason=reason, offered_at=now
    )
    rows = HandoverItem.objects.bulk_create(
        [
            HandoverItem(
                handover=handover,
                incident=each.incident,
                capacity=capacity,
                briefing=drafts[each.incident.pk] if each.briefing is None else each.briefing,
                drafted=each.briefing is None,
                worry=each.worry,
            )
            for each in items
        ]
    )
    for row in rows:
        holding = holding_of(row.incident, capacity)
        keeps = f" {holding.officer} stays {capacity.label.lower()} until then." if holding else ""
        record(
            row.incident,
            events.OFFERED,
            events.Offered(
                briefing=row.briefing,
                worry=row.worry,
                reason=reason,
                holder=holding.officer_id if holding else None,
                **fields_of(row, handover),
            ),
            by=by,
            now=now,
            summary=f"{by or 'The clock'} offered {row.incident.reference} to {to}, to be its "
            f"{capacity.label.lower()} from acceptance. {reason}".rstrip()
            + keeps,
        )
    _tell_of_offer(handover, rows, now)
    return handover


def _drafts(by: Officer | None, items: Sequence[Brief], now: datetime) -> dict[int, str]:
    """The briefings that the record gives, of those that nobody has written."""
    wanted = [each.incident for each in items if each.briefing is None]
    if not wanted:
        return {}
    boundary = boundary_of(by, now) if by else Boundary(now, now + TURN)
    return {pk: draft.text for pk, draft in drafts_of(wanted, boundary, now).items()}


def take_back(
    item: HandoverItem, incident: Incident, *, by: Officer | None, now: datetime, reason: str
) -> None:
    """Withdraw one waiting item of a locked incident. by is None when the clock does it."""
    handover = item.handover
    decide(item, State.WITHDRAWN, by=by, now=now, reason=reason)
    record(
        incident,
        events.WITHDRAWN,
        events.AnsweredBecause(reason=reason, **fields_of(item, handover)),
        by=by,
        now=now,
        summary=f"{by or 'The clock'} withdrew the offer of {incident.reference} to "
        f"{handover.receiver}, made {at_time(handover.offered_at)}. {reason}".rstrip(),
    )


def decide(
    item: HandoverItem, state: State, *, by: Officer | None, now: datetime, reason: str = ""
) -> None:
    """Store what became of an item."""
    item.state, item.decided_by, item.decided_at, item.reason = state, by, now, reason
    item.save(update_fields=["state", "decided_by", "decided_at", "reason", "risk"])


def fields_of(item: HandoverItem, handover: Handover) -> events.HandoverFields:
    """The fields that every event of a handover carries."""
    return {
        "handover": handover.pk,
        "item": item.pk,
        "capacity": handover.capacity,
        "from_": handover.giver_id,
        "to": handover.receiver_id,
    }


def offer_by_clock(*, incident: Incident, role: Role, reason: str, now: datetime) -> None:
    """Offer a locked incident's ownership to whoever holds `role` on duty (OWN-3, OWN-4).

    Nothing happens when an officer of that role owns it already. An offer that waits with somebody
    else is withdrawn first. Where nobody can be found the inspector is told, and finds one.
    """
    holding = holding_of(incident, Capacity.OWNER)
    if holding is not None and role in roles_of(holding.officer, now):
        return
    try:
        found = on_duty(incident.bcu, role, now)
    except NobodyToAnswer as gap:
        _tell_inspector(incident, gap.message, now)
        return
    if holding is not None and found.officer.pk == holding.officer_id:
        gap_message = f"The rota has nobody on duty as {role.label} in {incident.bcu_id}."
        _tell_inspector(incident, gap_message, now)
        return
    waiting = open_offer_of(incident, Capacity.OWNER)
    if waiting is not None:
        if waiting.handover.receiver_id == found.officer.pk:
            return
        instead = f"It goes to {found.officer} instead."
        take_back(waiting, incident, by=None, now=now, reason=instead)
    because = f" The rota has a gap: {found.officer} is the fallback." if found.is_fallback else ""
    handover = write_offer(
        by=None,
        now=now,
        capacity=Capacity.OWNER,
        to=found.officer,
        bcu=incident.bcu,
        items=[Brief(incident)],
        reason=reason + because,
    )
    if holding is not None:
        tell(
            holding.officer,
            incident=incident,
            title=f"{incident.reference} is offered to {found.officer}: yours until they accept",
            link=path_of(handover),
            now=now,
        )


def pass_on_by_clock(
    *, incident: Incident, capacity: Capacity, role: Role, reason: str, now: datetime
) -> HandoverItem | None:
    """Offer what nobody has offered to whoever holds the role on duty; its holder keeps it.

    Answers the offer that waits, if there is one now. Nothing is offered where nobody can be found
    but the holder: then the ladder says so.
    """
    waiting = open_offer_of(incident, capacity)
    holding = holding_of(incident, capacity)
    if waiting is not None or holding is None:
        return waiting
    try:
        found = on_duty(incident.bcu, role, now)
    except NobodyToAnswer:
        return None
    if found.officer.pk == holding.officer_id:
        return None
    write_offer(
        by=None,
        now=now,
        capacity=capacity,
        to=found.officer,
        bcu=incident.bcu,
        items=[Brief(incident)],
        reason=reason,
    )
    return open_offer_of(incident, capacity)


def withdraw_on_closure(*, incident: Incident, now: datetime) -> None:
    """A closed incident is on offer to nobody."""
    waiting = HandoverItem.objects.select_related("handover__giver", "handover__receiver").filter(
        incident=incident, state=State.OFFERED
    )
    for item in waiting:
        take_back(item, incident, by=None, now=now, reason="The incident was closed.")


def path_of(handover: Handover) -> str:
    """Where the handover is answered."""
    return reverse("handover", args=[handover.pk])


def _tell_of_offer(handover: Handover, rows: Sequence[HandoverItem], now: datetime) -> None:
    single = rows[0].incident if len(rows) == 1 else None
    what = single.reference if single else counted(len(rows), "incident")
    tell(
        handover.receiver,
        incident=single,
        title=f"{handover.giver or 'The clock'} offers you {what} "
        f"as {Capacity(handover.capacity).label.lower()}",
        link=path_of(handover),
        now=now,
    )


def _tell_inspector(incident: Incident, gap: str, now: datetime) -> None:
    inspector = holding_of(incident, Capacity.INSPECTOR)
    if inspector is not None:
        tell(
            inspector.officer,
            incident=incident,
            title=f"{gap} Find an owner for {incident.reference} and hand it over",
            link=reverse("incident-hand-over", args=[incident.reference]),
            now=now,
        )
