"""Reads of the inbox, and of what an incident's officers were told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from mispers.models import Incident
from officers.models import Officer
from ownership.models import InboxItem

INBOX = "inbox"


@dataclass(frozen=True)
class Way:
    """How a notice went to its officer by one channel: the inbox, e-mail, phone or browser.

    state: waiting, sent, failed, dropped, or read (the inbox alone). Times are UTC.
    """

    channel: str
    channel_label: str
    state: str
    state_label: str
    attempts: int
    sent_at: datetime | None
    next_try_at: datetime | None
    reason: str


def ways_of(item: InboxItem) -> list[Way]:
    """The inbox first; it has a notice the moment it is raised."""
    read = item.read_at is not None
    inbox = Way(
        channel=INBOX,
        channel_label="Inbox",
        state="read" if read else "sent",
        state_label="Read" if read else "Not read",
        attempts=1,
        sent_at=item.raised_at,
        next_try_at=None,
        reason="",
    )
    return [
        inbox,
        *(
            Way(
                channel=each.channel,
                channel_label=str(each.get_channel_display()),
                state=each.state,
                state_label=str(each.get_state_display()),
                attempts=each.attempts,
                sent_at=each.sent_at,
                next_try_at=each.next_try_at,
                reason=each.reason,
            )
            for each in item.deliveries.all()
        ),
    ]


def inbox_of(officer: Officer) -> QuerySet[InboxItem]:
    """The officer's items: unread first, then newest first."""
    return (
        InboxItem.objects.filter(officer=officer)
        .select_related("incident__person", "deadline")
        .order_by(F("read_at").desc(nulls_first=True), "-raised_at", "-pk")
    )


def notices_of(officer: Officer) -> QuerySet[InboxItem]:
    """The officer's items with their deliveries, newest first."""
    return _with_ways(InboxItem.objects.filter(officer=officer))


def told_about(incident: Incident) -> QuerySet[InboxItem]:
    """Everything that anybody was told about the incident, newest first, with its deliveries."""
    return _with_ways(InboxItem.objects.filter(incident=incident))


def _with_ways(items: QuerySet[InboxItem]) -> QuerySet[InboxItem]:
    return (
        items.select_related("incident", "deadline", "officer")
        .prefetch_related("deliveries")
        .order_by("-raised_at", "-pk")
    )


def unread_count(officer: Officer) -> int:
    """How many items the officer has not read."""
    return InboxItem.objects.filter(officer=officer, read_at__isnull=True).count()


def with_ways(items: Iterable[InboxItem]) -> list[tuple[InboxItem, list[Way]]]:
    """Each item beside how it went out."""
    return [(item, ways_of(item)) for item in items]
