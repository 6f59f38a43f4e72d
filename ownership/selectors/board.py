"""The duty board of a BCU: every open incident, the most pressing first, and what each waits for.

A fixed number of queries for any number of incidents.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet, Window

from core import trail
from core.errors import NotVisible
from core.models import Event
from mispers.models import Incident
from mispers.presenters.header import IncidentLine
from mispers.rules.codes import Code
from mispers.selectors.incidents import open_incidents_visible_to
from mispers.selectors.protocol import in_force
from officers.models import BCU, Officer, Shift
from officers.rules.turns import turn_at
from officers.selectors.visibility import Reader, bcus_seen_by
from ownership import events
from ownership.models import Deadline, HandoverItem, Holding, InboxItem
from ownership.rules.rungs import Rung, rung_at
from ownership.selectors.work import lines_of
from riskassessment.rules.grades import Grade
from riskassessment.selectors.assessments import grades_at


@dataclass(frozen=True)
class Late:
    """What is overdue on an incident: by its codes, since when (UTC), and whom it has climbed to.

    with_inspector and with_superintendent are when the first of it climbed there; None: it has not.
    """

    count: int
    codes: tuple[str, ...]
    since: datetime
    with_inspector: datetime | None
    with_superintendent: datetime | None


@dataclass(frozen=True)
class Offer:
    """An offer that nobody has answered: in which capacity, to whom, since when (UTC)."""

    pk: int
    capacity: str
    to: str
    since: datetime


@dataclass(frozen=True)
class Unread:
    """Who has not read what they were told of a high-risk incident, and since when (UTC)."""

    officer: str
    since: datetime


@dataclass(frozen=True)
class Changed:
    """What has changed since the shift began: how often, and the last change in words (UTC)."""

    count: int
    last: str
    by: str
    at: datetime


@dataclass(frozen=True)
class BoardLine:
    """One open incident on the board."""

    line: IncidentLine
    late: Late | None
    offers: tuple[Offer, ...]
    unread: tuple[Unread, ...]
    changed: Changed | None
    is_mine: bool

    @property
    def is_high(self) -> bool:
        """Graded high, or not graded yet: not knowing never makes anything less pressing."""
        return self.line.header.grade in (Grade.HIGH, None)

    @property
    def section(self) -> str:
        """Under which of SECTIONS it stands."""
        if self.late:
            return "late-high" if self.is_high else "late"
        return "high" if self.is_high else "other"

    @property
    def digest(self) -> str:
        """Tells two states of the line apart, however much time has gone by between them."""
        header = self.line.header
        shown = (
            header.name, header.age, header.grade, header.stage, header.owner, header.inspector,
            header.next_due, self.late, self.offers, self.unread, self.changed,
        )  # fmt: skip
        return _digest(shown)


SECTIONS = {
    "late-high": "Overdue, high risk or not graded",
    "late": "Overdue",
    "high": "High risk or not graded",
    "other": "Nothing overdue",
}
SHOWS: Mapping[str, tuple[str, Callable[[BoardLine], bool]]] = {
    "": ("Open", lambda _: True),
    "mine": ("Mine", lambda line: line.is_mine),
    "high": ("High risk", lambda line: line.line.header.grade == Grade.HIGH),
    "overdue": ("Overdue", lambda line: line.late is not None),
    "waiting": ("Not accepted or not read", lambda line: bool(line.offers or line.unread)),
    "climbed": (
        "With the superintendent",
        lambda line: line.late is not None and line.late.with_superintendent is not None,
    ),
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
        keys = [(line.line.header.reference, line.digest, line.is_mine) for line in self.lines]
        return _digest((keys, self.since))


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
    lines = lines_of(incidents, now)
    since, whose = shift_began(bcu, reader, now)
    late = _late(incidents, {pk: line.header.grade for pk, line in lines.items()}, now)
    offers = _offers(incidents)
    unread = _unread([each for each in incidents if lines[each.pk].header.grade == Grade.HIGH])
    changed = _changed(incidents, since)
    mine = _held_by(reader, incidents)
    found = [
        BoardLine(
            line=lines[each.pk],
            late=late.get(each.pk),
            offers=tuple(offers[each.pk]),
            unread=tuple(unread[each.pk]),
            changed=changed.get(each.reference),
            is_mine=each.pk in mine,
        )
        for each in incidents
    ]
    return Board(bcu, sorted(found, key=_pressing), since, whose)


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
    due, incident = line.line.header.next_due, line.line.incident
    return (
        list(SECTIONS).index(line.section),
        due is None,
        due.at if due else incident.reported_at,
        incident.reported_at,
        incident.pk,
    )


def _late(
    incidents: Sequence[Incident], grades: Mapping[int, str | None], now: datetime
) -> dict[int, Late]:
    """{incident pk: what is overdue on it}; one query beside the protocol's.

    Circulation is due as soon as possible, and 48 hours is the latest: a board does not wait for
    the latest. There it counts as overdue once the time for the first steps (INI-1) is over.
    """
    figures = in_force(now)
    first_steps = figures.allow("ini_1")
    is_due = Q(due_at__lte=now) | Q(code=Code.CIRC_1, opened_at__lte=now - first_steps)
    rows = Deadline.objects.filter(
        is_due, incident__in=incidents, met_at__isnull=True, cancelled_at__isnull=True
    ).order_by()
    due: dict[int, list[Deadline]] = defaultdict(list)
    for deadline in rows.only("incident_id", "code", "opened_at", "due_at"):
        due[deadline.incident_id].append(deadline)

    def climbed(pk: int, rung: Rung) -> datetime | None:
        falls = (rung_at(rung, each, grades[pk], figures) for each in due[pk])
        return min((at for at in falls if at <= now), default=None)

    def since(deadline: Deadline) -> datetime:
        if deadline.code == Code.CIRC_1:
            return min(deadline.due_at, deadline.opened_at + first_steps)
        return deadline.due_at

    return {
        pk: Late(
            count=len(deadlines),
            codes=tuple(sorted({each.code for each in deadlines})),
            since=min(map(since, deadlines)),
            with_inspector=climbed(pk, Rung.INSPECTOR),
            with_superintendent=climbed(pk, Rung.SUPERINTENDENT),
        )
        for pk, deadlines in due.items()
    }


def _offers(incidents: Sequence[Incident]) -> dict[int, list[Offer]]:
    found: dict[int, list[Offer]] = defaultdict(list)
    waiting = HandoverItem.objects.filter(
        incident__in=incidents, state=HandoverItem.State.OFFERED
    ).select_related("handover__receiver")
    for item in waiting.order_by("handover__offered_at", "pk"):
        given = item.handover
        offer = Offer(given.pk, item.get_capacity_display(), str(given.receiver), given.offered_at)
        found[item.incident_id].append(offer)
    return found


def _unread(high: Sequence[Incident]) -> dict[int, list[Unread]]:
    """Who has unread notices of each high-risk incident, from the first unread on; one query."""
    first: dict[tuple[int, int], Unread] = {}
    items = InboxItem.objects.filter(
        incident__in=high, read_at__isnull=True, officer__is_active=True
    ).select_related("officer")
    for item in items.only("incident_id", "raised_at", "officer").order_by("raised_at", "pk"):
        key = (item.incident_id or 0, item.officer_id)
        first.setdefault(key, Unread(str(item.officer), item.raised_at))
    found: dict[int, list[Unread]] = defaultdict(list)
    for (pk, _), unread in first.items():
        found[pk].append(unread)
    return found


def _changed(incidents: Sequence[Incident], since: datetime) -> dict[str, Changed]:
    """{reference: what changed since}; reminders change nothing. One query."""
    latest: QuerySet[Event] = (
        Event.objects.filter(
            stream__in=[each.reference for each in incidents], recorded_at__gte=since
        )
        .exclude(kind=events.REMINDED.code)
        .annotate(number=Window(Count("pk"), partition_by="stream_id"))
        .order_by("stream_id", "-seq")
        .distinct("stream_id")
        .only("stream_id", "kind", "actor_name", "recorded_at")
    )
    known = trail.kinds()
    return {
        event.stream_id: Changed(
            count=event.number,  # type: ignore[attr-defined]  # annotated above
            last=known[event.kind].label if event.kind in known else event.kind,
            by=event.actor_name,
            at=event.recorded_at,
        )
        for event in latest
    }


def _held_by(reader: Reader, incidents: Sequence[Incident]) -> set[int]:
    """The incidents that the reader answers for in either capacity; one query."""
    if not isinstance(reader, Officer):
        return set()
    held = Holding.objects.filter(incident__in=incidents, officer=reader)
    return set(held.values_list("incident_id", flat=True))


def _digest(shown: object) -> str:
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


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
    incidents = list(open_incidents_visible_to(reader).select_related(None).only("pk", "bcu"))
    grades = grades_at(incidents, now)
    late = _late(incidents, {each.pk: grades.get(each.pk) for each in incidents}, now)
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for each in incidents:
        mine, found = counted[each.bcu_id], late.get(each.pk)
        mine["open"] += 1
        mine["high"] += grades.get(each.pk) == Grade.HIGH
        mine["overdue"] += found is not None
        mine["climbed"] += found is not None and found.with_superintendent is not None
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
