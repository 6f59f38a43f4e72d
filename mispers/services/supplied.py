"""Keeping one piece of what is known about a person, with its supplier: the same for every kind."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypedDict, TypeVar

from django.db.models import QuerySet

from core.checks import Complaints
from core.text import at_time, quoted, without_stop
from core.trail import Kind
from mispers.errors import AlreadyCorrected
from mispers.events import KnownRecorded
from mispers.models import Incident, Known, LogEntry
from mispers.selectors.known import known_entries
from mispers.services.gateway import check_open, incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission

K = TypeVar("K", bound=Known)
R = TypeVar("R", bound=KnownRecorded)
SourceKind = LogEntry.SourceKind


class Supplied(TypedDict, total=False):
    """Who said so, how to reach them and when; and which entry this takes the place of, and why.

    From the informant, name and contact may be left to the report. corrects: the id of the entry;
    counts=False says that it is no longer so.
    """

    supplier: str
    supplier_kind: str
    contact: str
    obtained_at: datetime | None
    corrects: int | None
    because: str
    counts: bool


@dataclass(frozen=True)
class Telling(Generic[K, R]):
    """One thing that is told about a person, before it is kept.

    says: what it says, in a few words. wrong: what is wrong with it so far. payload: the event's,
    with what else it says of the entry before it is saved.
    """

    entry: K
    kind: Kind[R]
    says: str
    wrong: Complaints
    payload: Callable[[K], Callable[..., R]] | None = None


def keep_known(
    telling: Telling[K, R], *, reference: str, by: Officer, now: datetime, supplied: Supplied
) -> K:
    """Save the entry on the incident with its supplier and its event.

    Raises Invalid with what is wrong with the telling and its supplier, Conflict when the incident
    is closed or when somebody has corrected the entry already.
    """
    entry, wrong = telling.entry, telling.wrong
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        check_open(incident)
        _name_supplier(entry, incident, wrong, supplied)
        _put_in_place(entry, incident, wrong, supplied)
        wrong.check()
        entry.incident, entry.recorded_by, entry.recorded_at = incident, by, now
        payload = telling.payload(entry) if telling.payload else telling.kind.payload
        entry.save(force_insert=True)
        record(
            incident,
            telling.kind,
            payload(
                entry=entry.pk,
                says=telling.says,
                counts=entry.counts,
                corrects=entry.corrects_id,
                supplier=entry.supplier,
                supplier_kind=entry.supplier_kind,
            ),
            by=by,
            now=now,
            at=entry.obtained_at,
            summary=_in_words(entry, by, telling.says),
        )
    return entry


def _name_supplier(entry: Known, incident: Incident, wrong: Complaints, supplied: Supplied) -> None:
    kind = supplied.get("supplier_kind") or ""
    name, contact = supplied.get("supplier") or "", supplied.get("contact") or ""
    if kind:
        wrong.one_of("supplier_kind", kind, SourceKind.values)
    if kind == SourceKind.INFORMANT and not name.strip():
        name, contact = _informant(incident), contact.strip() or incident.informant_phone
    entry.supplier_kind = kind
    entry.supplier = wrong.line("supplier", name, required="Say who told you.")
    entry.contact = wrong.line(
        "contact", contact, required="Say how to reach them, or that they gave no way to."
    )
    obtained_at = supplied.get("obtained_at")
    obtained_at = wrong.past("obtained_at", obtained_at, required="Say when you were told.")
    # Where it is missing the check above has said so, and nothing is saved.
    entry.obtained_at = obtained_at or wrong.now


def _informant(incident: Incident) -> str:
    parts = [incident.informant_name, incident.informant_relationship]
    return ", ".join(part for part in parts if part) if incident.informant_name else ""


def _put_in_place(entry: K, incident: Incident, wrong: Complaints, supplied: Supplied) -> None:
    """What it corrects, locked, so that of two corrections the second learns of the first."""
    entry.counts = supplied.get("counts", True)
    corrects, because = supplied.get("corrects"), supplied.get("because") or ""
    if corrects is None:
        if not entry.counts:
            wrong.add("corrects", "required", "Say which entry is no longer so.")
        entry.because = ""
        return
    entry.because = wrong.text("because", because, required="Say why it is corrected.")
    about = known_entries(type(entry), incident).values("pk")
    before = _locked(type(entry)._default_manager.filter(pk__in=about, pk=corrects)).first()
    if before is None:
        wrong.add("corrects", "unknown_entry", "There is no such entry about this person.")
        return
    later = type(entry)._default_manager.filter(corrects=before).select_related("recorded_by")
    if (done := later.first()) is not None:
        raise AlreadyCorrected(
            f"{done.recorded_by} corrected this on {at_time(done.recorded_at)}. Correct that one."
        )
    entry.corrects = before


def _locked(entries: QuerySet[K]) -> QuerySet[K]:
    """Through two incidents of one person, nothing else keeps two corrections apart."""
    return entries.select_for_update(of=("self",))


def _in_words(entry: Known, by: Officer, says: str) -> str:
    if not entry.counts:
        did = "recorded that this is no longer so"
    else:
        did = "corrected" if entry.corrects_id else "recorded"
    kind = f" ({SourceKind(entry.supplier_kind).label.lower()})" if entry.supplier_kind else ""
    why = f" Because: {quoted(entry.because)}" if entry.because else ""
    return (
        f"{by} {did}: {without_stop(says)}. From {without_stop(entry.supplier)}{kind}, "
        f"{without_stop(entry.contact)}, on {at_time(entry.obtained_at)}.{why}"
    )
