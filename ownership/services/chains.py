"""Taking an incident on: the only code that lengthens its two chains."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from core import trail
from core.text import at_time
from mispers.models import Incident
from mispers.selectors.protocol import Figures
from mispers.services.gateway import happening
from officers.models import Officer, Shift
from officers.rules.roles import Role
from officers.selectors.duty import NobodyToAnswer, on_duty
from ownership import events
from ownership.models import Capacity, CustodyLink, HandoverItem
from ownership.models.chain import Basis
from ownership.services.telling import tell

ROLE_OF = {Capacity.OWNER: Role.FRONTLINE, Capacity.INSPECTOR: Role.DUTY_INSPECTOR}


@dataclass(frozen=True)
class NewHolder:
    """Who takes an incident on, in which capacity. why: the reason, in a sentence."""

    capacity: Capacity
    officer: Officer
    basis: Basis
    why: str
    is_fallback: bool = False
    item: HandoverItem | None = None


def start_chains(
    *,
    incident: Incident,
    by: Officer | None,
    now: datetime,
    basis: Basis,
    figures: Figures | None = None,
) -> None:
    """Name an owner and an inspector from the rota, at once (OWN-1, OWN-2).

    The owner is whoever logs or reopens it, when the rota has them on frontline duty in that BCU
    now; otherwise the rota's frontline officer. Where the rota has a gap the BCU's fallback officer
    answers, and where there is none the officer who logged it does: a report is never refused and
    never unowned. Either way the event says so and the BCU's superintendents are told. figures:
    those in force now, where the caller has read them.
    Raises NobodyToAnswer only when nobody at all is there, not even somebody who logged it.
    """
    found = [_to_answer(incident, capacity, basis, by, now) for capacity in Capacity]
    take(found, incident=incident, by=by, now=now)
    # Nobody has graded what has just been reported: such a notice waits for nothing.
    urgent = True if basis == Basis.REPORTED else None
    for each in found:
        for officer, title in _told_of_start(incident, each, by):
            tell(
                officer,
                incident=incident,
                title=title,
                link=reverse("incident", args=[incident.reference]),
                now=now,
                urgent=urgent,
                figures=figures,
            )


def take(
    taken: Sequence[NewHolder],
    *,
    incident: Incident,
    by: Officer | None,
    now: datetime,
    after: Sequence[trail.Happening[Any]] = (),
) -> None:
    """Add a link to each chain of a locked incident that is taken on, and record it.

    after: what happened just before and is recorded first, together with it. A chain only grows
    forward: where the clock has not moved past the last link, this one starts a microsecond later.
    """
    last = _last_links(incident, taken)
    links = CustodyLink.objects.bulk_create(
        CustodyLink(
            incident=incident,
            capacity=each.capacity,
            officer=each.officer,
            taken_at=_later(now, last.get(each.capacity)),
            basis=each.basis,
            is_fallback=each.is_fallback,
            handover_item=each.item,
        )
        for each in taken
    )
    happened = [
        _as_event(link, each.why, last.get(each.capacity))
        for link, each in zip(links, taken, strict=True)
    ]
    trail.record_many([*after, *happened], by=by, now=now)


def _last_links(incident: Incident, taken: Sequence[NewHolder]) -> dict[str, CustodyLink]:
    """{capacity: the last link of its chain}; what has just been reported has none yet."""
    if all(each.basis == Basis.REPORTED for each in taken):
        return {}
    found = (
        CustodyLink.objects.select_related("officer")
        .filter(incident=incident, capacity__in=[each.capacity for each in taken])
        .order_by("capacity", "-taken_at")
        .distinct("capacity")
    )
    return {link.capacity: link for link in found}


def _later(now: datetime, last: CustodyLink | None) -> datetime:
    return now if last is None else max(now, last.taken_at + timedelta(microseconds=1))


def _as_event(
    link: CustodyLink, why: str, last: CustodyLink | None
) -> trail.Happening[events.Taken]:
    capacity = Capacity(link.capacity)
    before = f" Until then: {last.officer}." if last else ""
    return happening(
        link.incident,
        events.TAKEN,
        events.Taken(
            capacity=capacity.value,
            officer=link.officer_id,
            basis=Basis(link.basis).value,
            link=link.pk,
            taken_at=link.taken_at,
            is_fallback=link.is_fallback,
            before=last.officer_id if last else None,
        ),
        summary=f"{link.officer} is {capacity.label.lower()} of {link.incident.reference} from "
        f"{at_time(link.taken_at)}. {why}{before}",
    )


def _to_answer(
    incident: Incident, capacity: Capacity, basis: Basis, by: Officer | None, now: datetime
) -> NewHolder:
    role = ROLE_OF[capacity]
    if capacity is Capacity.OWNER and by is not None and _is_on(by, incident, role, now):
        return NewHolder(capacity, by, basis, "On frontline duty and took the report.")
    try:
        found = on_duty(incident.bcu, role, now)
    except NobodyToAnswer as gap:
        if by is None:
            raise
        why = f"{gap.message} {by} logged it and answers until somebody takes it on."
        return NewHolder(capacity, by, basis, why, is_fallback=True)
    why = f"On duty as {role.label}."
    if found.is_fallback:
        why = (
            f"The rota of {incident.bcu_id} has nobody on duty as {role.label}: "
            "the BCU's fallback officer answers."
        )
    return NewHolder(capacity, found.officer, basis, why, is_fallback=found.is_fallback)


def _is_on(officer: Officer, incident: Incident, role: Role, now: datetime) -> bool:
    return Shift.objects.filter(
        officer=officer, bcu=incident.bcu_id, role=role, starts_at__lte=now, ends_at__gt=now
    ).exists()


def _told_of_start(
    incident: Incident, taken: NewHolder, by: Officer | None
) -> Iterator[tuple[Officer, str]]:
    """Who hears of it, and what: whoever answers and did not log it; of a gap superintendents."""
    what = f"{taken.capacity.label.lower()} of {incident.reference}, {incident.person.name}"
    if taken.is_fallback or by is None or taken.officer.pk != by.pk:
        yield taken.officer, f"You are {what}"
    if taken.is_fallback:
        for superintendent in superintendents_of(incident):
            yield superintendent, f"Gap in the rota: {taken.officer} is {what}"


def superintendents_of(incident: Incident) -> list[Officer]:
    """Those posted to the incident's BCU: they are told of a gap in the rota."""
    return list(
        Officer.objects.filter(
            bcu=incident.bcu_id, role=Role.SUPERINTENDENT, is_active=True
        ).order_by("pk")
    )
