"""What an earlier closure relied on, so that a new report re-tests it (REP-1)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from mispers.models import (
    ClosureRequest,
    Hypothesis,
    Incident,
    Located,
    Search,
)
from mispers.selectors import earlier_incidents
from officers.visibility import Reader


@dataclass(frozen=True)
class Reliance:
    """One authorised closure and what stood behind it.

    located: the entry it rested on, None if there was none. untested: hypotheses that were left
    open. not_inside: searches of home and place missing from that did not cover the inside.
    """

    closure: ClosureRequest
    incident: Incident
    located: Located | None
    untested: list[Hypothesis] = field(default_factory=list)
    not_inside: list[Search] = field(default_factory=list)
    searched_inside: bool = False

    @property
    def seen_by(self) -> str:
        """Which officer had seen the person, or that nobody had."""
        if self.located is None or self.located.seen_in_person_by is None:
            return "No officer saw the person"
        return str(self.located.seen_in_person_by)


def what_the_earlier_closure_relied_on(incident: Incident, reader: Reader) -> list[Reliance]:
    """The closures of the person's earlier incidents that the reader sees, and this one's own past.

    Newest first, in a fixed number of queries.
    """
    incidents = list(earlier_incidents(reader, incident))
    if incident.is_open:
        incidents.append(incident)
    return closures_of(incidents)


def closures_of(incidents: Iterable[Incident]) -> list[Reliance]:
    """What each authorised closure of these incidents relied on, newest first."""
    by_pk = {incident.pk: incident for incident in incidents}
    closures = list(
        ClosureRequest.objects.filter(
            incident__in=by_pk, decision=ClosureRequest.Decision.AUTHORISED
        )
        .select_related("recorded_by", "decided_by")
        .prefetch_related("overrides")
        .order_by("-decided_at", "-pk")
    )
    closed = {closure.incident_id for closure in closures}
    located = _of(Located.objects.filter(incident__in=closed).select_related("seen_in_person_by"))
    hypotheses = _of(Hypothesis.objects.filter(incident__in=closed, status=Hypothesis.Status.OPEN))
    searches = _of(Search.objects.filter(incident__in=closed))
    return [
        _reliance(
            closure,
            by_pk[closure.incident_id],
            _until(closure, located),
            _until(closure, hypotheses),
            _until(closure, searches),
        )
        for closure in closures
    ]


def _reliance(
    closure: ClosureRequest,
    incident: Incident,
    located: list[Located],
    untested: list[Hypothesis],
    searches: list[Search],
) -> Reliance:
    homes = [search for search in searches if search.kind != Search.Kind.OTHER]
    return Reliance(
        closure=closure,
        incident=incident,
        located=located[0] if located else None,
        untested=untested,
        not_inside=[search for search in homes if search.extent != Search.Extent.INSIDE],
        searched_inside=any(search.extent == Search.Extent.INSIDE for search in homes),
    )


def _of(entries: Any) -> dict[int, list[Any]]:
    """Entries by incident, newest first."""
    grouped: dict[int, list[Any]] = defaultdict(list)
    for entry in entries.order_by("-recorded_at", "-pk"):
        grouped[entry.incident_id].append(entry)
    return grouped


def _until(closure: ClosureRequest, entries: dict[int, list[Any]]) -> list[Any]:
    """Those that had been recorded when the closure was decided."""
    return [
        entry
        for entry in entries.get(closure.incident_id, [])
        if closure.decided_at is None or entry.recorded_at <= closure.decided_at
    ]
