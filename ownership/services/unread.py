"""A high-risk reminder that nobody reads goes to somebody above: quiet never means done."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from core import trail
from mispers.models import Incident
from mispers.selectors.protocol import Figures, in_force
from officers.models import Officer
from ownership import events
from ownership.deadlines.routing import Routing
from ownership.models import InboxItem
from ownership.rules.rungs import Rung
from ownership.services.channels import send_out
from ownership.services.telling import post_soon, shortened

BATCH = 200


def escalate_unread(*, now: datetime) -> int:
    """Tell somebody above of each high-risk reminder unread too long; answers how many were told.

    Reads only items whose time has come. One that a colleague told of the same rung has read, or
    whose deadline has ended meanwhile, climbs no further.
    """
    found = _overdue(now).order_by("unread_escalates_at", "pk")
    incidents = dict.fromkeys(found.values_list("incident_id", flat=True)[:BATCH])
    return sum(_escalate_on(pk, now) for pk in incidents)


def _overdue(now: datetime) -> QuerySet[InboxItem]:
    return InboxItem.objects.filter(unread_escalates_at__lte=now, read_at__isnull=True)


@transaction.atomic
def _escalate_on(incident_pk: int, now: datetime) -> int:
    """One incident's, under its lock; left to the next sweep if somebody is changing it."""
    incident = (
        Incident.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(pk=incident_pk)
        .first()
    )
    if incident is None:
        return 0
    unread = _overdue(now).filter(incident=incident)
    climbing = list(
        unread.filter(deadline__met_at__isnull=True, deadline__cancelled_at__isnull=True)
        .exclude(Exists(_same_read()))
        .select_related("deadline", "officer")
        .order_by("pk")
    )
    pks = list(unread.values_list("pk", flat=True))
    items = _tell(climbing, incident, in_force(now), now)
    InboxItem.objects.filter(pk__in=pks).update(unread_escalates_at=None)
    return len(items)


def _same_read() -> QuerySet[InboxItem]:
    """The same notice as somebody else was given it, and read."""
    same_reminder = Q(kind=InboxItem.Kind.REMINDER, due_at=OuterRef("due_at"))
    same_unread = Q(kind=InboxItem.Kind.UNREAD, about=OuterRef("about"))
    return InboxItem.objects.filter(
        same_reminder | same_unread,
        kind=OuterRef("kind"),
        deadline=OuterRef("deadline"),
        rung=OuterRef("rung"),
        read_at__isnull=False,
    )


def _tell(
    unread: Sequence[InboxItem], incident: Incident, figures: Figures, now: datetime
) -> list[InboxItem]:
    """Whoever is a rung above those who have not read, each once for each reminder."""
    if not unread:
        return []
    routing = Routing([incident], now)
    told_before = set(
        InboxItem.objects.filter(
            kind=InboxItem.Kind.UNREAD, about__in=[item.about_id or item.pk for item in unread]
        ).values_list("about_id", "officer_id")
    )
    items: dict[tuple[int, int, int], InboxItem] = {}
    for item in unread:
        rung = Rung.INSPECTOR if (item.rung or 0) < Rung.INSPECTOR else Rung.SUPERINTENDENT
        told = (
            routing.inspectors(incident)
            if rung is Rung.INSPECTOR
            else routing.superintendents(incident)
        )
        for officer in told:
            key = (item.deadline_id or 0, rung, officer.pk)
            known = (item.about_id or item.pk, officer.pk) in told_before
            if officer.pk != item.officer_id and key not in items and not known:
                items[key] = _item(item, rung, officer, figures, now)
    stored = InboxItem.objects.bulk_create(items.values())
    send_out(stored, figures=figures, now=now)
    trail.record_many(_happenings(stored, incident), by=None, now=now)
    post_soon(item.officer_id for item in stored)
    return stored


def _item(
    unread: InboxItem, rung: Rung, officer: Officer, figures: Figures, now: datetime
) -> InboxItem:
    about = unread.about or unread
    climbs = rung is not Rung.SUPERINTENDENT
    return InboxItem(
        officer=officer,
        incident_id=unread.incident_id,
        kind=InboxItem.Kind.UNREAD,
        deadline=unread.deadline,
        rung=rung,
        due_at=about.due_at,
        about=about,
        urgent=True,
        title=shortened(f"Not read by {unread.officer}: {about.title}"),
        link=unread.link,
        raised_at=now,
        unread_escalates_at=now + figures.allow("unread_high") if climbs else None,
    )


def _happenings(
    items: Sequence[InboxItem], incident: Incident
) -> list[trail.Happening[events.Unread]]:
    return [
        trail.Happening(
            events.UNREAD,
            stream=incident.reference,
            summary=f"{item.title}. Told: {item.officer}.",
            data=events.Unread(item=item.about_id, rung=item.rung, told=(item.officer_id,)),
        )
        for item in items
    ]
