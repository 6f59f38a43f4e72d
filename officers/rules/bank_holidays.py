"""Bank holidays of England and Wales, and the days on which the clocks change."""

from datetime import date, timedelta
from functools import cache

import holidays

from core.london import end_of, start_of

_DAY = timedelta(hours=24)


def bank_holiday(day: date) -> str:
    """The name of the bank holiday that the day is in England and Wales, or nothing."""
    return str(_of_year(day.year).get(day, ""))


def clock_change(day: date) -> str:
    """What the clocks do in the course of the day in London, or nothing."""
    length = end_of(day) - start_of(day)
    if length == _DAY:
        return ""
    return "The clocks go forward" if length < _DAY else "The clocks go back"


@cache
def _of_year(year: int) -> dict[date, str]:
    # England's are those of Wales too; the names are the library's.
    found = holidays.country_holidays("GB", subdiv="ENG", years=year, language="en_GB")
    return dict(found.items())
