"""Raising the reminders that are due: each rung once, whatever crashes."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from core import trail
from core.db.bulk import update_each
from mispers.models import Incident
from mispers.selectors.protocol import Figures, in_force
from officers.models import Officer
from ownership import events
from ownership.deadlines.routing import Routing
from ownership.models import Deadline, InboxItem
from ownership.rules.rungs import Rung, next_falls_at
from ownership.selectors.where_done import where_done
from ownership.services.channels import send_out
from ownership.services.telling import is_urgent, post_soon, shortened
from riskassessment.selectors.assessments import grades_at

logger = logging.getLogger(__name__)

# How many deadlines share a transaction: the incidents are locked no longer than that takes.
BATCH = 500


def raise_due_reminders(*, now: datetime, limit: int | None = None) -> int:
    """Raise every rung that has fallen; answers how many items were raised.

    Reads only deadlines whose rung is due. An incident somebody is changing is left to the next
    sweep, so a sweep never waits; two sweeps at once share the work. limit: deadlines at most.
    """
    return sum(raise_in_batches(now=now, limit=limit))


def raise_in_batches(*, now: datetime, limit: int | None = None) -> Iterator[int]:
    """The same batch by batch, each a transaction of its own: how many items it raised.

    What is urgent goes out when all are raised, a message a person and not one a batch.
    """
    after: tuple[datetime, int] | None = None
    left, urgent = limit, set[int]()
    while left is None or left > 0:
        size = BATCH if left is None else min(BATCH, left)
        page = _page(now, after, size)
        if not page:
            break
        items = _raise_safely([pk for _, pk in page], now)
        urgent |= {item.officer_id for item in items if item.urgent}
        yield len(items)
        after = page[-1]
        left = None if left is None else left - len(page)
        if len(page) < size:
            break  # There is no more: what falls due meanwhile is the next sweep's.
    post_soon(urgent)


def due_by(now: datetime) -> QuerySet[Deadline]:
    """Deadlines whose next rung has fallen, in that order: a range of one partial index."""
    return Deadline.objects.filter(
        next_rung_at__lte=now, met_at__isnull=True, cancelled_at__isnull=True
    ).order_by("next_rung_at", "pk")


def _page(
    now: datetime, after: tuple[datetime, int] | None, size: int
) -> list[tuple[datetime, int]]:
    found = due_by(now)
    if after is not None:
        at, pk = after
        found = found.filter(next_rung_at__gte=at).exclude(Q(next_rung_at=at, pk__lte=pk))
    return list(found.values_list("next_rung_at", "pk")[:size])  # type: ignore[arg-type]  # not null


def _raise_safely(deadline_ids: Sequence[int], now: datetime) -> list[InboxItem]:
    """One record that cannot be reminded about must not silence all the others."""
    try:
        return _raise_batch(deadline_ids, now)
    except Exception:
        logger.exception("%s reminders could not be raised together.", len(deadline_ids))
    raised: list[InboxItem] = []
    for pk in deadline_ids if len(deadline_ids) > 1 else ():
        try:
            raised += _raise_batch([pk], now)
        except Exception:
            logger.exception("The reminder of deadline %s could not be raised.", pk)
    return raised


@dataclass(frozen=True)
class _Raised:
    """One rung that fell, and whom it tells."""

    deadline: Deadline
    rung: Rung
    incident: Incident
    told: Sequence[Officer]
    urgent: bool


@transaction.atomic
def _raise_batch(deadline_ids: Sequence[int], now: datetime) -> list[InboxItem]:
    """The rungs due of these deadlines, under the locks of their incidents taken in one order."""
    incidents = {
        incident.pk: incident
        for incident in Incident.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk__in=Deadline.objects.filter(pk__in=deadline_ids).values("incident_id"))
        .order_by("pk")
    }
    if not incidents:
        return []
    # Read again under the lock: another sweep may have raised them, an officer may have met them.
    deadlines = list(
        due_by(now).filter(pk__in=deadline_ids, incident__in=incidents).select_related("officer")
    )
    figures = in_force(now)
    grades = grades_at(list(incidents.values()), now)
    routing = Routing(list(incidents.values()), now)
    raised = [
        each
        for deadline in deadlines
        for each in _climb(
            deadline,
            incidents[deadline.incident_id],
            grades.get(deadline.incident_id),
            figures,
            routing,
            now,
        )
    ]
    items = _store(raised, figures, now)
    update_each(deadlines, ["next_rung", "next_rung_at"])
    return items


def _climb(
    deadline: Deadline,
    incident: Incident,
    grade: str | None,
    figures: Figures,
    routing: Routing,
    now: datetime,
) -> Iterator[_Raised]:
    """Every rung that has fallen, in order; a “due soon” after the due time is left out."""
    while deadline.next_rung_at is not None and deadline.next_rung_at <= now:
        rung = Rung(deadline.next_rung)
        deadline.next_rung = rung + 1
        deadline.next_rung_at = next_falls_at(deadline.next_rung, deadline, grade, figures)
        if rung is Rung.BEFORE and now >= deadline.due_at:
            continue
        told = routing.told(deadline, rung, incident)
        yield _Raised(deadline, rung, incident, told, is_urgent(grade))


def _store(raised: Sequence[_Raised], figures: Figures, now: datetime) -> list[InboxItem]:
    """The items, what goes out of them, and an event on the trail for each rung."""
    there = set(
        InboxItem.objects.filter(
            kind=InboxItem.Kind.REMINDER, deadline__in={each.deadline.pk for each in raised}
        ).values_list("deadline_id", "rung", "due_at", "officer_id")
    )
    places = where_done([each.deadline for each in raised], [each.incident for each in raised])
    items = InboxItem.objects.bulk_create(
        _item(each, officer, places[each.deadline.pk], figures, now)
        for each in raised
        for officer in each.told
        if (each.deadline.pk, each.rung, each.deadline.due_at, officer.pk) not in there
    )
    send_out(items, figures=figures, now=now)
    trail.record_many([_happening(each) for each in raised], by=None, now=now)
    return items


def _item(
    raised: _Raised, officer: Officer, link: str, figures: Figures, now: datetime
) -> InboxItem:
    deadline, rung = raised.deadline, raised.rung
    climbs = raised.urgent and rung is not Rung.SUPERINTENDENT
    return InboxItem(
        officer=officer,
        incident=raised.incident,
        kind=InboxItem.Kind.REMINDER,
        deadline=deadline,
        rung=rung,
        due_at=deadline.due_at,
        urgent=raised.urgent,
        title=shortened(f"{rung.label}: {deadline.title} ({deadline.code})"),
        link=link,
        raised_at=now,
        unread_escalates_at=now + figures.allow("unread_high") if climbs else None,
    )


def _happening(raised: _Raised) -> trail.Happening[events.Reminded]:
    deadline, rung = raised.deadline, raised.rung
    names = ", ".join(str(officer) for officer in raised.told)
    return trail.Happening(
        events.REMINDED,
        stream=raised.incident.reference,
        summary=f"{rung.label}: “{deadline.title}” ({deadline.code}). Told: {names or 'nobody'}.",
        data=events.Reminded(
            deadline=deadline.pk,
            code=deadline.code,
            rung=rung.name.lower(),
            due_at=deadline.due_at,
            told=tuple(officer.pk for officer in raised.told),
        ),
    )
