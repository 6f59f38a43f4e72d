"""A rota read from another system's calendar (RFC 5545), event by event."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from typing import Any

from core.errors import Invalid
from core.files.decoding import plain
from officers.files import zones
from officers.files.calendar_text import Block, Taken, taken_apart
from officers.files.occurrences import (
    Occurrence,
    Reach,
    moved_from,
    occurrences,
    zone_of,
)
from officers.files.rota_files import Line
from officers.files.series import Unreadable

# What one file may put on a rota, and what it may say besides of what is over or left out.
MOST_SHIFTS = 5000
MOST_LINES = 50_000


@dataclass
class _Event:
    """An event and its place among those of the same name.

    changes: the start, or day, of the occurrence that it changes. is_alone: its series is not in
    the file.
    """

    block: Block
    uid: str
    sequence: int
    changes: datetime | date | None = None
    is_alone: bool = True
    wrong: str = ""


def read_calendar(content: bytes, *, now: datetime, last: datetime) -> Iterator[Line]:
    """Every event as lines, repeated ones expanded; the number is of the line it begins on.

    last: the last moment at which a shift may begin. Times without a zone are London's. An event
    that gives no shift is a line as well, and says why. Raises Invalid for what is no calendar, or
    has more than 5,000 shifts ahead.
    """
    taken = taken_apart(content)
    reach = Reach(last, taken.zones)
    ahead = 0
    for count, line in enumerate(_every(taken, reach), start=1):
        ahead += line.ends_at is not None and line.ends_at > now
        if ahead > MOST_SHIFTS or count > MOST_LINES:
            raise Invalid.field("file", "too_many", f"Give at most {MOST_SHIFTS:,} shifts")
        yield line


def _every(taken: Taken, reach: Reach) -> Iterator[Line]:
    events = _placed(taken, reach)
    changed: dict[str, set[datetime | date]] = defaultdict(set)
    newest: dict[tuple[str, datetime | date | None], _Event] = {}
    for event in events:
        if event.uid and event.changes is not None:
            changed[event.uid].add(event.changes)
        key = (event.uid, event.changes)
        if key not in newest or newest[key].sequence < event.sequence:
            newest[key] = event
    for event in events:
        best = newest[event.uid, event.changes]
        if event.block.event is None:
            yield Line(event.block.number, "", "", wrong=event.block.wrong)
        elif event.uid and best.sequence > event.sequence:
            left = f"a later version of it is at line {best.block.number}"
            yield _whole(event, left=left)
        else:
            elsewhere = changed[event.uid] if event.uid and event.changes is None else set()
            yield from _lines(event, taken, reach, elsewhere)


def _placed(taken: Taken, reach: Reach) -> list[_Event]:
    """Every event with the start that it changes, told by the zone of its series."""
    named = [
        _Event(
            block,
            str(block.event.get("UID", "")).strip() if block.event is not None else "",
            _number(block.event.get("SEQUENCE")) if block.event is not None else 0,
        )
        for block in taken.blocks
    ]
    series: dict[str, tzinfo] = {}
    for each in named:
        if each.uid and each.block.event.get("RECURRENCE-ID") is None:
            try:
                series.setdefault(each.uid, zone_of(each.block.event, reach))
            except Unreadable:
                continue
    for each in named:
        if each.block.event is not None:
            try:
                each.is_alone = each.uid not in series
                zone = series.get(each.uid, zones.HERE)
                each.changes = moved_from(each.block.event, reach, zone)
            except Unreadable as error:
                each.wrong = str(error)
    return named


def _lines(
    event: _Event, taken: Taken, reach: Reach, elsewhere: set[datetime | date]
) -> Iterator[Line]:
    """One event's shifts for each officer in it, or a line that says why it cannot be read."""
    left = _not_taking_place(event.block.event, taken)
    try:
        times = _times(event, reach, elsewhere)
    except Unreadable as error:
        yield _whole(event, wrong=str(error))
        return
    people = list(_people(event))
    for each in times:
        for person in people:
            yield replace(
                person,
                starts_at=each.starts_at,
                ends_at=each.ends_at,
                wrong=each.wrong,
                left=each.left or left or person.left,
                silent=each.silent and not left,
            )


