"""The facts of an incident as one row, which every list, board, header and REST form reads.

Values alone: where they come from is `mispers.selectors.strips`. A field with an empty value is a
part; one app provides it, and where nobody does, or nobody asked for it, it stays empty.
"""

import hashlib
from dataclasses import MISSING, dataclass, fields
from datetime import datetime

from mispers.rules.stages import Outcome, Stage

# What `grade` may be, the least first; None while nobody has graded.
GRADES = (("low", "Low"), ("medium", "Medium"), ("high", "High"))
NOT_GRADED = "none"


@dataclass(frozen=True)
class AnswersFor:
    """The officer who answers in one capacity, and since when (UTC); rank is in words."""

    officer_id: int
    name: str
    rank: str
    since: datetime

    def __str__(self) -> str:
        return f"{self.rank} {self.name}"


@dataclass(frozen=True)
class Due:
    """The next thing due: what, when (UTC), from whom, and the page where it is done."""

    what: str
    code: str
    at: datetime
    who: str
    url: str


@dataclass(frozen=True)
class Overdue:
    """What is past its time: how many actions, and the codes of the standards."""

    actions: int = 0
    standards: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.actions or self.standards)


@dataclass(frozen=True)
class Late:
    """What a board calls overdue: by its codes, since when (UTC), and whom it has climbed to.

    It differs from `Overdue` in circulation alone, whose latest time a board does not wait for.
    with_inspector and with_superintendent are when the first of it climbed there; None: it has not.
    """

    count: int
    codes: tuple[str, ...]
    since: datetime
    with_inspector: datetime | None
    with_superintendent: datetime | None


@dataclass(frozen=True)
class Offered:
    """An offer that nobody has answered: its handover, in which capacity, to whom, since (UTC)."""

    handover: int
    capacity: str
    to: str
    since: datetime


@dataclass(frozen=True)
class Unread:
    """Who has not read what they were told of it, and since when (UTC)."""

    officer: str
    since: datetime


@dataclass(frozen=True)
class Changed:
    """The last change: what, by whom, when (UTC)."""

    what: str
    by: str
    at: datetime


@dataclass(frozen=True)
class IncidentStrip:
    """One incident at a glance.

    flags: what stands out about it, in words. Times are in UTC.
    """

    incident_id: int
    reference: str
    url: str
    bcu: str
    stage: str
    outcome: str
    reported_at: datetime
    closed_at: datetime | None
    name: str = ""
    initials: str = ""
    age: str = ""
    flags: tuple[str, ...] = ()
    grade: str | None = None
    owner: AnswersFor | None = None
    inspector: AnswersFor | None = None
    next_due: Due | None = None
    overdue: Overdue = Overdue()
    late: Late | None = None
    offered: tuple[Offered, ...] = ()
    unread: tuple[Unread, ...] = ()
    changed: Changed | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still answers for finding the person."""
        return self.stage != Stage.CLOSED

    @property
    def outcome_in_words(self) -> str:
        """How it ended; empty while it is open."""
        return str(Outcome(self.outcome).label) if self.outcome else ""


PARTS = frozenset(each.name for each in fields(IncidentStrip) if each.default is not MISSING)


def digest_of(shown: object) -> str:
    """Tells two states of what is shown apart, by every field that its dataclasses have."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]
