"""Searches of places (SEARCH-1), recorded as exactly what they were, and who advises on them."""

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


def record_search(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    place: str,
    kind: str,
    extent: str,
    covered: str,
    not_covered: str,
    searched_by: str,
    searched_at: datetime,
    result: str,
) -> Search:
    """Record what was done at a place, and what was not searched.

    A knock or a look from outside is recorded as that; only an extent of `inside` counts as a
    search of the inside (SEARCH-1). Raises Invalid, Conflict when the incident is closed.
    """
    fields = Complaints(now)
    given = {
        "place": fields.line("place", place, required="Say which place.", most=300),
        "covered": fields.text("covered", covered, required="Say what was searched."),
        "not_covered": fields.text(
            "not_covered",
            not_covered,
            required="Say what was not searched. If nothing was left out, write “nothing”.",
        ),
        "searched_by": fields.line("searched_by", searched_by, required="Say who searched."),
        "result": fields.text("result", result, required="Say what came of it."),
    }
    fields.one_of("kind", kind, Search.Kind.values)
    fields.one_of("extent", extent, Search.Extent.values)
    fields.past("searched_at", searched_at, required="Say when.")
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        check_open(incident)
        fields.check()
        search = Search.objects.create(
            incident=incident,
            recorded_by=by,
            recorded_at=now,
            kind=kind,
            extent=extent,
            searched_at=searched_at,
            **given,
        )
        record(
            incident,
            events.SEARCHED,
            events.Searched(search=search.pk, kind=search.kind, extent=search.extent),
            by=by,
            now=now,
            at=searched_at,
            summary=search_in_words(search),
        )
    return search


def decide_on_search_adviser(
    reference: str, *, by: Officer, now: datetime, involved: bool, reason: str, adviser: str = ""
) -> SearchAdviserDecision:
    """Record whether a specialist search adviser (PolSA) is involved, and why, either way.

    adviser: rank and name, or the unit; needed where one is involved. A later decision stands in
    place of the one before. Raises Invalid, Conflict when the incident is closed.
    """
    fields = Complaints(now)
    who = "Say who the adviser is." if involved else ""
    adviser = fields.line("adviser", adviser, required=who)
    reason = fields.text("reason", reason, required="Say why.")
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        check_open(incident)
        fields.check()
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
