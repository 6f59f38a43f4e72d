"""How a disclosure pack writes times and the parts of a row for a reader."""

from datetime import UTC, datetime
from typing import Any

from django import template

register = template.Library()

# Keys and counters, which say nothing to a reader; record.json has them.
_FOR_MACHINES = {"id", "incident", "assessment", "definition", "recorded_by", "recorded_at"}


@register.filter
def utc(moment: str | None) -> str:
    """A time of the pack's data as 18 Jul 2026, 09:00:00 UTC; words taken out stay as they are."""
    if not moment:
        return ""
    try:
        read = datetime.fromisoformat(moment).astimezone(UTC)
    except ValueError:
        return moment
    return read.strftime(f"{read.day} %b %Y, %H:%M:%S UTC")


@register.filter
def filled(row: dict[str, Any]) -> list[tuple[str, Any]]:
    """The parts of a row that hold something a person reads, with their names in words.

    Rows within the row are left to the template.
    """
    return [
        (name.replace("_", " ").capitalize(), words)
        for name, value in row.items()
        if name not in _FOR_MACHINES
        and value not in (None, "", [], {})
        and not isinstance(value, dict)
        and (words := _readable(value))
    ]


def _readable(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list):
        return "\n".join(_readable(each) for each in value if not isinstance(each, dict))
    text = str(value)
    return utc(text) if isinstance(value, str) and text[:4].isdigit() and "T" in text else text
