"""The published case IOPC IX-68-18 with invented people: who was on duty, and what was said when.

In the case a report was closed on the guess that she had gone abroad, and she was found dead at
home. Both replays tell this story; what they do with it, through REST or on pages, is theirs.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from officers.models import BCU, Officer, Shift
from officers.rules.roles import Rank, Role
from officers.rules.turns import Turn, turn_of_duty
from tests.factories.officers import a_bcu, an_officer
from tests.factories.risk import trained
from tests.moments import london

FIRST_DAY, LAST_DAY = date(2018, 7, 16), date(2018, 8, 2)
TURNS = (Turn.EARLY, Turn.LATE, Turn.NIGHT)

# London times.
REPORTED = london("2018-07-18 10:00")
GRADED = london("2018-07-18 10:30")
PLANNED = london("2018-07-18 10:45")
KNOCKED = london("2018-07-18 10:50")
LOOKED = london("2018-07-18 10:55")
ENDORSED = london("2018-07-18 11:00")
ACTION_DUE = london("2018-07-18 14:00")
TELEPHONED = london("2018-07-19 10:30")
FIRST_ATTEMPT = london("2018-07-19 11:00")
REASSIGNED = london("2018-07-19 15:30")
BOUNDARY = london("2018-07-20 10:00")
UNIT_ACCEPTED = london("2018-07-20 10:50")
REPORTED_AGAIN = london("2018-07-30 10:00")
NOT_ABROAD = london("2018-07-30 13:00")
LOCKSMITH = london("2018-07-31 15:30")
ENTERED = london("2018-07-31 22:30")
FOUND = london("2018-08-01 08:10")
CORONER = london("2018-08-01 11:00")
ASKED = london("2018-08-01 12:00")
AUTHORISED = london("2018-08-01 13:00")
DISCLOSED = london("2018-08-01 14:00")

GIVEN_NAME, FAMILY_NAME = "Isaura", "Fenwright-Lowe"
PERSON: dict[str, Any] = {
    "given_name": GIVEN_NAME,
    "family_name": FAMILY_NAME,
    "date_of_birth": "1977-03-14",
    "sex": "female",
    "home_address": {"lines": ["Flat 3, 27 Sable Gardens"], "postcode": "NW1 2DB"},
    "phones": ["07700 900318"],
}
FRIEND = {"name": "Odalys Merrin", "relationship": "friend", "phone": "020 7946 0318"}
HOME = "Flat 3, 27 Sable Gardens"
CIRCUMSTANCES = (
    "Not seen for a month. A suitcase is missing from the hall cupboard. The informant has been to "
    "the home several times and she was not there."
)
CIRCUMSTANCES_AGAIN = (
    "Reported again by the same friend: still no word, and she has not travelled as far as anybody "
    "can tell."
)
RATIONALE = (
    "A month without a word is unlike her. Nothing says that she meant to go, and nobody knows "
    "where she is."
)
STRATEGY = (
    "Find out whether she travelled; enter and search the flat; ask the neighbours; her bank."
)
HYPOTHESIS = "She may have gone abroad without telling anybody."
WOULD_CONFIRM = "A border record, a ticket, or a use of her card abroad."
WOULD_REFUTE = "No border record, and her passport in the flat."
ENTER = "Enter and search the flat inside"
ASK_BORDER = "Ask Border Force"
LIKELY_ABROAD = "A frequent traveller, who has likely gone abroad without telling anyone."
OFF_DUTY = "Went off duty without entering: nobody had a key."
WITH_A_LOCKSMITH = "To enter tonight with a locksmith."
SEARCH_TITLE = "Search inside the home and the place missing from"


@dataclass(frozen=True)
class Cast:
    """Who was on duty: by turn, or around the clock."""

    bcu: BCU
    frontline: dict[Turn, Officer]
    inspectors: dict[Turn, Officer]
    unit: Officer
    safeguarding: Officer
    superintendent: Officer
    records: Officer

    def inspector_at(self, moment: datetime) -> Officer:
        """Whose turn as duty inspector it is."""
        return self.inspectors[turn_at(moment)]


def a_cast() -> Cast:
    """The officers of CN with a rota from two days before the report to the day after the end."""
    bcu = a_bcu("CN")

    def one(role: Role, given: str, family: str, rank: Rank | None = None) -> Officer:
        return an_officer(role, bcu, rank, given_name=given, family_name=family)

    cast = Cast(
        bcu=bcu,
        frontline={
            Turn.EARLY: one(Role.FRONTLINE, "Tamsin", "Orrell"),
            Turn.LATE: one(Role.FRONTLINE, "Jerome", "Adeyinka"),
            Turn.NIGHT: one(Role.FRONTLINE, "Pavel", "Brock"),
        },
        inspectors={
            Turn.EARLY: one(Role.DUTY_INSPECTOR, "Moira", "Cathcart"),
            Turn.LATE: one(Role.DUTY_INSPECTOR, "Devan", "Sriram"),
            Turn.NIGHT: one(Role.DUTY_INSPECTOR, "Ruth", "Ellington"),
        },
        unit=one(Role.MISSING_PERSONS_UNIT, "Nuala", "Byrne"),
        safeguarding=one(Role.SAFEGUARDING_DI, "Karim", "Haddad"),
        superintendent=one(Role.SUPERINTENDENT, "Hester", "Vaughan"),
        records=one(Role.RECORDS, "Olive", "Tranter"),
    )
    _put_on_the_rota(cast)
    for inspector in cast.inspectors.values():
        trained(inspector, datetime(2018, 7, 16, tzinfo=UTC))
    return cast


def _put_on_the_rota(cast: Cast) -> None:
    days = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    shifts = [
        Shift(
            bcu=cast.bcu,
            role=officer.role,
            officer=officer,
            starts_at=duty.starts_at,
            ends_at=duty.ends_at,
        )
        for day in days
        for turn in TURNS
        for duty in [turn_of_duty(day, turn)]
        for officer in (cast.frontline[turn], cast.inspectors[turn])
    ]
    whole = (datetime(2018, 7, 16, tzinfo=UTC), datetime(2018, 8, 3, tzinfo=UTC))
    shifts += [
        Shift(
            bcu=cast.bcu,
            role=officer.role,
            officer=officer,
            starts_at=whole[0],
            ends_at=whole[1],
        )
        for officer in (cast.unit, cast.safeguarding, cast.superintendent)
    ]
    Shift.objects.bulk_create(shifts)


def turn_at(moment: datetime) -> Turn:
    """The turn of duty in which a moment falls."""
    for day in (moment.date() - timedelta(days=1), moment.date()):
        for turn in TURNS:
            duty = turn_of_duty(day, turn)
            if duty.starts_at <= moment < duty.ends_at:
                return turn
    raise AssertionError("The turns leave no gap.")


def shift_boundaries(after: datetime, until: datetime) -> list[datetime]:
    """Every moment between the two at which one turn relieves another."""
    days = range((until.date() - after.date()).days + 2)
    starts = [
        turn_of_duty(after.date() + timedelta(days=n), turn).starts_at
        for n in days
        for turn in TURNS
    ]
    return [moment for moment in starts if after < moment <= until]


@dataclass(frozen=True)
class Stretch:
    """A period for which somebody answered; until is None while it lasts."""

    officer: Officer
    since: datetime
    until: datetime | None


@dataclass
class Ledger:
    """Who answered for what on one incident, written down by the replay as it goes along.

    What the product answers is compared with this, which has read nothing from it.
    """

    points: dict[str, list[tuple[datetime, Officer]]] = field(default_factory=dict)
    ends: dict[str, datetime] = field(default_factory=dict)

    def answers(self, what: str, officer: Officer, since: datetime) -> None:
        """From then on the officer answers for `what`: owner, inspector or an action's title."""
        self.points.setdefault(what, []).append((since, officer))

    def ended(self, what: str, at: datetime) -> None:
        """The action is over."""
        self.ends[what] = at

    def at(self, moment: datetime) -> dict[str, Officer]:
        """Who answered for what at a moment."""
        found: dict[str, Officer] = {}
        for what, points in self.points.items():
            if what in self.ends and moment >= self.ends[what]:
                continue
            held = [officer for since, officer in points if since <= moment]
            if held:
                found[what] = held[-1]
        return found

    def stretches(self, what: str) -> list[Stretch]:
        """The periods of one chain in order."""
        points = self.points[what]
        ends = [*(since for since, _ in points[1:]), self.ends.get(what)]
        return [
            Stretch(officer, since, until)
            for (since, officer), until in zip(points, ends, strict=True)
        ]

    def moments(self, until: datetime) -> list[datetime]:
        """Each day from the report, and each change with the microsecond before it."""
        begins = min(since for points in self.points.values() for since, _ in points)
        days = (until - begins).days
        found = {begins + timedelta(days=n) for n in range(days + 1)}
        changes = {since for points in self.points.values() for since, _ in points}
        for change in changes.union(self.ends.values()):
            found |= {change + timedelta(microseconds=n) for n in (-1, 0)}
        return sorted(found)
