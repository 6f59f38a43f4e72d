"""Deciding on information that arrived on a closed record: an inspector, with a reason (NEW-1)."""

from datetime import datetime

from core.checks import Complaints
from core.models import Event
from core.text import quoted
from mispers import events
from mispers.errors import NotClosed
from mispers.services.gateway import incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission


def keep_closed(
    reference: str, *, by: Officer, now: datetime, reason: str, version: int | None = None
) -> Event:
    """Leave a closed incident closed in spite of what has arrived since, and say why.

    The other decision is to reopen it (`mispers.services.reopening`). Raises Invalid or Conflict.
    """
    wrong = Complaints(now)
    reason = wrong.text("reason", reason, required="Say why the record stays closed.")
    with incident_for_change(
        reference, by=by, now=now, permission=Permission.AUTHORISE_CLOSURE, version=version
    ) as incident:
        wrong.check()
        if incident.is_open:
            raise NotClosed(f"{incident.reference} is open.")
        return record(
            incident,
            events.NEW_INFORMATION_DECIDED,
            events.NewInformationDecided(decision="keep_closed", reason=reason),
            by=by,
            now=now,
            summary=f"{by} read what had arrived and left the record closed: {quoted(reason)}",
        )
