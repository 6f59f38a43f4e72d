"""What happened to one invented incident, worked out before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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

    def by_then(minutes: float) -> datetime | None:
        moment = reported_at + (minutes + chance.randint(0, 9)) * MINUTE
        return moment if moment < min(now, found_at) else None

    assessed_at = by_then(12)
    planned_at = by_then(25) if assessed_at else None
    boundary = reported_at + timedelta(hours=48)
    boundary_at = boundary if boundary < min(now, found_at) else None
    takes_over = boundary if boundary_at else reported_at
    handed_over_at = takes_over + 90 * MINUTE if boundary_at or grade == "high" else None
    if not assessed_at or (handed_over_at and handed_over_at >= min(now, found_at)):
        handed_over_at = None
    located_at = found_at if found_at < now else None

    def after(moment: datetime | None, minutes: int) -> datetime | None:
        later = moment + minutes * MINUTE if moment else None
        return later if later and later < now else None

    interviewed_at = after(located_at, 40)
    asked_at = after(interviewed_at, 60)
    specialist = Role.SAFEGUARDING_DI if grade == "high" else Role.MISSING_PERSONS_UNIT
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
        owner=chance.choice(crew[Role.FRONTLINE]),
        inspector=chance.choice(crew[Role.DUTY_INSPECTOR]),
        specialist=chance.choice(crew[specialist]),
        reported_at=reported_at,
        assessed_at=assessed_at,
        planned_at=planned_at,
        searched_at=by_then(40),
        endorsed_at=by_then(55) if assessed_at and chance.random() < ENDORSED else None,
        action_done_at=by_then(25 + chance.uniform(30, 300)) if planned_at else None,
        handed_over_at=handed_over_at,
        boundary_at=boundary_at,
        located_at=located_at,
        interviewed_at=interviewed_at,
        asked_at=asked_at,
        closed_at=after(asked_at, 60) if chance.random() < CLOSED else None,
    )
