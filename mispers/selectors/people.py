"""Looking a person up across the force: are they missing now, and whom to ring."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from core.errors import FieldError, Invalid, NotVisible
from mispers.models import Incident
from mispers.rules import names
from mispers.rules.stages import OPEN_STAGES
from mispers.selectors.same_person import Match, Wanted, matches
from officers.models import BCU, Officer, Shift
from officers.rules.roles import Role
from officers.selectors.duty import OnDuty
from officers.selectors.visibility import Reader

MOST_FOUND = 10


@dataclass(frozen=True)
class Found:
    """A person found by name, the open incident if they are missing now, and whom to ring.

    is_visible: whether the reader may open that incident.
    """

    match: Match
    missing_as: Incident | None
    is_visible: bool
    ring: OnDuty | None


def look_up(
    reader: Reader, *, name: str, now: datetime, date_of_birth: date | None = None
) -> list[Found]:
    """People of this or a similar-sounding name, those missing now first; in few queries.

    Every officer finds people of every BCU: a patrol that meets somebody must learn that they are
    missing. A client system without an officer finds those of the BCUs it sees.
    Raises Invalid where there is too little to look by.
    """
    readings = _readings(name, date_of_birth)
    if not readings[0].is_enough:
        raise Invalid([FieldError("name", "too_short", "Give a name of at least two letters.")])
    found: dict[int, Match] = {}
    for wanted in readings:
        for match in matches(reader, wanted):
            known = found.get(match.person.pk)
            if known is None or known.score < match.score:
                found[match.person.pk] = match
    if not isinstance(reader, Officer):
        found = {pk: within for pk, each in found.items() if (within := _within_sight(each))}
    ordered = sorted(
        found.values(), key=lambda each: (each.missing_as is None, -each.score, -each.person.pk)
    )[:MOST_FOUND]
    codes = {each.missing_as.bcu_id for each in ordered if each.missing_as}
    inspectors = duty_inspectors(codes, now)
    return [_found(match, inspectors) for match in ordered]


def duty_inspectors(codes: Collection[str], now: datetime) -> dict[str, OnDuty]:
    """The duty inspector of each BCU, or its fallback officer; BCUs without either are left out."""
    shifts = (
        Shift.objects.filter(
            bcu__in=codes,
            role=Role.DUTY_INSPECTOR,
            starts_at__lte=now,
            ends_at__gt=now,
            officer__is_active=True,
        )
        .select_related("officer")
        .order_by("starts_at", "pk")
    )
    bcus = BCU.objects.filter(pk__in=codes, fallback_officer__isnull=False)
    answer = {
        bcu.pk: OnDuty(bcu.fallback_officer, is_fallback=True)
        for bcu in bcus.select_related("fallback_officer")
        if bcu.fallback_officer
    }
    return answer | {shift.bcu_id: OnDuty(shift.officer, is_fallback=False) for shift in shifts}


def _readings(name: str, born: date | None) -> list[Wanted]:
    """The ways in which one line can be given and family name."""
    parts = names.tidy(name).split(" ")
    if len(parts) == 1:
        return [
            Wanted(family_name=parts[0], date_of_birth=born),
            Wanted(given_name=parts[0], date_of_birth=born),
        ]
    return [Wanted(" ".join(parts[:-1]), parts[-1], born)]


def _within_sight(match: Match) -> Match | None:
    """The match as far as its reader's BCUs go; None where they do not know the person."""
    if not match.incidents:
        return None
    missing = next((each for each in match.incidents if each.is_open), None)
    return replace(match, elsewhere={}, missing_as=missing)


def _found(match: Match, inspectors: dict[str, OnDuty]) -> Found:
    missing = match.missing_as
    return Found(
        match=match,
        missing_as=missing,
        is_visible=missing is not None and missing in match.incidents,
        ring=inspectors.get(missing.bcu_id) if missing else None,
    )


def missing_now(reference: str) -> Incident:
    """The open incident of this reference in any BCU. Raises NotVisible where there is none."""
    incident = (
        Incident.objects.select_related("person", "bcu")
        .filter(reference=reference, stage__in=OPEN_STAGES)
        .first()
    )
    if incident is None:
        raise NotVisible
    return incident
