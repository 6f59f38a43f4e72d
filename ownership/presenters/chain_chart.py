"""A chain of responsibility as a chart over time: where each bar stands, in per cent.

Time runs as it passes, so that the night on which the clocks go back is an hour longer; the marks
below are London's, with BST or GMT where both occur.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from core.london import day_of, in_london, start_of
from core.text import at_time
from officers.models import Shift
from ownership.models import Capacity
from ownership.selectors.answering import ActionPeriod, Answered

HOUR = timedelta(hours=1)
MOST_MARKS = 6
HOURS_APART = (1, 2, 3, 6, 12)
DAYS_APART = (1, 2, 7, 14, 28, 91, 182, 364)
LANE_HEIGHT = 66
NEAR_THE_END = 85.0  # per cent: a mark's words would stand out of the chart


@dataclass(frozen=True)
class Span:
    """A stretch of the chart: where it begins and how wide it is, in per cent of the whole."""

    x: str
    width: str


@dataclass(frozen=True)
class Bar:
    """One period: its number in the table, its place, and what its tooltip says."""

    number: int
    at: Span
    words: str
    is_fallback: bool
    text_x: str


@dataclass(frozen=True)
class Lane:
    """One chain: its heading, height from the top, its bars, and when its holders were on duty."""

    title: str
    top: int
    bars: list[Bar]
    duty: list[Span]


@dataclass(frozen=True)
class Mark:
    """A time below the lanes."""

    x: str
    words: str
    anchor: str


@dataclass(frozen=True)
class ChainChart:
    """The whole: lanes one below the other, marks below them. asked: the moment asked about."""

    lanes: list[Lane]
    marks: list[Mark]
    height: int
    asked: str
    words: str

    @property
    def foot(self) -> int:
        """Where the lanes end."""
        return self.height - 30


def chart_of(
    periods: Sequence[Answered], *, until: datetime, asked: datetime | None = None
) -> ChainChart | None:
    """Lanes in the order of the periods; `until` ends those that last. None without a period."""
    if not periods:
        return None
    start = min(each.taken_at for each in periods)
    scale = _Scale(start, max(until, start + timedelta(minutes=1)))
    shifts = _shifts_during(periods, scale)
    lanes: dict[str, list[Answered]] = {}
    for each in periods:
        lanes.setdefault(str(each.capacity), []).append(each)
    drawn, number = [], 0
    for place, (capacity, chain) in enumerate(lanes.items()):
        drawn.append(_lane(capacity, chain, place * LANE_HEIGHT, scale, shifts, number))
        number += len(chain)
    marked = asked is not None and scale.start <= asked <= scale.end
    return ChainChart(
        lanes=drawn,
        marks=_marks(scale),
        height=len(lanes) * LANE_HEIGHT + 30,
        asked=scale.per_cent(asked) if asked is not None and marked else "",
        words=f"From {at_time(scale.start)} to {at_time(scale.end)}. The table says the same.",
    )


@dataclass(frozen=True)
class _Scale:
    start: datetime
    end: datetime

    def place(self, moment: datetime) -> float:
        inside = min(max(moment, self.start), self.end)
        return 100 * ((inside - self.start) / (self.end - self.start))

    def per_cent(self, moment: datetime) -> str:
        return f"{self.place(moment):.3f}%"

    def span(self, first: datetime, last: datetime) -> Span:
        width = self.place(last) - self.place(first)
        return Span(self.per_cent(first), f"{width:.3f}%")


def _lane(
    capacity: str,
    chain: Sequence[Answered],
    top: int,
    scale: _Scale,
    shifts: Sequence[Shift],
    before: int,
) -> Lane:
    title = "Responsible" if isinstance(chain[0], ActionPeriod) else Capacity(capacity).label
    bars, duty = [], []
    for number, period in enumerate(chain, start=before + 1):
        ends = period.until or scale.end
        middle = period.taken_at + (ends - period.taken_at) / 2
        until = at_time(period.until) if period.until else "now"
        bars.append(
            Bar(
                number=number,
                at=scale.span(period.taken_at, ends),
                words=f"{number}. {period.officer}, {at_time(period.taken_at)} to {until}",
                is_fallback=period.is_fallback,
                text_x=scale.per_cent(middle),
            )
        )
        duty += [
            scale.span(max(shift.starts_at, period.taken_at), min(shift.ends_at, ends))
            for shift in shifts
            if shift.officer_id == period.officer.pk
            and shift.starts_at < ends
            and shift.ends_at > period.taken_at
        ]
    return Lane(title, top, bars, duty)


def _shifts_during(periods: Sequence[Answered], scale: _Scale) -> list[Shift]:
    """Every shift of the holders in that time, wherever it was; one query."""
    return list(
        Shift.objects.filter(
            officer__in={each.officer.pk for each in periods},
            starts_at__lt=scale.end,
            ends_at__gt=scale.start,
        ).order_by("starts_at", "pk")
    )


def _marks(scale: _Scale) -> list[Mark]:
    """At most six round times: the hours of a day, then midnights."""
    moments, is_by_the_hour = _round_times(scale)
    shown = (scale.start, scale.end, *moments)
    has_both = len({in_london(moment).tzname() for moment in shown}) > 1
    marks = []
    for moment in moments:
        local = in_london(moment)
        words = local.strftime("%H:%M") if is_by_the_hour else local.strftime(f"{local.day} %b")
        if is_by_the_hour and has_both:
            words = f"{words} {local.tzname()}"
        elif is_by_the_hour and local.hour == 0:
            words = local.strftime(f"{local.day} %b")
        is_at_the_end = scale.place(moment) > NEAR_THE_END
        marks.append(Mark(scale.per_cent(moment), words, "end" if is_at_the_end else "start"))
    return marks


def _round_times(scale: _Scale) -> tuple[list[datetime], bool]:
    first = scale.start.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + HOUR
    if scale.end - scale.start <= timedelta(days=3):
        hours = [first + n * HOUR for n in range(int((scale.end - scale.start) / HOUR) + 1)]
        for apart in HOURS_APART:
            chosen = [
                each for each in hours if each <= scale.end and in_london(each).hour % apart == 0
            ]
            if len(chosen) <= MOST_MARKS:
                return chosen, True
    day, last = day_of(scale.start) + timedelta(days=1), day_of(scale.end)
    days = [day + timedelta(days=n) for n in range((last - day).days + 1)]
    for apart in DAYS_APART:
        chosen = [start_of(each) for each in days if each.toordinal() % apart == 0]
        if len(chosen) <= MOST_MARKS:
            return chosen, False
    return [start_of(days[0]), start_of(days[-1])], False
