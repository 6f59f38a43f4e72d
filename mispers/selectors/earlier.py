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
from mispers.selectors.incidents import earlier_incidents
from officers.selectors.visibility import Reader


@dataclass(frozen=True)
class Reliance:
    """One earlier report and what it rests on: as it was closed, or as far as it has come.

    closure: None while it is open. located: the entry it rested on, None if there was none.
    untested: hypotheses that were left open. not_inside: searches of home and place missing from
    that did not cover the inside.
    """

    incident: Incident
    closure: ClosureRequest | None
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


def what_earlier_reports_relied_on(incident: Incident, reader: Reader) -> list[Reliance]:
    """The person's earlier incidents that the reader sees, and this one's own closures if any.

    Newest first, in a fixed number of queries.
    """
    found = reliances_of(earlier_incidents(reader, incident))
    return [*found, *reliances_of([incident], only_closures=True)] if incident.is_open else found


def reliances_of(incidents: Iterable[Incident], *, only_closures: bool = False) -> list[Reliance]:
    """What each authorised closure relied on, newest first, after what is open still rests on."""
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
    still_open = [] if only_closures else [pk for pk, each in by_pk.items() if each.is_open]
    asked = closed.union(still_open)
    located = _of(Located.objects.filter(incident__in=asked).select_related("seen_in_person_by"))
    hypotheses = _of(Hypothesis.objects.filter(incident__in=asked, status=Hypothesis.Status.OPEN))
    searches = _of(Search.objects.filter(incident__in=asked))
    return [
        _reliance(
            by_pk[pk],
            closure,
            _until(closure, located.get(pk, [])),
            _until(closure, hypotheses.get(pk, [])),
            _until(closure, searches.get(pk, [])),
        )
        for pk, closure in [
            *((pk, None) for pk in still_open),
            *((closure.incident_id, closure) for closure in closures),
        ]
    ]


def _reliance(
    incident: Incident,
    closure: ClosureRequest | None,
    located: list[Located],
    untested: list[Hypothesis],
    searches: list[Search],
) -> Reliance:
    homes = [search for search in searches if search.kind != Search.Kind.OTHER]
    return Reliance(
        incident=incident,
        closure=closure,
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


def _until(closure: ClosureRequest | None, entries: list[Any]) -> list[Any]:
    """Those that had been recorded when the closure was decided; all, while it is open."""
    if closure is None or closure.decided_at is None:
        return entries
    return [entry for entry in entries if entry.recorded_at <= closure.decided_at]
