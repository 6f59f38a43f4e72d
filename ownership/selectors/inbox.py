"""Reads of the inbox."""

from django.db.models import F, QuerySet

from officers.models import Officer
from ownership.models import InboxItem


def inbox_of(officer: Officer) -> QuerySet[InboxItem]:
    """The officer's items: unread first, then newest first."""
    return (
        InboxItem.objects.filter(officer=officer)
        .select_related("incident__person", "deadline")
        .order_by(F("read_at").desc(nulls_first=True), "-raised_at", "-pk")
    )


def unread_count(officer: Officer) -> int:
    """How many items the officer has not read."""
    return InboxItem.objects.filter(officer=officer, read_at__isnull=True).count()
