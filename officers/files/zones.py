"""The time zones that a calendar names, known by their name or, as London's, by their rules.

What a file says of a zone is never run: its rules could be made to repeat without end.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from core.london import LONDON

# The zone of what names none.
HERE = LONDON
_SUMMER_AND_WINTER = {"DAYLIGHT": ("+0100", "3"), "STANDARD": ("+0000", "10")}


def named(name: str, defined: Mapping[str, tzinfo]) -> tzinfo | None:
    """The zone of this name; of Windows too, or behind a vendor's prefix; or as the file has it."""
    cleaned = name.strip().strip("/")
    parts = cleaned.split("/")
    tried = [cleaned, WINDOWS_TO_OLSON.get(cleaned, "")]
    tried += ["/".join(parts[start:]) for start in range(1, len(parts))]
    return next((found for each in tried if (found := _zone(each))), defined.get(name.strip()))


def defined_in(blocks: Iterable[Sequence[tuple[str, str]]]) -> dict[str, tzinfo]:
    """The zones that a file describes (each as its properties), as far as they are told apart."""
    found: dict[str, tzinfo] = {}
    for block in blocks:
        said = dict(block)
        zone = _zone(said.get("X-LIC-LOCATION", "")) or (HERE if _is_london(block) else None)
        if zone is not None:
            found[said.get("TZID", "").strip()] = zone
    return found


def _is_london(block: Sequence[tuple[str, str]]) -> bool:
    """Whether summer time is an hour, from the last Sunday of March to the last of October."""
    seen: dict[str, set[tuple[str, str]]] = {}
    part = offset = ""
    for name, value in block:
        if name == "BEGIN":
            part, offset = value.upper(), ""
        elif name == "TZOFFSETTO":
            offset = value[: len("+0100")]
        if name in {"TZOFFSETTO", "RRULE"} and part in _SUMMER_AND_WINTER:
            seen.setdefault(part, set()).add((offset, value if name == "RRULE" else ""))
    return all(
        any(
            each == offset and {"BYDAY=-1SU", f"BYMONTH={month}"} <= set(rule.upper().split(";"))
            for each, rule in seen.get(part, ())
        )
        and {each for each, _ in seen[part] if each} == {offset}
        for part, (offset, month) in _SUMMER_AND_WINTER.items()
    )


def _zone(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, KeyError, OSError):
        return None
