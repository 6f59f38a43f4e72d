"""What the two forms of a rota's file have in common: a line that says who is on duty when."""

from dataclasses import dataclass
from datetime import datetime

from core.text import at_time


class WrongLine(Exception):
    """What is wrong with one line, in words."""


class LeftOut(Exception):
    """Why a line that is right gives no shift, in words."""


@dataclass
class Line:
    """One shift as a file has it; times in UTC.

    number: of the line that it begins on. wrong: why it cannot be read. left: why the file itself
    has nobody on duty then, such as a cancelled event; silent: that needs saying only where the
    rota has them on duty. said: how the file names its time, where that cannot be read. title: a
    calendar's words, in which an officer may be named. bcu: whose rota it is of, if it says so.
    """

    number: int
    officer: str
    role: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    wrong: str = ""
    left: str = ""
    silent: bool = False
    said: str = ""
    title: str = ""
    bcu: str = ""


@dataclass(frozen=True)
class NotTaken:
    """What of one line was not put on the rota, and why.

    first, last: the starts (UTC) of the first and last of its shifts; None where the file's times
    cannot be read, which `said` then quotes. is_wrong: whether somebody has to mend the line.
    """

    line: int
    reason: str
    first: datetime | None
    last: datetime | None
    shifts: int
    said: str = ""
    is_wrong: bool = False

    @property
    def when(self) -> str:
        """The date and time, or the first and last of several, in London."""
        if self.first is None or self.last is None:
            return f"“{self.said}”" if self.said else ""
        if self.shifts == 1:
            return at_time(self.first)
        return f"{self.shifts} shifts, {at_time(self.first)} to {at_time(self.last)}"

    def __str__(self) -> str:
        when = f" ({self.when})" if self.when else ""
        return f"Line {self.line}: {self.reason}{when}"


class Reasons:
    """Collects what was not taken; the shifts of one line with one reason are told together."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str, bool], list[Line]] = {}

    def add(self, line: Line, reason: str, *, is_wrong: bool = False) -> None:
        """Note why the shift of a line was not taken."""
        self._found.setdefault((line.number, reason, is_wrong), []).append(line)

    def told(self) -> list[NotTaken]:
        """By line, as they stand in the file."""
        return sorted(
            (
                _told(lines, reason, is_wrong=is_wrong)
                for (_, reason, is_wrong), lines in self._found.items()
            ),
            key=lambda each: each.line,
        )


def _told(lines: list[Line], reason: str, *, is_wrong: bool) -> NotTaken:
    starts = [each.starts_at for each in lines if each.starts_at is not None]
    return NotTaken(
        lines[0].number,
        reason,
        min(starts, default=None),
        max(starts, default=None),
        len(lines),
        lines[0].said,
        is_wrong,
    )
