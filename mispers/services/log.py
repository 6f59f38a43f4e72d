"""The log: information and notes, on an open record and on a closed one (NEW-1)."""

from datetime import datetime

from mispers import events
from mispers.models import LogEntry
from mispers.services.fields import Fields
from mispers.services.gateway import incident_for_change, record
from mispers.wording import quoted, without_stop
from officers.models import Officer
from officers.permissions import Permission


def add_log_entry(
    reference: str, *, by: Officer, now: datetime, text: str, source: str = ""
) -> LogEntry:
    """Add information to the log, with where it came from.

    On a closed record the event is another one, to which the duty inspector must answer (NEW-1).
    Raises Invalid.
    """
    fields = Fields(now)
    text = fields.text("text", text, required="Write what is to be logged.")
    source = fields.line("source", source)
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        fields.check()
        entry = LogEntry.objects.create(
            incident=incident, recorded_by=by, recorded_at=now, text=text, source=source
        )
        whence = f" from {without_stop(source)}" if source else ""
        closed = "" if incident.is_open else " after the record was closed"
        record(
            incident,
            events.LOGGED if incident.is_open else events.LOGGED_ON_CLOSED,
            by=by,
            now=now,
            summary=f"{by} logged information{whence}{closed}: {quoted(text)}",
            entry=entry.pk,
        )
    return entry
