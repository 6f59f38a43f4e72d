"""Answering an offer: accepted item by item, or sent back with a question."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from core.errors import Invalid, NotPermitted
from core.text import at_time, counted
from mispers.services.gateway import check_open, happening, record
from officers.models import Officer
from ownership import events
from ownership.errors import AlreadyDecided, Regraded
from ownership.models import Capacity, Handover, HandoverItem
from ownership.models.chain import Basis
from ownership.permissions import can_receive, check_may_answer, check_may_decline
from ownership.selectors.custody import holding_of
from ownership.selectors.handovers import handover_for
from ownership.selectors.risk import is_high, risks_of
from ownership.services.allocating import Allocation, allocate, check_allocations
from ownership.services.chains import NewHolder, take
from ownership.services.handovers import how_it_was_decided, lock_items, still_waiting
from ownership.services.locking import count_up, lock_officer
from ownership.services.offering import State, decide, fields_of, path_of
from ownership.services.telling import is_urgent, tell
from riskassessment.models import RiskAssessment

Risk = HandoverItem.Risk
ANSWER_THE_RISK = "Re-confirm the risk, or ask for a review of it."


@transaction.atomic
def accept_handover(
    *,
    handover_id: int,
    by: Officer,
    now: datetime,
    items: Collection[str] | None = None,
    risk: str = "",
    reason: str = "",
    assessment: int | None = None,
    actions: Sequence[Allocation] = (),
) -> Handover:
    """Take on the offered incidents named, or all that may be taken together: chains move now.

    High risk is accepted singly, with `risk` re-confirmed or a review asked for (`reason`: why);
    assessment: the one that was read, so that nobody takes on a grade they have not seen. actions:
    who is to do what falls due in the coming shift, of what is accepted now.

    The named receiver can, and whoever the ladder has reached. Accepting again what they accepted
    does nothing. Raises Conflict, saying who and when, for what was decided otherwise meanwhile.
    """
    handover = handover_for(by, handover_id)
    rows = lock_items(handover, items)
    _check_may(by, handover, rows, now)
    waiting = still_waiting(rows, State.ACCEPTED, by, named=items is not None)
    risks = risks_of([row.incident_id for row in waiting])
    waiting = _at_one_time(waiting, rows, risks, is_named=items is not None)
    if not waiting:
        return _with_rows(handover, rows)
    _check_risk(waiting, risks, risk, assessment)
    check_allocations(actions, {row.incident_id for row in waiting}, now)
    givers: dict[int, Officer] = {}
    for row in waiting:
        giver = _accept(row, by, now, risk, reason.strip() if risk == Risk.REVIEW_ASKED else "")
        givers[giver.pk] = giver
    allocate(actions, by=by, now=now)
    count_up([row.incident_id for row in waiting])
    _tell(givers.values(), handover, waiting, f"{by} accepted", now, risks)
    if handover.receiver_id != by.pk:
        _tell([handover.receiver], handover, waiting, f"{by} accepted in your place", now, risks)
    return _with_rows(handover, rows)


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
    _check_not_decided_for(by, handover, rows)
    check_may_decline(by, handover, now)
    waiting = still_waiting(rows, State.DECLINED, by, named=items is not None)
    holders: dict[int, Officer] = {}
    for row in waiting:
        holding = holding_of(row.incident, row.capacity)
        keeps = f" {holding.officer} still holds it." if holding else ""
        decide(row, State.DECLINED, by=by, now=now, reason=reason)
        record(
            row.incident,
            events.DECLINED,
            events.AnsweredBecause(reason=reason, **fields_of(row, handover)),
            by=by,
            now=now,
            summary=f"{by} sent {row.incident.reference} back, offered "
            f"{at_time(handover.offered_at)}: “{reason}”.{keeps}",
        )
        if holding:
            holders[holding.officer_id] = holding.officer
    if waiting:
        count_up([row.incident_id for row in waiting])
        told = [handover.giver] if handover.giver else holders.values()
        _tell(told, handover, waiting, f"{by} sent back", now)
    return handover_for(by, handover.pk)


def _with_rows(handover: Handover, rows: Sequence[HandoverItem]) -> Handover:
    """The handover as it was read, its items as they were then found under the lock and decided."""
    locked = {row.pk: row for row in rows}
    for item in handover.items.all():
        if row := locked.get(item.pk):
            for name in ("risk", "state", "decided_by", "decided_at", "reason"):
                setattr(item, name, getattr(row, name))
    return handover


def _check_may(
    by: Officer, handover: Handover, rows: Sequence[HandoverItem], now: datetime
) -> None:
    """By where the officer is posted at this instant: a posting away is not overtaken."""
    if all(row.decided_by_id == by.pk for row in rows):
        return
    _check_not_decided_for(by, handover, rows)
    waiting = [row for row in rows if row.state == State.OFFERED]
    check_may_answer(by, handover, waiting, now)
    posted = lock_officer(by.pk)
    if not can_receive(posted, Capacity(handover.capacity), handover.bcu_id, now):
        raise NotPermitted(f"{by} serves in {posted.bcu_id} now and cannot take this on.")


def _check_not_decided_for(by: Officer, handover: Handover, rows: Sequence[HandoverItem]) -> None:
    """Somebody else learns who has decided, if anybody has; otherwise whose decision it is."""
    decided = [row for row in rows if row.state != State.OFFERED]
    if handover.receiver_id != by.pk and decided and len(decided) == len(rows):
        raise AlreadyDecided(how_it_was_decided(decided[0]))


def _at_one_time(
    waiting: list[HandoverItem],
    rows: Sequence[HandoverItem],
    risks: dict[int, RiskAssessment],
    *,
    is_named: bool,
) -> list[HandoverItem]:
    """What of it is accepted in one go: high risk is never among several."""
    high = [row for row in waiting if is_high(risks.get(row.incident_id))]
    if not high or len(waiting) == len(rows) == 1:
        return waiting
    together = [row for row in waiting if row not in high]
    is_done = len(rows) > len(waiting)
    if is_named and len(waiting) == 1:
        return waiting
    if is_named or not (together or is_done):
        named = high[0].incident.reference
        message = f"{named} is high risk: accept it by itself. {ANSWER_THE_RISK}"
        raise Invalid.field("items", "high_risk_singly", message)
    return together


def _check_risk(
    waiting: Sequence[HandoverItem],
    risks: dict[int, RiskAssessment],
    answer: str,
    assessment: int | None,
) -> None:
    if answer and answer not in Risk.values:
        raise Invalid.field("risk", "invalid_choice", ANSWER_THE_RISK)
    if answer and len(waiting) > 1:
        raise Invalid.field("risk", "one_at_a_time", "Answer the risk of one incident at a time.")
    risk = risks.get(waiting[0].incident_id)
    reference = waiting[0].incident.reference
    if assessment is not None and (risk is None or risk.pk != assessment):
        raise Regraded(_what_it_is_now(reference, risk))
    if is_high(risk) and not answer:
        raise Invalid.field("risk", "required", f"{reference} is high risk. {ANSWER_THE_RISK}")
    if answer == Risk.RECONFIRMED and risk is None:
        message = f"{reference} is not graded yet: there is no risk to re-confirm."
        raise Invalid.field("risk", "not_graded", message)


def _what_it_is_now(reference: str, risk: RiskAssessment | None) -> str:
    if risk is None:
        return f"{reference} is not graded."
    return (
        f"{reference} was graded {risk.get_grade_display().lower()} by {risk.made_by}, "
        f"{at_time(risk.made_at)}, after what you read. Read it again, then answer."
    )


def _accept(row: HandoverItem, by: Officer, now: datetime, risk: str, reason: str) -> Officer:
    """Move the chain of one locked incident; answers whom to tell."""
    handover, capacity = row.handover, Capacity(row.capacity)
    check_open(row.incident)
    # Of what the clock offered, whoever held it is told.
    holding = None if handover.giver else holding_of(row.incident, capacity)
    row.risk = risk
    decide(row, State.ACCEPTED, by=by, now=now, reason=reason)
    in_place = "" if by.pk == handover.receiver_id else f" in place of {handover.receiver}"
    accepted = happening(
        row.incident,
        events.ACCEPTED,
        events.OfHandover(**fields_of(row, handover)),
        summary=f"{by} accepted {row.incident.reference}{in_place} as its "
        f"{capacity.label.lower()}, offered by {handover.giver or 'the clock'}, "
        f"{at_time(handover.offered_at)}.",
    )
    new = NewHolder(capacity, by, Basis.ACCEPTED, "Accepted a handover.", item=row)
    take([new], incident=row.incident, by=by, now=now, after=[accepted])
    if risk:
        _record_risk(row, by, now, reason)
    if handover.giver is not None:
        return handover.giver
    return holding.officer if holding else by


def _record_risk(row: HandoverItem, by: Officer, now: datetime, reason: str) -> None:
    """What the new holder says of the risk; a review asked for is due at once (RISK-4)."""
    is_asked = row.risk == Risk.REVIEW_ASKED
    said = "asked for a review of the risk" if is_asked else "re-confirmed the risk"
    why = f": “{reason}”" if reason else ""
    record(
        row.incident,
        events.REVIEW_ASKED if is_asked else events.RISK_RECONFIRMED,
        events.AnsweredBecause(reason=reason, **fields_of(row, row.handover)),
        by=by,
        now=now,
        summary=f"{by} {said} on accepting {row.incident.reference}{why}.",
    )


def _tell(
    officers: Iterable[Officer],
    handover: Handover,
    rows: Sequence[HandoverItem],
    what: str,
    now: datetime,
    risks: Mapping[int, RiskAssessment] | None = None,
) -> None:
    """risks: of the incidents, where the caller has read them."""
    single = rows[0].incident if len(rows) == 1 else None
    named = single.reference if single else counted(len(rows), "incident")
    urgent = None
    if single and risks is not None:
        risk = risks.get(single.pk)
        urgent = is_urgent(risk.grade if risk else None)
    for officer in officers:
        tell(
            officer,
            incident=single,
            title=f"{what} {named}",
            link=path_of(handover),
            now=now,
            urgent=urgent,
        )
