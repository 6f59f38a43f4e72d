"""The log: information and notes, on an open record and on a resolved one (NEW-1)."""

from datetime import datetime

from mispers import events
from mispers.models import Incident, LogEntry
from mispers.services.fields import Fields
from mispers.services.gateway import incident_for_change, record
from mispers.stages import Stage
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

    From a professional it names its supplier and makes the review of the risk due at once (RISK-4).
    On a resolved record, closed or located, the event is another one, to which the duty inspector
    must answer (NEW-1): a mother was once told that her information had been passed on, while the
    record was closed (IOPC, July 2022). Raises Invalid.
    """
    fields = Fields(now)
    text = fields.text("text", text, required="Write what is to be logged.")
    source = fields.line("source", source)
    if source_kind:
        fields.one_of("source_kind", source_kind, LogEntry.SourceKind.values)
    if source_kind == LogEntry.SourceKind.PROFESSIONAL and not source:
        fields.wrong("source", "required", "Say which professional, and how to reach them.")
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
        resolved = _resolved(incident, source, source_kind)
        record(
            incident,
            events.LOGGED_ON_CLOSED if resolved else events.LOGGED,
            by=by,
            now=now,
            summary=f"{by} logged information{whence}{resolved}: {quoted(text)}",
            entry=entry.pk,
            source=source,
            source_kind=source_kind,
        )
    return entry


def _resolved(incident: Incident, source: str, source_kind: str) -> str:
    """How the record was resolved before this arrived; empty where it was not.

    Of a located person, what others say is new; what officers note is their work on the closure.
    """
    if not incident.is_open:
        return " after the record was closed"
    by_others = (source or source_kind) and source_kind != LogEntry.SourceKind.POLICE
    is_located = incident.stage == Stage.CLOSURE
    return " after the person was recorded as located" if is_located and by_others else ""


def _whence(source: str, source_kind: str) -> str:
    kind = LogEntry.SourceKind(source_kind).label if source_kind else ""
    if not source:
        return f" from {kind[0].lower()}{kind[1:]}" if kind else ""
    return f" from {without_stop(source)}" + (f" ({kind[0].lower()}{kind[1:]})" if kind else "")
