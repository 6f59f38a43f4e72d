"""The clock and the calendar of the place, London's: nothing else knows its zone.

A day is a stretch of time: where the clocks change, one has 23 or 25 hours.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_of(moment: datetime) -> date:
    """The day in London on which a moment falls."""
    try:
        return in_london(moment).date()
    except OverflowError:  # The first or last hours that a calendar can name.
        return moment.date()


def in_london(moment: datetime) -> datetime:
    """A moment as London's clock shows it."""
    return moment.astimezone(LONDON)


def moment_at(day: date, shown: time) -> datetime:
    """The moment in UTC at which London's clock shows a time; the first where it does twice."""
    return datetime.combine(day, shown, LONDON).astimezone(UTC)


def moments_at(day: date, shown: time) -> tuple[datetime, ...]:
    """Each moment in UTC at which London's clock shows a time: one, or two, or none in spring."""
    both = (
        datetime.combine(day, shown.replace(fold=fold), LONDON).astimezone(UTC) for fold in (0, 1)
    )
    return tuple(dict.fromkeys(each for each in both if _shows(each, day, shown)))


def start_of(day: date) -> datetime:
    """The first instant of a day in London, in UTC."""
    return moment_at(day, time())


def end_of(day: date) -> datetime:
    """The first instant after a day in London, in UTC."""
    return start_of(day + timedelta(days=1))


def last_moment_of(day: date, now: datetime) -> datetime:
    """The last moment of a day in London; of the day that `now` falls on, `now`."""
    return now if day == day_of(now) else end_of(day) - timedelta(microseconds=1)


def _shows(moment: datetime, day: date, shown: time) -> bool:
    there = in_london(moment)
    return (there.date(), there.time()) == (day, shown)
