"""Reads dates and times the way people type them at two in the morning."""

import re
from datetime import UTC, date, datetime, time, timedelta

from core.london import day_of, moments_at

NOON = 12
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Unreadable(ValueError):
    """What was typed is no date or time. `part` is the box it was typed in."""

    def __init__(self, part: str, message: str) -> None:
        super().__init__(message)
        self.part = part
        self.message = message


def read_moment(day_text: str, time_text: str, *, now: datetime) -> datetime | None:
    """The moment in UTC that a day and a time name in London, or None when both are empty.

    "now" in either box is `now` to the minute. Raises Unreadable.
    """
    day_text, time_text = day_text.strip().lower(), time_text.strip().lower()
    if not day_text and not time_text:
        return None
    if "now" in (day_text, time_text):
        return now.astimezone(UTC).replace(second=0, microsecond=0)
    if not day_text:
        raise Unreadable("day", "Enter the date as well, such as today or 18/7/2026")
    day = read_day(day_text, today=day_of(now))
    if not time_text:
        raise Unreadable("time", "Enter the time as well, such as 02:14")
    bare, zone = _without_zone(time_text)
    return _in_london(datetime.combine(day, read_time(bare)), zone)


def read_day(text: str, *, today: date) -> date:
    """The day named by `text`; without a year, the one nearest to `today`. Raises Unreadable."""
    text = text.strip().lower()
    spoken = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if text in spoken:
        return today + timedelta(days=spoken[text])
    # Databases and spreadsheets write midnight beside a day that has no time.
    text = re.sub(r"[ t]00:00(:00(\.0+)?)?$", "", text)
    if iso := re.fullmatch(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", text):
        year, month, day = (int(part) for part in iso.groups())
        return _day(year, month, day)
    if run := re.fullmatch(r"(\d{2})(\d{2})(\d{4}|\d{2})", text):
        return _day(_year(run[3]), int(run[2]), int(run[1]))
    parts = re.fullmatch(
        r"(?:[a-z]+day|mon|tue|wed|thu|fri|sat|sun)?[ ,]*"
        r"(\d{1,2})(?:st|nd|rd|th)?[ /.\-]*(\d{1,2}|[a-z]{3,9})(?:[ /.\-,]+(\d{4}|\d{2}))?",
        text,
    )
    if not parts:
        raise Unreadable("day", "Enter a date, such as today, 18/7 or 18 Jul 2026")
    month = _month(parts[2])
    if parts[3]:
        return _day(_year(parts[3]), month, int(parts[1]))
    return _nearest(month, int(parts[1]), today)


def read_time(text: str) -> time:
    """The time of day named by `text`: 0214, 2:14, 2.14pm, 02:14:30, noon. Raises Unreadable."""
    text = text.strip().lower().removesuffix("hours").removesuffix("hrs").strip()
    if text in {"noon", "midday"}:
        return time(NOON)
    if text == "midnight":
        return time(0)
    found = re.fullmatch(
        r"(\d{1,2})(?:[:.h]?(\d{2})(?:(?<=[:.]..)[:.](\d{2})(?:\.0+)?)?)? ?(am|pm)?", text
    )
    if not found:
        raise Unreadable("time", "Enter a time, such as 02:14, 0214 or 2:14pm")
    hour, minute, second = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found[4]:
        if not 1 <= hour <= NOON:
            raise Unreadable("time", "Enter a time, such as 02:14 or 2:14pm")
        hour = hour % NOON + (NOON if found[4] == "pm" else 0)
    try:
        return time(hour, minute, second)
    except ValueError:
        raise Unreadable("time", "The time must be between 00:00 and 23:59") from None


def _without_zone(text: str) -> tuple[str, str]:
    for zone in ("bst", "gmt", "utc", "z"):
        if text.endswith(zone):
            return text.removesuffix(zone).strip(), zone
    return text, ""


def _in_london(wall: datetime, zone: str) -> datetime:
    """A wall-clock time in London as UTC; the two nights the clocks change need care."""
    if zone in {"gmt", "utc", "z"}:
        return wall.replace(tzinfo=UTC)
    if zone == "bst":
        return wall.replace(tzinfo=UTC) - timedelta(hours=1)
    match moments_at(wall.date(), wall.time()):
        case [moment]:
            return moment
        case []:
            raise Unreadable("time", "The clocks went forward: there was no such time that night")
    raise Unreadable(
        "time", "The clocks went back, so this time came twice: add BST (first) or GMT (second)"
    )


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("day", "Enter a real date, such as 18/7/2026") from None


def _year(text: str) -> int:
    return int(text) if len(text) == len("2026") else 2000 + int(text)


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text[:3] in MONTHS:
        return MONTHS.index(text[:3]) + 1
    raise Unreadable("day", "Enter the month as a number or its name, such as 18/7 or 18 Jul")


def _nearest(month: int, day: int, today: date) -> date:
    """The 29th of February needs a leap year, so years without the day are passed over."""
    candidates = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            candidates.append(date(year, month, day))
        except ValueError:
            continue
    if not candidates:
        raise Unreadable("day", "Enter a real date with its year, such as 18/7/2026")
    return min(candidates, key=lambda candidate: abs(candidate - today))
