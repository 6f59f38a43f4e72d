"""What happened to one invented incident, worked out before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from demo.people import FOUND, Invented
from demo.reasons import reasons
from officers.models import Officer
from officers.rules.roles import Role

MINUTE = timedelta(minutes=1)
# How often what should happen does.
SEARCHED_INSIDE, ENDORSED, CLOSED = 0.8, 0.92, 0.95
Crew = Mapping[Role, Sequence[Officer]]


@dataclass(frozen=True)
class Sketch:
    """One incident's life until `now`. Moments are UTC; those not reached by now are None."""

    bcu: str
    person: dict[str, Any]
    report: dict[str, Any]
    grade: str
    rationale: str
    searched_inside: bool
    found_place: str
    found_how: str
    owner: Officer
    inspector: Officer
    specialist: Officer
    reported_at: datetime
    assessed_at: datetime | None
    planned_at: datetime | None
    searched_at: datetime | None
    endorsed_at: datetime | None
    action_done_at: datetime | None
    handed_over_at: datetime | None
    boundary_at: datetime | None
    located_at: datetime | None
    interviewed_at: datetime | None
    asked_at: datetime | None
    closed_at: datetime | None

    @property
    def holder(self) -> Officer:
        """Who owns it at the end."""
        return self.specialist if self.handed_over_at else self.owner


@dataclass(frozen=True)
class _Times:
    """When things happen in one life; None for what it has not come to by now (UTC)."""

    chance: Random
    reported_at: datetime
    found_at: datetime
    now: datetime

    def while_missing(self, minutes: float) -> datetime | None:
        """So long after the report and up to nine minutes more, if they are still missing."""
        moment = self.reported_at + (minutes + self.chance.randint(0, 9)) * MINUTE
        return moment if moment < min(self.now, self.found_at) else None

    def after(self, moment: datetime | None, minutes: int) -> datetime | None:
        """So long after a moment that has come."""
        later = moment + minutes * MINUTE if moment else None
        return later if later and later < self.now else None

    def boundary(self) -> datetime | None:
        """48 hours after the report."""
        moment = self.reported_at + timedelta(hours=48)
        return moment if moment < min(self.now, self.found_at) else None

    def handed_over(self, boundary_at: datetime | None, *, is_high: bool) -> datetime | None:
        """When the specialist has accepted: of a high grade soon, of others past the boundary."""
        if boundary_at is None and not is_high:
            return None
        moment = (boundary_at or self.reported_at) + 90 * MINUTE
        return moment if moment < min(self.now, self.found_at) else None


def sketch(
    invented: Invented, *, bcu: str, crew: Crew, reported_at: datetime, now: datetime
) -> Sketch:
    """Invent one life. crew: the BCU's officers by posting."""
    chance = invented.chance
    person = invented.person(reported_at.date())
    grade = invented.grade()
    if grade == "low" and person["markers"]:
        grade = "medium"
    found_at = reported_at + timedelta(hours=max(invented.hours_missing(), 0.5))
    place, how = chance.choice(FOUND)
    times = _Times(chance, reported_at, found_at, now)
    assessed_at = times.while_missing(12)
    planned_at = times.while_missing(25) if assessed_at else None
    boundary_at = times.boundary()
    located_at = found_at if found_at < now else None
    interviewed_at = times.after(located_at, 40)
    asked_at = times.after(interviewed_at, 60)
    report = invented.report(person, reported_at)
    return Sketch(
        bcu=bcu,
        person=person,
        report=report,
        grade=grade,
        rationale=reasons(chance, grade, person, report),
        searched_inside=chance.random() < SEARCHED_INSIDE,
        found_place=place,
        found_how=how.format(name=person["given_name"]),
        **_officers(chance, crew, grade),
        reported_at=reported_at,
        assessed_at=assessed_at,
        planned_at=planned_at,
        searched_at=times.while_missing(40),
        endorsed_at=times.while_missing(55) if assessed_at and chance.random() < ENDORSED else None,
        action_done_at=times.while_missing(25 + chance.uniform(30, 300)) if planned_at else None,
        handed_over_at=times.handed_over(boundary_at, is_high=grade == "high")
        if assessed_at
        else None,
        boundary_at=boundary_at,
        located_at=located_at,
        interviewed_at=interviewed_at,
        asked_at=asked_at,
        closed_at=times.after(asked_at, 60) if chance.random() < CLOSED else None,
    )


def _officers(chance: Random, crew: Crew, grade: str) -> dict[str, Officer]:
    """Whoever is owner and inspector from the report on, and the specialist who takes over."""
    specialist = Role.SAFEGUARDING_DI if grade == "high" else Role.MISSING_PERSONS_UNIT
    return {
        "owner": chance.choice(crew[Role.FRONTLINE]),
        "inspector": chance.choice(crew[Role.DUTY_INSPECTOR]),
        "specialist": chance.choice(crew[specialist]),
    }
