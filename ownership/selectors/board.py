"""The duty board of a BCU: every open incident, the most pressing first, and what each waits for.

A fixed number of queries for any number of incidents.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import NotVisible
from mispers.rules.strip import Changed, IncidentStrip, digest_of
from mispers.selectors.incidents import open_incidents_visible_to
from mispers.selectors.strips import COLUMNS, strips_of
from officers.models import BCU, Officer, Shift
from officers.rules.turns import turn_at
from officers.selectors.visibility import Reader, bcus_seen_by
from ownership.selectors.changed import changes_since
from riskassessment.rules.grades import Grade

# The parts of the strip that a line of the board shows, and a summary counts.
LINE = (
    "name", "initials", "age", "grade", "owner", "inspector", "next_due",
    "late", "offered", "unread", "changed",
)  # fmt: skip
SUMMARY = ("grade", "late")


@dataclass(frozen=True)
class Changes:
    """What has changed since the reader's shift began: how often, and the last of it."""

    count: int
    last: Changed


@dataclass(frozen=True)
class BoardLine:
    """One open incident on the board: its strip, and what is the reader's own."""

    strip: IncidentStrip
    changes: Changes | None
    is_mine: bool

    @property
    def is_high(self) -> bool:
        """Graded high, or not graded yet: not knowing never makes anything less pressing."""
        return self.strip.grade in (Grade.HIGH, None)

    @property
    def section(self) -> str:
        """Under which of SECTIONS it stands."""
        if self.strip.late:
            return "late-high" if self.is_high else "late"
        return "high" if self.is_high else "other"

    @property
    def digest(self) -> str:
        """Tells two states of the line apart, however much time has gone by between them."""
        return digest_of(self)


SECTIONS = {
    "late-high": "Overdue, high risk or not graded",
    "late": "Overdue",
    "high": "High risk or not graded",
    "other": "Nothing overdue",
}
SHOWS: Mapping[str, tuple[str, Callable[[BoardLine], bool]]] = {
    "": ("Open", lambda _: True),
    "mine": ("Mine", lambda line: line.is_mine),
    "high": ("High risk", lambda line: line.strip.grade == Grade.HIGH),
    "overdue": ("Overdue", lambda line: line.strip.late is not None),
    "waiting": (
        "Not accepted or not read",
        lambda line: bool(line.strip.offered or line.strip.unread),
    ),
    "climbed": ("With the superintendent", lambda line: _has_climbed(line.strip)),
}


@dataclass(frozen=True)
class Board:
    """A BCU's board at a moment. since: when the shift began (UTC), and whose words that is."""

    bcu: BCU
    lines: Sequence[BoardLine]
    since: datetime
    whose_shift: str

    def shown(self, show: str) -> list[BoardLine]:
        """The lines that one of SHOWS lets through."""
        return [line for line in self.lines if SHOWS[show][1](line)]

    def counts(self) -> dict[str, int]:
        """{name: how many lines}, for each of SHOWS."""
        return {show: sum(map(lets, self.lines)) for show, (_, lets) in SHOWS.items()}

    @property
    def digest(self) -> str:
        """Tells two states of the board apart."""
        return digest_of((self.lines, self.since))


def bcu_visible_to(reader: Reader, code: str) -> BCU:
    """The BCU whose records the reader sees, or NotVisible."""
    seen = bcus_seen_by(reader)
    found = BCU.objects.filter(pk=code).first() if seen is None or code in seen else None
    if found is None:
        raise NotVisible
    return found


def board_of(bcu: BCU, reader: Reader, now: datetime) -> Board:
    """The BCU's board as this reader has it. The caller has checked that they see the BCU."""
    incidents = list(open_incidents_visible_to(reader).filter(bcu=bcu))
    strips = strips_of(incidents, now, LINE)
    since, whose = shift_began(bcu, reader, now)
    counted = changes_since(incidents, since)
    lines = [
        BoardLine(strip, _changes(strip, counted.get(pk)), _is_held_by(reader, strip))
        for pk, strip in strips.items()
    ]
    return Board(bcu, sorted(lines, key=_pressing), since, whose)


def shift_began(bcu: BCU, reader: Reader, now: datetime) -> tuple[datetime, str]:
    """When the reader's shift in the BCU began (UTC); for who has none, the turn of duty."""
    if isinstance(reader, Officer):
        shifts = Shift.objects.filter(officer=reader, bcu=bcu, starts_at__lte=now, ends_at__gt=now)
        if shift := shifts.order_by("-starts_at", "-pk").first():
            return shift.starts_at, "your shift"
    turn = turn_at(now)
    return turn.starts_at, turn.turn.label.lower()


def _pressing(line: BoardLine) -> tuple[object, ...]:
    """Overdue and high first; within a section what falls due first, then the longest missing."""
    strip = line.strip
    return (
        list(SECTIONS).index(line.section),
        strip.next_due is None,
        strip.next_due.at if strip.next_due else strip.reported_at,
        strip.reported_at,
        strip.incident_id,
    )


def _changes(strip: IncidentStrip, count: int | None) -> Changes | None:
    return Changes(count, strip.changed) if count and strip.changed else None


def _is_held_by(reader: Reader, strip: IncidentStrip) -> bool:
    """Whether the reader answers for it in either capacity."""
    holders = {each.officer_id for each in (strip.owner, strip.inspector) if each}
    return isinstance(reader, Officer) and reader.pk in holders


def _has_climbed(strip: IncidentStrip) -> bool:
    return strip.late is not None and strip.late.with_superintendent is not None


@dataclass(frozen=True)
class Summary:
    """How many of a BCU's open incidents stand how."""

    bcu: BCU
    open: int
    high: int
    overdue: int
    with_superintendent: int


def summaries(reader: Reader, now: datetime) -> list[Summary]:
    """Each BCU the reader sees, by its code; a fixed number of queries for the whole force."""
    incidents = list(open_incidents_visible_to(reader).select_related(None).only(*COLUMNS))
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for strip in strips_of(incidents, now, SUMMARY).values():
        mine = counted[strip.bcu]
        mine["open"] += 1
        mine["high"] += strip.grade == Grade.HIGH
        mine["overdue"] += strip.late is not None
        mine["climbed"] += _has_climbed(strip)
    seen = bcus_seen_by(reader)
    units = BCU.objects.order_by("pk") if seen is None else BCU.objects.filter(pk__in=seen)
    return [
        Summary(
            unit,
            counted[unit.pk]["open"],
            counted[unit.pk]["high"],
            counted[unit.pk]["overdue"],
            counted[unit.pk]["climbed"],
        )
        for unit in units
    ]
