"""The clock and the calendar of the place: London's.

A day is a stretch of time: where the clocks change, one has 23 or 25 hours.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_of(moment: datetime) -> date:
    """The day in London on which a moment falls."""
    try:
        return moment.astimezone(LONDON).date()
    except OverflowError:  # The first or last hours that a calendar can name.
        return moment.date()


def local(moment: datetime) -> datetime:
    """A moment as London's clock shows it."""
    return moment.astimezone(LONDON)


def start_of(day: date) -> datetime:
    """The first instant of a day in London, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant after a day in London, in UTC."""
    return start_of(day + timedelta(days=1))