def _times(event: _Event, reach: Reach, elsewhere: set[datetime | date]) -> list[Occurrence]:
    """When an event takes place, and where it was before it was moved out of its series."""
    recurrence = event.block.event.get("RECURRENCE-ID")
    wrong = event.wrong
    if recurrence is not None and recurrence.params.get("RANGE"):
        wrong = "it changes all that follow it as well: give those as a series"
    if wrong:
        raise Unreadable(wrong)
    times = list(occurrences(event.block.event, reach, elsewhere=elsewhere))
    if event.is_alone and isinstance(event.changes, datetime):
        times.append(_before(event.changes, times))
    return times


def _before(start: datetime, times: list[Occurrence]) -> Occurrence:
    """Where a moved occurrence was before, as long as it is now; said only if the rota has it."""
    now = next((each for each in times if each.starts_at and each.ends_at), None)
    lasts = now.ends_at - now.starts_at if now and now.starts_at and now.ends_at else None
    ends = start + lasts if lasts else None
    return Occurrence(start, ends, left="it was changed by itself", silent=True)


def _not_taking_place(event: Any, taken: Taken) -> str:
    """Why an event is no shift although it has its times; nothing where it is one."""
    status = str(event.get("STATUS", "")).upper()
    if taken.is_cancelling or status == "CANCELLED":
        return "it is cancelled in the file"
    return "it is only tentative in the file" if status == "TENTATIVE" else ""


def _whole(event: _Event, **over: Any) -> Line:
    return replace(next(_people(event)), **over)


def _people(event: _Event) -> Iterator[Line]:
    """A line without its times for each officer whom the event is for; one without, if for none."""
    found = event.block.event
    title = plain(str(_one(found.get("SUMMARY", ""))))
    common = Line(
        event.block.number, "", _role(found), said=_said(found), title=title,
        bcu=plain(str(_one(found.get("X-MISPERS-BCU", "")))),
    )  # fmt: skip
    if own := plain(str(_one(found.get("X-MISPERS-OFFICER", "")))):
        yield replace(common, officer=own)
        return
    given = found.get("ATTENDEE", [])
    some = False
    for each in given if isinstance(given, list) else [given]:
        params = getattr(each, "params", {})
        if str(params.get("CUTYPE", "")).upper() in {"ROOM", "RESOURCE"}:
            continue
        some = True
        yield replace(
            common, officer=plain(re.sub(r"(?i)^mailto:", "", str(each))), left=_declined(params)
        )
    if not some:
        yield common


def _declined(params: Any) -> str:
    if str(params.get("PARTSTAT", "")).upper() == "DECLINED":
        return "they declined it"
    return "they are only told of it" if _role_in_event(params) == "NON-PARTICIPANT" else ""


def _role_in_event(params: Any) -> str:
    return str(params.get("ROLE", "")).upper()


def _role(event: Any) -> str:
    """What the event is filed under; several are parted by a line break."""
    given = event.get("CATEGORIES", [])
    groups = given if isinstance(given, list) else [given]
    return "\n".join(plain(str(name)) for each in groups for name in getattr(each, "cats", []))


def _said(event: Any) -> str:
    """How the file names the start, for whoever looks for it there."""
    given = _one(event.get("DTSTART"))
    value = getattr(given, "dt", None) if not isinstance(given, str) else None
    if isinstance(value, datetime):
        return value.strftime("%d %b %Y, %H:%M")
    return value.strftime("%d %b %Y") if isinstance(value, date) else plain(str(given or ""))


def _one(given: Any) -> Any:
    return given[0] if isinstance(given, list) else given


def _number(given: Any) -> int:
    try:
        return int(_one(given) or 0)
    except (TypeError, ValueError):
        return 0
