"""The chains of many sketched incidents: who answered from the report on, and who took over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from demo.bulk.records import Written
from officers.models import Officer
from ownership.models import Capacity, CustodyLink, Handover, HandoverItem
from ownership.models.chain import Basis


def write_chains(written: Sequence[Written]) -> None:
    """Owner and inspector from the report on, and whoever took over by accepting."""
    for each in written:
        life = each.sketch
        each.links = [
            _link(each, Capacity.OWNER, life.owner, life.reported_at, Basis.REPORTED),
            _link(each, Capacity.INSPECTOR, life.inspector, life.reported_at, Basis.REPORTED),
        ]
    CustodyLink.objects.bulk_create(link for each in written for link in each.links)
    accepted = _accepted_offers(written)
    for item in accepted:
        link = _link(item.each, Capacity.OWNER, item.to, item.at, Basis.ACCEPTED, item.row)
        item.each.links.append(link)
    CustodyLink.objects.bulk_create(item.each.links[-1] for item in accepted)


@dataclass(frozen=True)
class _Accepted:
    """A specialist's acceptance, whose offer is written before the chain moves."""

    each: Written
    to: Officer
    at: datetime
    row: HandoverItem


def _accepted_offers(written: Sequence[Written]) -> list[_Accepted]:
    """The clock's offers to whoever took over, each accepted at once."""
    found = []
    for each in written:
        life = each.sketch
        if life.handed_over_at is None:
            continue
        offer = Handover(
            bcu_id=each.incident.bcu_id,
            capacity=Capacity.OWNER,
            receiver=life.specialist,
            reason="Offered by the clock.",
            offered_at=life.handed_over_at,
        )
        item = HandoverItem(
            handover=offer,
            incident=each.incident,
            capacity=Capacity.OWNER,
            state=HandoverItem.State.ACCEPTED,
            risk=HandoverItem.Risk.RECONFIRMED if life.grade == "high" else "",
            decided_by=life.specialist,
            decided_at=life.handed_over_at,
        )
        found.append(_Accepted(each, life.specialist, life.handed_over_at, item))
    Handover.objects.bulk_create(item.row.handover for item in found)
    HandoverItem.objects.bulk_create(item.row for item in found)
    return found


def _link(
    each: Written,
    capacity: Capacity,
    officer: Officer,
    at: datetime,
    basis: Basis,
    item: HandoverItem | None = None,
) -> CustodyLink:
    return CustodyLink(
        incident=each.incident,
        capacity=capacity,
        officer=officer,
        taken_at=at,
        basis=basis,
        handover_item=item,
    )
