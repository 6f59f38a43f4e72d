"""A rota written as iCalendar (RFC 5545), for a phone and to be read back."""

from collections.abc import Iterable
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress

from officers.rules.roles import Role
from officers.selectors.calendar import Entry

PRODUCT = "-//Mispers//Duty rota//EN"


def written(entries: Iterable[Entry], *, name: str, now: datetime) -> bytes:
    """The shifts as a calendar that `read_calendar` reads back; officers' health is not in it.

    A shift keeps its UID when it is changed, with a higher SEQUENCE; what was taken out is there as
    cancelled, so that a calendar which had it takes it out too.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, now))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, now: datetime) -> Event:
    shift = entry.shift
    event = Event()
    event.add("uid", f"shift-{entry.root}@mispers")
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", shift.starts_at.astimezone(UTC))
    event.add("dtend", shift.ends_at.astimezone(UTC))
    event.add("summary", f"{Role(shift.role).label}, {shift.bcu_id}: {shift.officer}")
    event.add("categories", [shift.role])
    event.add("attendee", vCalAddress(f"mailto:{shift.officer.email}"))
    # An address may be shared, a user name is not; and a rota is of one BCU.
    event.add("x-mispers-officer", shift.officer.username)
    event.add("x-mispers-bcu", shift.bcu_id)
    return event
