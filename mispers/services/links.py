"""Linking incidents: the same person before, or reports that belong together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from core.checks import Complaints
from core.errors import Invalid
from core.text import listed
from mispers import events
from mispers.errors import AlreadyLinked
from mispers.models import Incident, IncidentLink
from mispers.selectors.incidents import incidents_visible_to
from mispers.services.gateway import incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission

MOST_AT_ONCE = 20
_AS = {
    IncidentLink.Kind.PREVIOUS: "an earlier incident of the same person",
    IncidentLink.Kind.LINKED: "belonging with it",
    IncidentLink.Kind.DUPLICATE: "the same report",
}


def link_incident(
    reference: str,
    *,
    other: str,
    by: Officer,
    now: datetime,
    kind: str = IncidentLink.Kind.PREVIOUS,
    version: int | None = None,
) -> IncidentLink:
    """Link the incident with another that the officer sees.

    Raises Invalid at `other` or `kind`, Conflict when they are linked already.
    """
    with (
        _both_locked(reference, other),
        incident_for_change(
            reference, by=by, now=now, permission=Permission.RECORD, version=version
        ) as incident,
    ):
        if kind not in IncidentLink.Kind.values:
            raise Invalid.field("kind", "invalid_choice", "There is no such kind of link.")
        wrong = Complaints(now)
        found = visible_incidents(wrong, by, "other", [other])
        wrong.check()
        if found[0].pk == incident.pk:
            raise Invalid.field("other", "itself", "An incident cannot be linked with itself.")
        if incident.links.filter(other=found[0]).exists():
            raise AlreadyLinked(
                f"{incident.reference} is linked with {found[0].reference} already."
            )
        return _link(incident, found, kind=IncidentLink.Kind(kind), by=by, now=now)[0]


def link_earlier(
    incident: Incident, earlier: Sequence[Incident], *, by: Officer, now: datetime
) -> None:
    """Link a new incident with the earlier ones of its person, inside the intake's transaction."""
    if earlier:
        _link(incident, earlier, kind=IncidentLink.Kind.PREVIOUS, by=by, now=now)


def visible_incidents(
    wrong: Complaints, by: Officer, field: str, references: Sequence[str]
) -> list[Incident]:
    """The incidents of these references; a complaint for any that the officer does not see."""
    wanted = list(dict.fromkeys(references))
    if len(wanted) > MOST_AT_ONCE:
        wrong.add(field, "too_many", f"Link at most {MOST_AT_ONCE} incidents at once.")
        return []
    if not wanted:
        return []
    # The database cannot even be asked for a text with a NUL in it; nothing is called that.
    askable = [each for each in wanted if "\x00" not in each]
    seen = incidents_visible_to(by).filter(reference__in=askable)
    found = {each.reference: each for each in seen}
    if len(found) < len(wanted):
        wrong.add(field, "unknown_incident", "There is no incident with this reference.")
    return [found[each] for each in wanted if each in found]


def _link(
    incident: Incident,
    others: Sequence[Incident],
    *,
    kind: IncidentLink.Kind,
    by: Officer,
    now: datetime,
) -> list[IncidentLink]:
    links = IncidentLink.objects.bulk_create(
        IncidentLink(incident=incident, other=other, kind=kind, made_by=by, made_at=now)
        for other in others
    )
    references = [other.reference for other in others]
    record(
        incident,
        events.LINKED,
        events.Linked(
            links=tuple(link.pk for link in links), kind=kind.value, others=tuple(references)
        ),
        by=by,
        now=now,
        summary=f"{by} linked {incident.reference} with {listed(references)}, as {_AS[kind]}.",
    )
    for other in sorted(others, key=lambda each: each.pk):
        if other.is_open:
            _note_there(other, incident, kind=kind, by=by, now=now)
    return links


def _note_there(
    other: Incident, incident: Incident, *, kind: IncidentLink.Kind, by: Officer, now: datetime
) -> None:
    """Whoever works on the other incident, still open, learns of it too, in whatever BCU."""
    with incident_for_change(other.reference, by=None, now=now) as there:
        record(
            there,
            events.LINKED_FROM,
            events.LinkedFrom(kind=kind.value, other=incident.reference),
            by=by,
            now=now,
            summary=f"{by} linked {incident.reference} with {there.reference}, as {_AS[kind]}.",
        )


@contextmanager
def _both_locked(*references: str) -> Iterator[None]:
    """Lock both in one order, so that two officers who link them crosswise both get through."""
    with transaction.atomic():
        both = Incident.objects.select_for_update(of=("self",)).order_by("pk")
        list(both.filter(reference__in=references).values_list("pk"))
        yield
