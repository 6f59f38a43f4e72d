"""The log: information and notes, on an open record and on a closed one (NEW-1)."""

from datetime import datetime

from mispers import events
from mispers.models import LogEntry
from mispers.services.fields import Fields
from mispers.services.gateway import incident_for_change, record
from mispers.wording import at_time, quoted, without_stop
from officers.models import Officer
from officers.permissions import Permission


def add_log_entry(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    text: str,
    source: str = "",
    source_kind: str = "",
    contact: str = "",
    obtained_at: datetime | None = None,
) -> LogEntry:
    """Add information to the log, with where it came from and what kind of source that is.

    contact: how to reach the source; obtained_at: when it said so, if that was not just now. A
    professional is named, and makes the review of the risk due at once (RISK-4). On a closed record
    the event is another one, to which the duty inspector must answer (NEW-1). Raises Invalid.
    """
    fields = Fields(now)
    text = fields.text("text", text, required="Write what is to be logged.")
    is_professional = source_kind == LogEntry.SourceKind.PROFESSIONAL
    source = fields.line(
        "source", source, required="Say which professional, by name." if is_professional else ""
    )
    contact = fields.line("contact", contact)
    fields.past("obtained_at", obtained_at)
    if source_kind:
        fields.one_of("source_kind", source_kind, LogEntry.SourceKind.values)
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        fields.check()
        entry = LogEntry.objects.create(
            incident=incident,
            recorded_by=by,
            recorded_at=now,
            text=text,
            source=source,
            source_kind=source_kind,
            contact=contact,
            obtained_at=obtained_at,
        )
        whence = _whence(entry)
        closed = "" if incident.is_open else " after the record was closed"
        record(
            incident,
            events.LOGGED if incident.is_open else events.LOGGED_ON_CLOSED,
            by=by,
            now=now,
            at=obtained_at,
            summary=f"{by} logged information{whence}{closed}: {quoted(text)}",
            entry=entry.pk,
            source=source,
            source_kind=source_kind,
        )
    return entry


def _whence(entry: LogEntry) -> str:
    kind = LogEntry.SourceKind(entry.source_kind).label if entry.source_kind else ""
    kind = f"{kind[:1].lower()}{kind[1:]}"
    if not entry.source:
        return f" from {kind}" if kind else ""
    reach = f", {without_stop(entry.contact)}," if entry.contact else ""
    when = f" on {at_time(entry.obtained_at)}" if entry.obtained_at else ""
    return f" from {without_stop(entry.source)}{f' ({kind})' if kind else ''}{reach}{when}"
