"""When somebody was born, as far as it is known, and what a date on record says to that."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# What each likeness adds; beside them the closeness of a name counts 60 points.
SAME, SWAPPED, YEAR_OFF, SAME_YEAR, NEXT_YEAR, OTHER = 40, 30, 25, 28, 15, -30
IN_WORDS = {
    SAME: "same date of birth",
    SWAPPED: "day and month of birth swapped",
    YEAR_OFF: "year of birth differs by one",
    SAME_YEAR: "same year of birth",
    NEXT_YEAR: "year of birth differs by one",
    OTHER: "other date of birth",
}


@dataclass(frozen=True)
class Born:
    """A date, or a year alone, or neither."""

    day: date | None = None
    year: int | None = None

    def __bool__(self) -> bool:
        return bool(self.day or self.year)


def worth(asked: Born, known: date | None) -> tuple[int, str]:
    """The points of a recorded birth and why, in words; nothing where either is not known."""
    if not asked or known is None:
        return 0, ""
    if asked.day:
        points = dict(_near_days(asked.day)).get(known, OTHER)
    else:
        apart = abs((asked.year or 0) - known.year)
        points = {0: SAME_YEAR, 1: NEXT_YEAR}.get(apart, OTHER)
    return points, IN_WORDS[points]


def near(asked: Born) -> tuple[list[date], tuple[date, date] | None]:
    """Days that are taken for the one asked, and the first and last day of the years meant."""
    if asked.day:
        return [day for day, _ in _near_days(asked.day)], None
    if asked.year:
        return [], (date(asked.year - 1, 1, 1), date(asked.year + 1, 12, 31))
    return [], None


def _near_days(day: date) -> Iterator[tuple[date, int]]:
    """The weaker first: a mapping made of them keeps the stronger."""
    for year in (day.year - 1, day.year + 1):
        yield from _dated(year, day.month, day.day, YEAR_OFF)
    yield from _dated(day.year, day.day, day.month, SWAPPED)
    yield day, SAME


def _dated(year: int, month: int, day: int, points: int) -> Iterator[tuple[date, int]]:
    try:
        yield date(year, month, day), points
    except ValueError:  # No such day: 29 February, or a 13th month.
        return
