"""A calendar's text taken apart: each event by itself, with the line that it begins on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import tzinfo
from typing import Any

from icalendar import Event
from icalendar.prop import vBroken

from core.errors import Invalid
from core.files.decoding import decoded, lines_of
from officers.files import zones

# More than a year of a shift a day for a dozen officers; each is read by itself.
MOST_EVENTS = 5000
_READ = {
    "UID", "SEQUENCE", "STATUS", "SUMMARY", "CATEGORIES", "ATTENDEE", "DTSTART", "DTEND",
    "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID",
    "X-MISPERS-OFFICER", "X-MISPERS-BCU",
}  # fmt: skip
# What an event has once; of two, nobody can tell which is meant.
_ONCE = {"UID", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"}
# Whom it is for, and as what. (Times that cannot be read are told as they stand, later.)
_PEOPLE = {"ATTENDEE", "CATEGORIES", "SUMMARY", "X-MISPERS-OFFICER", "X-MISPERS-BCU"}
# So that no zone is looked up, or guessed at, while an event is read: `zones` does that.
_ZONE = re.compile(r";TZID=", re.IGNORECASE)
ZONE = "X-ZONE"


@dataclass
class Block:
    """One event: its number is of the line that it begins on; None where it is `wrong`, and why."""

    number: int
    event: Any = None
    wrong: str = "it cannot be read"


@dataclass
class Taken:
    """A calendar taken apart. is_cancelling: whether all of it is a notice of cancellation."""

    blocks: list[Block] = field(default_factory=list)
    zones: dict[str, tzinfo] = field(default_factory=dict)
    is_cancelling: bool = False


def taken_apart(content: bytes) -> Taken:
    """The events of a calendar. Raises Invalid for what is no calendar, or has too many."""
    reader = _Reader()
    for number, text in _unfolded(lines_of(decoded(content))):
        reader.take(number, text)
    return reader.done()


class _Reader:
    """Goes through the properties of a calendar, and keeps those of events and of time zones."""

    def __init__(self) -> None:
        self.found = Taken()
        self.inside: list[str] = []
        self.seen: set[str] = set()
        self.kept: list[str] = []
        self.described: list[list[tuple[str, str]]] = []

    def take(self, number: int, text: str) -> None:
        """Read one property, or the beginning or end of a component."""
        name = re.split(r"[;:]", text, maxsplit=1)[0].upper()
        value = text[len(name) + 1 :].strip()
        if name == "BEGIN":
            self._begin(number, value.upper())
        if "VTIMEZONE" in self.inside and self.described:
            self.described[-1].append((name, value))
        if name == "END":
            self._end(number, value.upper())
        elif self.inside[-1:] == ["VEVENT"] and name in _READ:
            self.kept.append(_ZONE.sub(f";{ZONE}=", text))
        elif name == "METHOD":
            self.found.is_cancelling = value.upper() == "CANCEL"

    def done(self) -> Taken:
        """What was found. Raises Invalid where that is no calendar."""
        if "VCALENDAR" not in self.seen:
            raise _wrong("unreadable", "The file is not a readable calendar")
        if self.inside:
            raise _wrong("unreadable", "The calendar breaks off before its end")
        if not self.found.blocks:
            raise _wrong("empty", "The calendar has no events")
        self.found.zones = zones.defined_in(self.described)
        return self.found

    def _begin(self, number: int, what: str) -> None:
        self.inside.append(what)
        self.seen.add(what)
        if what == "VEVENT":
            self.kept = []
            self.found.blocks.append(Block(number))
        elif what == "VTIMEZONE":
            self.described.append([])
        if len(self.found.blocks) > MOST_EVENTS:
            raise _wrong("too_many", f"Give at most {MOST_EVENTS:,} events")

    def _end(self, number: int, what: str) -> None:
        if not self.inside or self.inside.pop() != what:
            raise _wrong("unreadable", f"The file is not a readable calendar from line {number} on")
        if what == "VEVENT":
            _read(self.found.blocks[-1], self.kept)


def _wrong(code: str, message: str) -> Invalid:
    return Invalid.field("file", code, message)


def _unfolded(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Each property with the number of its first line; a line that begins with a space goes on."""
    number, parts = 0, [""]
    for at, line in enumerate(lines, start=1):
        if line[:1] in {" ", "\t"}:
            parts.append(line[1:])
            continue
        if any(parts):
            yield number, "".join(parts).rstrip()
        number, parts = at, [line]
    if any(parts):
        yield number, "".join(parts).rstrip()


def _read(block: Block, properties: list[str]) -> None:
    """Let a block have what its properties say."""
    text = "\r\n".join(["BEGIN:VEVENT", *properties, "END:VEVENT", ""])
    try:
        event: Any = Event.from_ical(text)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
        return
    twice = [name for name in _ONCE if isinstance(event.get(name), list)]
    broken = [name for name in _PEOPLE if any(isinstance(e, vBroken) for e in _all(event, name))]
    if twice:
        block.wrong = f"it has more than one {min(twice)}"
    elif broken:
        block.wrong = f"its {min(broken)} cannot be read"
    else:
        block.event = event


def _all(event: Any, name: str) -> list[Any]:
    given = event.get(name, [])
    return given if isinstance(given, list) else [given]
