"""Taking an incident on: the only code that lengthens its two chains."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from core.text import at_time
from mispers.models import Incident
from mispers.services.gateway import record
from officers.models import Officer, Shift
from officers.rules.roles import Role
from officers.selectors.duty import NobodyToAnswer, on_duty
from ownership import events
from ownership.models import Capacity, CustodyLink, HandoverItem
from ownership.models.chain import Basis
from ownership.services.telling import tell

ROLE_OF = {Capacity.OWNER: Role.FRONTLINE, Capacity.INSPECTOR: Role.DUTY_INSPECTOR}


@dataclass(frozen=True)
class _Found:
    officer: Officer
    is_fallback: bool
    why: str


def start_chains(*, incident: Incident, by: Officer | None, now: datetime, basis: Basis) -> None:
    """Name an owner and an inspector from the rota, at once (OWN-1, OWN-2).

    The owner is whoever logs or reopens it, when the rota has them on frontline duty in that BCU
    now; otherwise the rota's frontline officer. Where the rota has a gap the BCU's fallback officer
    answers, and where there is none the officer who logged it does: a report is never refused and
    never unowned. Either way the event says so and the BCU's superintendents are told.
    Raises NobodyToAnswer only when nobody at all is there, not even somebody who logged it.
    """
    for capacity in Capacity:
        found = _to_answer(incident, capacity, by, now)
        take(
            incident=incident,
            capacity=capacity,
            officer=found.officer,
            by=by,
            now=now,
            basis=basis,
            is_fallback=found.is_fallback,
            why=found.why,
        )
        _tell_of_start(incident, capacity, found, by, now)


def take(
    *,
    incident: Incident,
    capacity: Capacity,
    officer: Officer,
    by: Officer | None,
    now: datetime,
    basis: Basis,
    why: str,
    is_fallback: bool = False,
    item: HandoverItem | None = None,
) -> CustodyLink:
    """Add a link to a chain of a locked incident and record it. why: the reason, in a sentence.

    A chain only grows forward: where the clock has not moved past the last link, this one starts a
    microsecond after it.
    """
    last = (
        CustodyLink.objects.select_related("officer")
        .filter(incident=incident, capacity=capacity)
        .order_by("-taken_at")
        .first()
    )
    taken_at = now if last is None else max(now, last.taken_at + timedelta(microseconds=1))
    link = CustodyLink.objects.create(
        incident=incident,
        capacity=capacity,
        officer=officer,
        taken_at=taken_at,
        basis=basis,
        is_fallback=is_fallback,
        handover_item=item,
    )
    before = f" Until then: {last.officer}." if last else ""
    record(
        incident,
        events.TAKEN,
        events.Taken(
            capacity=capacity.value,
            officer=officer.pk,
            basis=Basis(basis).value,
            link=link.pk,
            taken_at=taken_at,
            is_fallback=is_fallback,
            before=last.officer_id if last else None,
        ),
        by=by,
        now=now,
        summary=f"{officer} is {capacity.label.lower()} of {incident.reference} from "
        f"{at_time(taken_at)}. {why}{before}",
    )
    return link


def _to_answer(incident: Incident, capacity: Capacity, by: Officer | None, now: datetime) -> _Found:
    role = ROLE_OF[capacity]
    if capacity is Capacity.OWNER and by is not None and _is_on(by, incident, role, now):
        return _Found(by, is_fallback=False, why="On frontline duty and took the report.")
    try:
        found = on_duty(incident.bcu, role, now)
    except NobodyToAnswer as gap:
        if by is None:
            raise
        why = f"{gap.message} {by} logged it and answers until somebody takes it on."
        return _Found(by, is_fallback=True, why=why)
    if found.is_fallback:
        why = (
            f"The rota of {incident.bcu_id} has nobody on duty as {role.label}: "
            "the BCU's fallback officer answers."
        )
        return _Found(found.officer, is_fallback=True, why=why)
    return _Found(found.officer, is_fallback=False, why=f"On duty as {role.label}.")


def _is_on(officer: Officer, incident: Incident, role: Role, now: datetime) -> bool:
    return Shift.objects.filter(
        officer=officer, bcu=incident.bcu_id, role=role, starts_at__lte=now, ends_at__gt=now
    ).exists()


def _tell_of_start(
    incident: Incident, capacity: Capacity, found: _Found, by: Officer | None, now: datetime
) -> None:
    link = reverse("incident", args=[incident.reference])
    what = f"{incident.reference}, {incident.person.name}"
    if found.is_fallback or by is None or found.officer.pk != by.pk:
        tell(
            found.officer,
            incident=incident,
            title=f"You are {capacity.label.lower()} of {what}",
            link=link,
            now=now,
        )
    if not found.is_fallback:
        return
    for superintendent in superintendents_of(incident):
        tell(
            superintendent,
            incident=incident,
            title=f"Gap in the rota: {found.officer} is {capacity.label.lower()} of {what}",
            link=link,
            now=now,
        )


def superintendents_of(incident: Incident) -> list[Officer]:
    """Those posted to the incident's BCU: they are told of a gap in the rota."""
    return list(
        Officer.objects.filter(
            bcu=incident.bcu_id, role=Role.SUPERINTENDENT, is_active=True
        ).order_by("pk")
    )
