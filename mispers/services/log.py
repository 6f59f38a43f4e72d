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
    reference: str,
    *,
    by: Officer,
    now: datetime,
    text: str,
    source: str = "",
    source_kind: str = "",
) -> LogEntry:
    """Add information to the log, with where it came from and what kind of source that is.

    From a professional it makes the review of the risk due at once (RISK-4). On a closed record
    the event is another one, to which the duty inspector must answer (NEW-1). Raises Invalid.
    """
    fields = Fields(now)
    text = fields.text("text", text, required="Write what is to be logged.")
    source = fields.line("source", source)
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
        )
        whence = _whence(source, source_kind)
        closed = "" if incident.is_open else " after the record was closed"
        record(
            incident,
            events.LOGGED if incident.is_open else events.LOGGED_ON_CLOSED,
            by=by,
            now=now,
            summary=f"{by} logged information{whence}{closed}: {quoted(text)}",
            entry=entry.pk,
            source=source,
            source_kind=source_kind,
        )
    return entry


def _whence(source: str, source_kind: str) -> str:
    kind = LogEntry.SourceKind(source_kind).label if source_kind else ""
    if not source:
        return f" from {kind[0].lower()}{kind[1:]}" if kind else ""
    return f" from {without_stop(source)}" + (f" ({kind[0].lower()}{kind[1:]})" if kind else "")
