"""The clock and the calendar of the place: London's.

A day is a stretch of time: where the clocks change, one has 23 or 25 hours.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_of(moment: datetime) -> date:
    """The day in London on which a moment falls."""
    return moment.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The first instant of a day in London, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant after a day in London, in UTC."""
    return start_of(day + timedelta(days=1))


def last_moment_of(day: date, now: datetime) -> datetime:
    """The last moment of a day in London; of the day that `now` falls on, `now`."""
    return now if day == day_of(now) else end_of(day) - timedelta(microseconds=1)
