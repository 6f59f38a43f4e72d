"""When an event of a calendar takes place: once, as often as its rule says, or as it was moved."""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from core.london import day_of
from officers.files import zones
from officers.files.calendar_text import ZONE
from officers.files.series import Budget, Unreadable, days_in, walk


@dataclass(frozen=True)
class Occurrence:
    """One time at which an event takes place, in UTC; wrong, left and silent as of a `Line`."""

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    wrong: str = ""
    left: str = ""
    silent: bool = False


@dataclass
class Reach:
    """How far a file is read: `last` is the last moment at which a shift may begin."""

    last: datetime
    zones: Mapping[str, tzinfo]
    budget: Budget = field(default_factory=Budget)

    def zone(self, params: Mapping[str, Any]) -> tzinfo | None:
        """The zone that a property names; None for none. Raises Unreadable for one unknown."""
        name = str(params.get(ZONE, ""))
        found = zones.named(name, self.zones) if name else None
        if name and found is None:
            raise Unreadable(f"there is no time zone “{name}”")
        return found


def read(what: Callable[[], Any]) -> Any:
    """What a property says. Raises Unreadable where the library cannot tell."""
    try:
        return what()
    except Unreadable:
        raise
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError):
        raise Unreadable("its times cannot be read") from None


def occurrences(
    event: Any, reach: Reach, *, elsewhere: AbstractSet[datetime | date] = frozenset()
) -> Iterator[Occurrence]:
    """Every time at which an event takes place, as far as the rota reaches.

    elsewhere: the starts (UTC), or days, of those that the file gives by themselves, changed.
    What was left out or moved is given too, silent. Raises Unreadable for what cannot be read.
    """
    zone, first, length = read(lambda: _first(event, reach))
    out, whole_days = read(lambda: _left_out(event, reach, zone))
    walls, leaves, goes_on = _walls(event, reach, zone, first)
    if leaves:
        yield _at(first, length, zone, left="its rule leaves out the day on which it begins")
    for wall in walls:
        gone = wall in out or wall.date() in whole_days
        moved = not gone and _is_elsewhere(wall, zone, elsewhere)
        if gone or moved:
            said = "it was left out of its series" if gone else "it was changed by itself"
            yield _at(wall, length, zone, left=said, silent=True)
        else:
            yield _at(wall, length, zone)
    yield from read(lambda: list(_added(event, reach, zone, length, set(walls))))
    if goes_on is not None:
        last = f"{day_of(reach.last):%d %b %Y}"
        yield _at(
            goes_on, length, zone, left=f"it goes on after {last}: give the rest in a later file"
        )


def moved_from(event: Any, reach: Reach, zone_of_series: tzinfo) -> datetime | date | None:
    """The start (UTC) that an event takes the place of in its series, or the day; None for none."""
    given = event.get("RECURRENCE-ID")
    if given is None:
        return None
    value = read(lambda: given.dt)
    if not isinstance(value, datetime):
        return value if isinstance(value, date) else None
    return _instant(*_wall(value, reach.zone(given.params), zone_of_series))


def zone_of(event: Any, reach: Reach) -> tzinfo:
    """The zone in which an event begins."""
    found: tzinfo = read(lambda: _first(event, reach))[0]
    return found


def _first(event: Any, reach: Reach) -> tuple[tzinfo, datetime, timedelta]:
    """The zone of an event, when it begins there by the clock on the wall, and how long it lasts.

    A length, too, is by the clock on the wall: a night ends at its hour when the clocks change.
    """
    starts, ends, length = (event.get(each) for each in ("DTSTART", "DTEND", "DURATION"))
    if starts is None:
        raise Unreadable("it has no start")
    if not isinstance(starts.dt, datetime):
        raise Unreadable("it has a day and no time")
    wall, zone = _wall(starts.dt, reach.zone(starts.params), zones.HERE)
    if ends is None and length is None:
        raise Unreadable("it has no end")
    if ends is None:
        return zone, wall, length.dt
    if not isinstance(ends.dt, datetime):
        raise Unreadable("it has a day and no time")
    last, its_zone = _wall(ends.dt, reach.zone(ends.params), zone)
    if its_zone != zone:
        last = _instant(last, its_zone).astimezone(zone).replace(tzinfo=None)
    return zone, wall, last - wall


