"""Looking people up by name: every look-up is written down with who asked and why."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core import trail
from core.models import Access
from mispers.models import ReportDraft
from mispers.selectors.people import Found, look_up
from mispers.selectors.same_person import Match, Wanted, matches
from officers.models import Officer

WHILE_REPORTING = "Reporting somebody missing"


def matches_for_draft(
    draft: ReportDraft, wanted: Wanted, *, by: Officer, now: datetime
) -> list[Match]:
    """Who may be the person of this draft; logged once for each question, however often asked."""
    if not wanted.is_enough:
        return []
    asked = {
        "draft": str(draft.pk),
        "given_name": wanted.given_name,
        "family_name": wanted.family_name,
        "date_of_birth": wanted.date_of_birth.isoformat() if wanted.date_of_birth else None,
    }
    known = Access.objects.filter(
        officer=by, at__gte=draft.started_at, kind=Access.Kind.SEARCH, detail=asked
    )
    if not known.exists():
        _log(by, now, WHILE_REPORTING, asked)
    return matches(by, wanted)


def look_up_person(*, by: Officer, now: datetime, wanted: Wanted, reason: str = "") -> list[Found]:
    """People of the whole force who may be the one asked for, and that it was asked.

    Raises Invalid where there is too little to look by.
    """
    found = look_up(by, wanted, now=now)
    people = [each.match.person.pk for each in found]
    _log(by, now, reason, {**asked_in_words(wanted), "found": people})
    return found


def asked_in_words(wanted: Wanted) -> dict[str, Any]:
    """What was asked for, as the log keeps it."""
    born = wanted.date_of_birth
    return {
        "name": f"{wanted.given_name} {wanted.family_name}".strip(),
        "date_of_birth": born.isoformat() if born else None,
        "year_of_birth": wanted.year_of_birth,
    }


def _log(by: Officer, now: datetime, reason: str, asked: Mapping[str, Any]) -> None:
    trail.log_access(Access.Kind.SEARCH, by=by, now=now, reason=reason, detail=asked)
