"""Telling an officer something: an entry in their inbox, which then goes out to them."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from celery import current_app

from core.db.on_commit import once_on_commit
from core.text import cut
from mispers.models import Incident
from mispers.selectors.protocol import Figures, in_force
from officers.models import Officer
from ownership.models import InboxItem
from ownership.services.channels import send_out
from riskassessment.rules.grades import Grade
from riskassessment.selectors.assessments import current_grade

LONGEST_TITLE = 300


def tell(
    officer: Officer,
    *,
    incident: Incident | None,
    title: str,
    link: str,
    now: datetime,
    urgent: bool | None = None,
    figures: Figures | None = None,
) -> InboxItem:
    """Put a notice into the officer's inbox, in the caller's transaction. link: a path, no host.

    urgent: it waits for nothing; None: as the incident's grade has it (see `is_urgent`). figures:
    those in force now, where the caller has read them.
    """
    if urgent is None:
        urgent = incident is not None and is_urgent(current_grade(incident))
    item = InboxItem.objects.create(
        officer=officer,
        incident=incident,
        kind=InboxItem.Kind.NOTICE,
        title=shortened(title),
        link=link,
        raised_at=now,
        urgent=urgent,
    )
    send_out([item], figures=figures or in_force(now), now=now)
    if item.urgent:
        post_soon([officer.pk])
    return item


def is_urgent(grade: str | None) -> bool:
    """Whether notices about an incident of this grade wait for nothing; None: not graded yet."""
    return grade is None or grade == Grade.HIGH


def shortened(title: str) -> str:
    """As much of a title as an inbox holds."""
    return cut(title, LONGEST_TITLE)


def post_soon(officer_ids: Iterable[int]) -> None:
    """Once the transaction holds, have what is to go to these officers at once sent to them.

    A task that is lost loses nothing: the sweep of deliveries finds the same rows.
    """
    for officer_id in sorted(set(officer_ids)):
        once_on_commit(("post", officer_id), partial(_send_post, officer_id))


def _send_post(officer_id: int) -> None:
    current_app.send_task("ownership.tasks.send_post", kwargs={"officer_id": officer_id})
