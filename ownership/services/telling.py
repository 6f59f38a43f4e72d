"""Telling an officer something: an entry in their inbox, which the post then carries by e-mail."""

from collections.abc import Iterable
from datetime import datetime

from celery import current_app
from django.db import transaction

from mispers.models import Incident
from officers.models import Officer
from ownership.models import InboxItem

LONGEST_TITLE = 300


def tell(
    officer: Officer, *, incident: Incident | None, title: str, link: str, now: datetime
) -> InboxItem:
    """Put a notice into the officer's inbox, in the caller's transaction. link: a path, no host."""
    item = InboxItem.objects.create(
        officer=officer,
        incident=incident,
        kind=InboxItem.Kind.NOTICE,
        title=title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…",
        link=link,
        raised_at=now,
    )
    post_soon([officer])
    return item


def post_soon(officers: Iterable[Officer]) -> None:
    """Once the transaction holds, have what these officers were told sent to them by e-mail."""
    for officer_id in sorted({officer.pk for officer in officers}):
        transaction.on_commit(
            lambda officer_id=officer_id: current_app.send_task(  # type: ignore[misc]
                "ownership.tasks.send_post", kwargs={"officer_id": officer_id}
            ),
            robust=True,
        )
