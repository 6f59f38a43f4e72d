"""Reading one's inbox: when something was read is part of the record."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from core import trail
from core.db.bulk import update_each
from core.errors import NotVisible
from officers.models import Officer
from ownership import events
from ownership.models import InboxItem
from ownership.services.locking import lock_incidents


def read_item(*, item_id: int, by: Officer, now: datetime) -> InboxItem:
    """Mark one of the officer's own items read (the first time counts) and return it."""
    read_items(item_ids=[item_id], by=by, now=now)
    item = InboxItem.objects.select_related("incident").filter(pk=item_id, officer=by).first()
    if item is None:
        raise NotVisible
    return item


@transaction.atomic
def read_items(*, item_ids: Collection[int], by: Officer, now: datetime) -> int:
    """Mark several of the officer's own items read; answers how many were unread.

    Each goes on the trail of the incident that it is about.
    """
    mine = InboxItem.objects.filter(pk__in=item_ids, officer=by, read_at__isnull=True)
    lock_incidents(
        set(mine.exclude(incident=None).order_by().values_list("incident_id", flat=True))
    )
    items = list(mine.select_for_update(of=("self",)).select_related("incident").order_by("pk"))
    for item in items:
        item.read_at, item.unread_escalates_at = now, None
    update_each(items, ["read_at", "unread_escalates_at"])
    trail.record_many(
        [
            trail.Happening(
                events.READ,
                stream=item.incident.reference,
                summary=f"Read by {by}: “{item.title}”",
                data=events.Read(item=item.pk, raised_at=item.raised_at),
            )
            for item in items
            if item.incident is not None
        ],
        by=by,
        now=now,
    )
    return len(items)
