"""The log: information and notes, on an open record and on a resolved one (NEW-1)."""

from datetime import datetime

from core.checks import Complaints
from core.text import at_time, quoted, without_stop
from mispers import events
from mispers.models import Incident, LogEntry
from mispers.rules.stages import Stage
from mispers.services.gateway import incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission


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
    professional is named, and makes the review of the risk due at once (RISK-4). On a resolved
    record, closed or located, the event is another one, to which the duty inspector must answer
    (NEW-1): a mother was once told that her information had been passed on, while the record was
    closed (IOPC, July 2022). Raises Invalid.
    """
    wrong = Complaints(now)
    is_professional = source_kind == LogEntry.SourceKind.PROFESSIONAL
    named = "Say which professional, by name." if is_professional else ""
    if source_kind:
        wrong.one_of("source_kind", source_kind, LogEntry.SourceKind.values)
    given = {
        "text": wrong.text("text", text, required="Write what is to be logged."),
        "source": wrong.line("source", source, required=named),
        "source_kind": source_kind,
        "contact": wrong.line("contact", contact),
        "obtained_at": wrong.past("obtained_at", obtained_at),
    }
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        wrong.check()
        entry = LogEntry.objects.create(incident=incident, recorded_by=by, recorded_at=now, **given)
        resolved = _resolved(incident, entry.source, source_kind)
        record(
            incident,
            events.LOGGED_ON_CLOSED if resolved else events.LOGGED,
            events.Logged(entry=entry.pk, source=entry.source, source_kind=source_kind),
            by=by,
            now=now,
            at=entry.obtained_at,
            summary=f"{by} logged information{_whence(entry)}{resolved}: {quoted(entry.text)}",
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


def _whence(entry: LogEntry) -> str:
    kind = LogEntry.SourceKind(entry.source_kind).label if entry.source_kind else ""
    kind = f"{kind[:1].lower()}{kind[1:]}"
    if not entry.source:
        return f" from {kind}" if kind else ""
    reach = f", {without_stop(entry.contact)}," if entry.contact else ""
    when = f" on {at_time(entry.obtained_at)}" if entry.obtained_at else ""
    return f" from {without_stop(entry.source)}{f' ({kind})' if kind else ''}{reach}{when}"
