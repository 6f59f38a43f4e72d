"""Reading one's inbox: when something was read is part of the record."""

from datetime import datetime

from core.errors import NotVisible
from officers.models import Officer
from ownership.models import InboxItem


def read_item(*, item_id: int, by: Officer, now: datetime) -> InboxItem:
    """Mark one of the officer's own items read (the first time counts) and return it."""
    InboxItem.objects.filter(pk=item_id, officer=by, read_at__isnull=True).update(read_at=now)
    item = InboxItem.objects.filter(pk=item_id, officer=by).first()
    if item is None:
        raise NotVisible
    return item


def read_items(*, item_ids: list[int], by: Officer, now: datetime) -> int:
    """Mark several of the officer's own items read; answers how many were unread."""
    return InboxItem.objects.filter(pk__in=item_ids, officer=by, read_at__isnull=True).update(
        read_at=now
    )
