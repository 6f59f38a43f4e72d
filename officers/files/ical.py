"""Rotas as iCalendar (RFC 5545): written for a calendar, read from another system's file."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dateutil.rrule import rrulestr
from icalendar import Calendar, Event

from core.errors import Invalid
from core.files.tables import LARGEST
from core.london import LONDON
from officers.files.rota_files import Line
from officers.models import Shift
from officers.rules.roles import Role

PRODUCT = "-//Mispers//Duty rota//EN"
MOST_EVENTS = 5000
# How often one event may repeat: a shift a day for a year.
MOST_REPEATS = 366
_FREQUENT = re.compile(r"FREQ=(SECONDLY|MINUTELY|HOURLY)", re.IGNORECASE)


def written(shifts: Iterable[Shift], *, name: str, now: datetime) -> bytes:
    """The shifts as a calendar that `read_calendar` reads back; officers' health is not in it."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for shift in shifts:
        event = Event()
        event.add("uid", f"shift-{shift.pk}@mispers")
        event.add("dtstamp", now.astimezone(UTC))
        event.add("dtstart", shift.starts_at.astimezone(UTC))
        event.add("dtend", shift.ends_at.astimezone(UTC))
        event.add("summary", f"{Role(shift.role).label}, {shift.bcu_id}: {shift.officer}")
        event.add("categories", [shift.role])
        event.add("attendee", f"mailto:{shift.officer.email}")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def read_calendar(content: bytes) -> Iterator[Line]:
    """Every event as a line, repeated ones expanded; the number is of the line it begins on.

    Times without a zone are London's. Raises Invalid for what is no calendar.
    """
    if len(content) > LARGEST:
        raise Invalid.field("file", "too_large", "The file may have at most 1 MB")
    try:
        text = content.decode("utf-8-sig")
        calendars = Calendar.from_ical(text.replace("\x00", ""), multiple=True)
    except (ValueError, IndexError, KeyError, TypeError):
        raise Invalid.field("file", "unreadable", "The file is not a readable calendar") from None
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    numbers = [
        number
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip().upper() == "BEGIN:VEVENT"
    ]
    if not events or len(events) != len(numbers):
        raise Invalid.field("file", "empty", "The calendar has no events that can be read")
    count = 0
    for number, event in zip(numbers, events, strict=True):
        for line in _lines(number, event):
            count += 1
            if count > MOST_EVENTS:
                raise Invalid.field("file", "too_many", f"Give at most {MOST_EVENTS:,} shifts")
            yield line


def _lines(number: int, event: Any) -> Iterator[Line]:
    """One event's shifts, or a line that says why it cannot be read."""
    officer, role = _officer(event), _role(event)
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    try:
        for starts_at, ends_at in _periods(event):
            yield Line(number, officer, role, starts_at, ends_at)
    except (ValueError, TypeError, OverflowError, AttributeError) as error:
        said = str(error) if isinstance(error, _Unreadable) else "its times cannot be read"
        yield Line(number, officer, role, wrong=said)


class _Unreadable(ValueError):
    """Why the times of an event cannot be read, in words."""


def _periods(event: Any) -> Iterator[tuple[datetime, datetime]]:
    if "RECURRENCE-ID" in event or "RDATE" in event:
        raise _Unreadable("single changes of a repeated event are not read: give each shift once")
    if event.get("DTSTART") is None:
        raise _Unreadable("it has no start")
    starts = event.decoded("DTSTART")
    if event.get("DTEND") is not None:
        ends = event.decoded("DTEND")
    elif event.get("DURATION") is not None:
        ends = starts + event.decoded("DURATION")
    else:
        raise _Unreadable("it has no end")
    if not isinstance(starts, datetime) or not isinstance(ends, datetime):
        raise _Unreadable("it has a day and no time")
    first, last = _on_the_wall(starts), _on_the_wall(ends)
    length = last - first
    for each in _starts(event, first):
        yield _instant(each, starts), _instant(each + length, ends)


def _starts(event: Any, first: datetime) -> list[datetime]:
    """When the event starts each time, by the clock on the wall of its own zone."""
    rule = event.get("RRULE")
    if rule is None:
        return [first]
    text = rule.to_ical().decode()
    if _FREQUENT.search(text):
        raise _Unreadable("it repeats more often than once a day")
    # By the wall clock, so that a shift keeps its hours when the clocks change.
    text = re.sub(r"(UNTIL=\d{8}T\d{6})Z", r"\1", text)
    skipped = {_on_the_wall(each) for each in _left_out(event)}
    found: list[datetime] = []
    for each in rrulestr(text, dtstart=first):
        if len(found) >= MOST_REPEATS:
            raise _Unreadable(f"it repeats more than {MOST_REPEATS} times: give it an end")
        if each not in skipped:
            found.append(each)
    return found


def _left_out(event: Any) -> Iterator[datetime]:
    given = event.get("EXDATE", [])
    for group in given if isinstance(given, list) else [given]:
        yield from (each.dt for each in group.dts if isinstance(each.dt, datetime))


def _on_the_wall(moment: date) -> datetime:
    """What the clock says, without its zone."""
    if not isinstance(moment, datetime):
        raise _Unreadable("it has a day and no time")
    return moment.replace(tzinfo=None)


def _instant(wall: datetime, given: datetime) -> datetime:
    """The wall-clock time in the zone that was given (London's, if none) as UTC."""
    zone = given.tzinfo or LONDON
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall:
        raise _Unreadable(f"the clocks went forward: there was no {wall:%H:%M} on {wall:%d %b %Y}")
    if not instant > datetime.min.replace(tzinfo=UTC) + timedelta(days=1):
        raise _Unreadable("its times cannot be read")
    return instant


def _officer(event: Any) -> str:
    attendee = event.get("ATTENDEE", "")
    first = attendee[0] if isinstance(attendee, list) and attendee else attendee
    return re.sub(r"(?i)^mailto:", "", str(first)).strip()


def _role(event: Any) -> str:
    given = event.get("CATEGORIES")
    first = given[0] if isinstance(given, list) and given else given
    names = [str(each) for each in getattr(first, "cats", [])]
    return names[0].strip() if names else ""
