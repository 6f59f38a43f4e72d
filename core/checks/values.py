"""One check for each kind of value: it gives the value back as it is kept, or raises Unfit.

label: what the value is called where a message begins with its name.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from core.london import start_of
from core.text import at_time

LONGEST_TEXT = 10_000  # characters: the limit in the interface's contract for any text
LONGEST_LINE = 200
LONGEST_PHONE = 30
# Clocks of other systems run a little ahead of ours.
CLOCK_DRIFT = timedelta(seconds=60)
# Nobody who is alive was born earlier, and nothing that is recorded happened earlier.
EARLIEST = date(1890, 1, 1)

_FIRST_MOMENT = start_of(EARLIEST)
_PHONE = re.compile(r"(?=.*\d)[0-9+() .\-extEXT#]{3,}")
_POSTCODE = re.compile(r"(GIR 0AA|[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2})")
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")


class Unfit(ValueError):
    """A value that cannot stand. code: stable; message: a sentence for whoever gave it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def is_storable(given: str, *, lines: bool) -> bool:
    """Whether a text holds no control characters or halves of characters.

    lines: whether line breaks and tabs are allowed.
    """
    allowed = "\n\t" if lines else ""
    return not any(c not in allowed and unicodedata.category(c) in {"Cc", "Cs"} for c in given)


def without_unseen(given: str) -> str:
    """The text without marks of direction and joiners, which nobody sees."""
    return "".join(c for c in given if unicodedata.category(c) != "Cf")


def tidy(given: str) -> str:
    """A line in composed characters with single spaces and none at its ends."""
    return " ".join(unicodedata.normalize("NFC", given).split())


def text(given: Any, *, most: int = LONGEST_TEXT, label: str = "This") -> str:
    """Text of several lines as it was written, without space around it; empty for None."""
    broken = _words(given, label).replace("\r\n", "\n").replace("\r", "\n").strip()
    return fitting(broken, most=most, label=label, lines=True)


def line(given: Any, *, most: int = LONGEST_LINE, label: str = "This") -> str:
    """One line of text such as a name or a place, tidied; empty for None."""
    return tidy(fitting(_words(given, label).strip(), most=most, label=label, lines=False))


def fitting(words: str, *, most: int, lines: bool, label: str = "This") -> str:
    """The words, if they can be stored and are at most so many characters."""
    if not is_storable(words, lines=lines):
        raise Unfit("control_characters", f"{label} contains characters that cannot be stored.")
    if len(words) > most:
        raise Unfit("max_length", f"{label} must be {most:,} characters or fewer.")
    return words


def phone(given: Any) -> str:
    """A telephone number as it was given, without what a paste brings in unseen."""
    label = "Telephone number"
    number = line(_as_seen(_words(given, label)), most=LONGEST_PHONE, label=label)
    if number and not _PHONE.fullmatch(number):
        raise Unfit("wrong_phone", "Enter a telephone number, such as 020 7946 0000.")
    return number


def postcode(given: Any) -> str:
    """A British postcode, in capitals with its space."""
    bare = line(_as_seen(_words(given, "Postcode")), label="Postcode").replace(" ", "").upper()
    if not bare:
        return ""
    spaced = f"{bare[:-3]} {bare[-3:]}"
    if not _POSTCODE.fullmatch(spaced):
        raise Unfit("postcode", "Enter a full postcode, such as N1 9GU.")
    return spaced


def past(
    given: datetime, *, now: datetime, not_before: datetime | None = None, too_early: str = ""
) -> datetime:
    """A moment that has come; one that a clock ahead of ours gave is now.

    not_before: it may lie in the same minute, because people write minutes. too_early: what to say
    of an earlier one.
    """
    if given > now + CLOCK_DRIFT:
        raise Unfit("in_future", f"This is in the future: it is {at_time(now)} now.")
    if given < _FIRST_MOMENT:
        raise Unfit("too_early", "Check the year.")
    if not_before is not None and given < not_before.replace(second=0, microsecond=0):
        raise Unfit("too_early", too_early)
    return min(given, now)


def birth(given: date, *, today: date) -> date:
    """A date of birth. today: London's day on which it is given, or an earlier one to judge by."""
    if given > today:
        raise Unfit("in_future", "The date of birth cannot be in the future.")
    return year_of(given, "date of birth")


def year_of(given: date, label: str) -> date:
    """A day in a year that can be meant."""
    if given < EARLIEST:
        raise Unfit("too_early", f"Check the year of the {label}.")
    return given


def _words(given: Any, label: str) -> str:
    if given is None:
        return ""
    if not isinstance(given, str):
        raise Unfit("invalid", f"{label} must be text.")
    return given


def _as_seen(given: str) -> str:
    """What a reader sees: marks of direction, joiners and full-width forms come with a paste."""
    return without_unseen(unicodedata.normalize("NFKC", given).translate(_DASHES))
