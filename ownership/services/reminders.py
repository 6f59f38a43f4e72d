"""Raising the reminders that are due: each rung once, whatever crashes."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from core import trail
from mispers.models import Incident
from mispers.protocol import Figures, in_force
from officers.models import Officer
from ownership import events
from ownership.deadlines.codes import DUES
from ownership.deadlines.rungs import Rung, recipients, schedule
from ownership.models import Deadline, HandoverItem, InboxItem
from ownership.services.telling import post_soon
from riskassessment.selectors import current_grade

logger = logging.getLogger(__name__)

# How many incidents one sweep takes on; what is left waits for the next, seconds later.
BATCH = 500


def raise_due_reminders(*, now: datetime, limit: int = BATCH) -> int:
    """Raise every rung that has fallen, incident by incident; answers how many items were raised.

    Reads only deadlines whose rung is due. An incident somebody is changing is left to the next
    sweep, so a sweep never waits; two sweeps at once share the work.
    """
    due = _due(now).order_by("next_rung_at", "pk").values_list("incident_id", flat=True)[:limit]
    return sum(_remind_safely(pk, now) for pk in dict.fromkeys(due))


def _due(now: datetime) -> QuerySet[Deadline]:
    return Deadline.objects.filter(
        next_rung_at__lte=now, met_at__isnull=True, cancelled_at__isnull=True
    )


def _remind_safely(incident_pk: int, now: datetime) -> int:
    """One record that cannot be reminded about must not silence all the others."""
    try:
        return _remind_about(incident_pk, now)
    except Exception:
        logger.exception("Reminders of incident %s could not be raised.", incident_pk)
        return 0


@transaction.atomic
def _remind_about(incident_pk: int, now: datetime) -> int:
    """All rungs due on one incident, under its lock, in the order in which they fell."""
    incident = (
        Incident.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=incident_pk)
        .first()
    )
    if incident is None:
        return 0
    figures, grade = in_force(now), current_grade(incident)
    raised = 0
    for deadline in _due(now).filter(incident=incident).select_related("officer", "incident"):
        while deadline.next_rung_at is not None and deadline.next_rung_at <= now:
            raised += _raise(deadline, incident, grade, figures, now)
        deadline.save(update_fields=["next_rung", "next_rung_at"])
    return raised


def _raise(
    deadline: Deadline, incident: Incident, grade: str | None, figures: Figures, now: datetime
) -> int:
    """Raise one rung and move to the next; a “due soon” after the due time is dropped."""
    rung = Rung(deadline.next_rung)
    deadline.next_rung = rung + 1
    schedule(deadline, grade, figures)
    if rung is Rung.BEFORE and now >= deadline.due_at:
        return 0
    told = recipients(deadline, rung, incident, now)
    InboxItem.objects.bulk_create(
        [_item(deadline, rung, incident, officer, now) for officer in told], ignore_conflicts=True
    )
    names = ", ".join(str(officer) for officer in told)
    trail.record(
        events.REMINDED,
        stream=incident.reference,
        by=None,
        now=now,
        summary=f"{rung.label}: “{deadline.title}” ({deadline.code}). Told: {names or 'nobody'}.",
        data={
            "deadline": deadline.pk,
            "code": deadline.code,
            "rung": rung.name.lower(),
            "due_at": deadline.due_at,
            "told": [officer.pk for officer in told],
        },
    )
    post_soon(told)
    return len(told)


def _item(
    deadline: Deadline, rung: Rung, incident: Incident, officer: Officer, now: datetime
) -> InboxItem:
    return InboxItem(
        officer=officer,
        incident=incident,
        kind=InboxItem.Kind.REMINDER,
        deadline=deadline,
        rung=rung,
        title=f"{rung.label}: {deadline.title} ({deadline.code})",
        link=_where(deadline, incident),
        raised_at=now,
    )


def _where(deadline: Deadline, incident: Incident) -> str:
    """The page on which it is done; an offer that waits has one of its own."""
    name = DUES[deadline.code].url_name
    if name != "handovers":
        return reverse(name, args=[incident.reference])
    item = deadline.subject
    if item.isdigit():
        return reverse("handover", args=[HandoverItem.objects.get(pk=item).handover_id])
    return reverse(name)
