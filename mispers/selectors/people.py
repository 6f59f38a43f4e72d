"""Looking a person up across the force: are they missing now, and whom to ring."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import FieldError, Invalid, NotVisible
from mispers.models import Incident
from mispers.rules.stages import OPEN_STAGES
from mispers.selectors.name_search import MOST_COMPARED
from mispers.selectors.same_person import Match, Wanted, matches
from officers.models import BCU, Officer, Shift
from officers.rules.roles import Role
from officers.selectors.duty import OnDuty
from officers.selectors.visibility import Reader

MOST_FOUND = 20


@dataclass(frozen=True)
class Found:
    """A person found by name, the open incident if they are missing now, and whom to ring.

    is_visible: whether the reader may open that incident.
    """

    match: Match
    missing_as: Incident | None
    is_visible: bool
    ring: OnDuty | None


def look_up(reader: Reader, wanted: Wanted, *, now: datetime) -> list[Found]:
    """People who may be the one asked for, those missing now first; in few queries.

    Every officer finds people of every BCU: a patrol that meets somebody must learn that they are
    missing. A client system without an officer finds those of the BCUs it sees.
    Raises Invalid where there is too little to look by.
    """
    if not wanted.is_enough:
        raise Invalid([FieldError("name", "too_short", "Give a name of at least two letters.")])
    # A client sees some of them only, so that there must be others to take their places.
    most = MOST_FOUND if isinstance(reader, Officer) else MOST_COMPARED
    found = matches(reader, wanted, most=most, missing_first=True)
    if not isinstance(reader, Officer):
        found = [within for each in found if (within := _within_sight(each))][:MOST_FOUND]
    codes = {each.missing_as.bcu_id for each in found if each.missing_as}
    inspectors = duty_inspectors(codes, now)
    return [_found(match, inspectors) for match in found]


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
