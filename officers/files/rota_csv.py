"""A rota read from a table."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from core.files import tables
from core.forms.reading import Unreadable, read_moment
from officers.files.rota_files import Line

COLUMNS = ("officer", "role", "starts_at", "ends_at")
# Whose rota it is: our own tables say so, others need not.
BCU = "bcu"
MOST_ROWS = 5000
# Before or after the present: what is over and what is too far ahead is named by its date.
MOST_YEARS = 200
# What stands between a date and a time in ISO 8601.
_BETWEEN = re.compile(r"(?<=\d)T(?=\d)")
# A day, with its month as a word or without spaces, after the name of a weekday; then a time.
_DAY_AND_TIME = re.compile(
    r"(?:[a-z]{3,9},? )?(\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9},? \d{2,4}|\S+) (.+)", re.IGNORECASE
)


def read_table(content: bytes, *, now: datetime) -> Iterator[Line]:
    """Every row as a line. Raises Invalid for what is no such table."""
    for number, cells, wrong in tables.read(
        content, columns=COLUMNS, optional=[BCU], most=MOST_ROWS
    ):
        line = Line(
            number, officer=cells["officer"], role=cells["role"], wrong=wrong, bcu=cells[BCU],
            said=cells["starts_at"],
        )  # fmt: skip
        try:
            line.starts_at = _moment(cells["starts_at"], now)
            line.ends_at = _moment(cells["ends_at"], now)
        except Unreadable as error:
            line.wrong = wrong or error.message
        yield line


def _moment(text: str, now: datetime) -> datetime:
    """A moment: with an offset as ISO 8601, or a day and a time on the wall in London."""
    try:
        exact = datetime.fromisoformat(text)
    except ValueError:
        exact = None
    if exact is not None and exact.tzinfo is not None:
        if abs(exact.year - now.year) > MOST_YEARS:
            raise Unreadable("day", f"“{text}” is no time that can be kept")
        return exact.astimezone(UTC)
    spaced = _BETWEEN.sub(" ", text)
    parts = _DAY_AND_TIME.fullmatch(spaced)
    day, time = parts.groups() if parts else (spaced, "")
    try:
        found = read_moment(day, time, now=now)
    except Unreadable as error:
        raise Unreadable(error.part, f"“{text}”: {error.message}") from None
    if found is None:
        raise Unreadable("day", "Give when it starts and ends, such as 2026-07-18 07:00")
    return found
