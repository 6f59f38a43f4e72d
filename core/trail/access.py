"""The access log: who looked at which record, when and why."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from core.models import Access
from core.trail.recording import Person


def log_access(
    access_kind: Access.Kind,
    *,
    by: Person | None,
    now: datetime,
    stream: str = "",
    reason: str = "",
    client: str = "",
    detail: Mapping[str, Any] | None = None,
) -> Access:
    """Write down that somebody looked: the record's stream, who, when and why."""
    return log_accesses(
        access_kind, [stream], by=by, now=now, reason=reason, client=client, detail=detail
    )[0]


def log_accesses(
    access_kind: Access.Kind,
    streams: Iterable[str],
    *,
    by: Person | None,
    now: datetime,
    reason: str = "",
    client: str = "",
    detail: Mapping[str, Any] | None = None,
) -> list[Access]:
    """Write down that somebody looked at several records at once, each as an entry of its own."""
    return Access.objects.bulk_create(
        Access(
            kind=access_kind,
            stream=stream,
            at=now,
            officer_id=by.pk if by else None,
            client=client or (by.acting_through if by else ""),
            reason=reason,
            detail=dict(detail or {}),
        )
        for stream in streams
    )
