"""Searches of places (SEARCH-1), recorded as exactly what they were, and who advises on them."""

from dataclasses import dataclass
from datetime import datetime

from core.checks import Complaints
from core.text import at_time, quoted, without_stop
from mispers import events
from mispers.models import Search, SearchAdviserDecision
from mispers.services.gateway import check_open, incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission

_DONE = {
    Search.Extent.EXTERIOR: (
        "looked at {place} from outside, without entering: this is not a search of the inside"
    ),
    Search.Extent.KNOCK: ("knocked at {place}, no entry: this is not a search of the inside"),
    Search.Extent.PART_INSIDE: (
        "searched part of the inside of {place}: this is not a search of the whole inside"
    ),
    Search.Extent.INSIDE: "searched the inside of {place}",
}


@dataclass(frozen=True)
class SearchDetails:
    """What was done at a place, by whom and when, and what was not searched."""

    place: str
    kind: str
    extent: str
    covered: str
    not_covered: str
    searched_by: str
    searched_at: datetime
    result: str


def record_search(reference: str, given: SearchDetails, *, by: Officer, now: datetime) -> Search:
    """Record what was done at a place, and what was not searched.

    A knock or a look from outside is recorded as that; only an extent of `inside` counts as a
    search of the inside (SEARCH-1). Raises Invalid, Conflict when the incident is closed.
    """
    wrong = Complaints(now)
    details = _checked(given, wrong)
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        check_open(incident)
        wrong.check()
        search = Search.objects.create(
            incident=incident, recorded_by=by, recorded_at=now, **vars(details)
        )
        record(
            incident,
            events.SEARCHED,
            events.Searched(search=search.pk, kind=search.kind, extent=search.extent),
            by=by,
            now=now,
            at=search.searched_at,
            summary=search_in_words(search),
        )
    return search


def _checked(given: SearchDetails, wrong: Complaints) -> SearchDetails:
    wrong.one_of("kind", given.kind, Search.Kind.values)
    wrong.one_of("extent", given.extent, Search.Extent.values)
    when = wrong.past("searched_at", given.searched_at, required="Say when.")
    return SearchDetails(
        place=wrong.line("place", given.place, required="Say which place.", most=300),
        kind=given.kind,
        extent=given.extent,
        covered=wrong.text("covered", given.covered, required="Say what was searched."),
        not_covered=wrong.text(
            "not_covered",
            given.not_covered,
            required="Say what was not searched. If nothing was left out, write “nothing”.",
        ),
        searched_by=wrong.line("searched_by", given.searched_by, required="Say who searched."),
        searched_at=when or wrong.now,
        result=wrong.text("result", given.result, required="Say what came of it."),
    )


def decide_on_search_adviser(
    reference: str, *, by: Officer, now: datetime, involved: bool, reason: str, adviser: str = ""
) -> SearchAdviserDecision:
    """Record whether a specialist search adviser (PolSA) is involved, and why, either way.

    adviser: rank and name, or the unit; needed where one is involved. A later decision stands in
    place of the one before. Raises Invalid, Conflict when the incident is closed.
    """
    wrong = Complaints(now)
    who = "Say who the adviser is." if involved else ""
    adviser = wrong.line("adviser", adviser, required=who)
    reason = wrong.text("reason", reason, required="Say why.")
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        check_open(incident)
        wrong.check()
        decision = SearchAdviserDecision.objects.create(
            incident=incident,
            recorded_by=by,
            recorded_at=now,
            involved=involved,
            adviser=adviser,
            reason=reason,
        )
        what = f"is involved: {without_stop(adviser)}" if involved else "is not involved"
        record(
            incident,
            events.SEARCH_ADVISER_DECIDED,
            events.SearchAdviserDecided(decision=decision.pk, involved=involved),
            by=by,
            now=now,
            summary=f"{by} decided that a specialist search adviser {what}. Why: {quoted(reason)}",
        )
    return decision


def search_in_words(search: Search) -> str:
    """One sentence that claims no more than was done, then what was covered and what was not."""
    what = {
        Search.Kind.HOME: "the home, ",
        Search.Kind.MISSING_FROM: "the place missing from, ",
        Search.Kind.OTHER: "",
    }[Search.Kind(search.kind)]
    done = _DONE[Search.Extent(search.extent)].format(place=what + without_stop(search.place))
    return (
        f"On {at_time(search.searched_at)} {without_stop(search.searched_by)} {done}. "
        f"Covered: {quoted(search.covered)} Not covered: {quoted(search.not_covered)} "
        f"Result: {quoted(search.result)}"
    )