def _walls(
    event: Any, reach: Reach, zone: tzinfo, first: datetime
) -> tuple[list[datetime], bool, datetime | None]:
    """When it begins each time; whether that leaves out the first; the first beyond reach."""
    rule = event.get("RRULE")
    if event.get("EXRULE") is not None or isinstance(rule, list):
        raise Unreadable("it has more than one rule of repetition")
    if rule is None:
        return [first], False, None
    try:
        text, until = rule.to_ical().decode(), _until(rule.get("UNTIL", [None])[0], zone)
    except (ValueError, AttributeError, TypeError, OverflowError):
        raise Unreadable("its rule of repetition cannot be read") from None
    last = reach.last.astimezone(zone).replace(tzinfo=None)
    walked = walk(text, first, until=until, last=last, budget=reach.budget)
    return walked.days, first <= last and walked.days[:1] != [first], walked.next


def _until(given: Any, zone: tzinfo) -> datetime | None:
    """The last time of a rule by the clock on the wall of its event; a day counts to its end."""
    if isinstance(given, datetime):
        return _wall_in(given, zone)
    return None if given is None else datetime.combine(given, time.max)


def _left_out(event: Any, reach: Reach, zone: tzinfo) -> tuple[set[datetime], set[date]]:
    """What is left out of a series: times by the clock on the wall of its zone, and whole days."""
    times: set[datetime] = set()
    days: set[date] = set()
    for value, params in days_in(event.get("EXDATE", [])):
        if isinstance(value, datetime):
            wall, its_zone = _wall(value, reach.zone(params), zone)
            times.add(_instant(wall, its_zone).astimezone(zone).replace(tzinfo=None))
        else:
            days.add(value)
    return times, days


def _added(
    event: Any, reach: Reach, zone: tzinfo, length: timedelta, there: set[datetime]
) -> Iterator[Occurrence]:
    """What is added to a series one by one, each as long as the first or with its own end."""
    for value, params in days_in(event.get("RDATE", [])):
        starts, ends = value if isinstance(value, tuple) else (value, length)
        if not isinstance(starts, datetime):
            raise Unreadable("it has a day and no time")
        wall, its_zone = _wall(starts, reach.zone(params), zone)
        lasts = ends - starts if isinstance(ends, datetime) else ends
        if wall not in there:
            yield _at(wall, lasts, its_zone)


def _is_elsewhere(wall: datetime, zone: tzinfo, elsewhere: AbstractSet[datetime | date]) -> bool:
    # As UTC: a time of the hour that comes twice is never equal to one of another zone.
    return wall.date() in elsewhere or wall.replace(tzinfo=zone).astimezone(UTC) in elsewhere


def _at(wall: datetime, length: timedelta, zone: tzinfo, **over: Any) -> Occurrence:
    try:
        return Occurrence(_instant(wall, zone), _instant(wall + length, zone), **over)
    except (Unreadable, OverflowError) as error:
        said = str(error) if isinstance(error, Unreadable) else "its times cannot be read"
        return Occurrence(wrong=said, **over)


def _wall(value: datetime, zone: tzinfo | None, default: tzinfo) -> tuple[datetime, tzinfo]:
    """What the clock on the wall says, and the zone of that wall."""
    its_zone = value.tzinfo or zone or default
    return value.replace(tzinfo=None), its_zone


def _wall_in(value: datetime, zone: tzinfo) -> datetime:
    return value.replace(tzinfo=None) if value.tzinfo is None else value.astimezone(zone).replace(
        tzinfo=None
    )  # fmt: skip


def _instant(wall: datetime, zone: tzinfo) -> datetime:
    """A time by the clock on the wall as UTC; of an hour that comes twice, the first (RFC 5545)."""
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall:
        raise Unreadable(f"the clocks went forward: there was no {wall:%H:%M} on {wall:%d %b %Y}")
    if not instant > datetime.min.replace(tzinfo=UTC) + timedelta(days=1):
        raise Unreadable("its times cannot be read")
    return instant
