"""How sentences name times, quote words and count things, for a court to read years later."""

from collections.abc import Iterable
from datetime import datetime

from django.template.defaultfilters import pluralize
from django.utils.text import Truncator

from core.london import in_london


def at_time(moment: datetime) -> str:
    """Day, date, time and zone in London: Sat 18 Jul 2026, 02:14 BST."""
    local = in_london(moment)
    return local.strftime(f"%a {local.day} %b %Y, %H:%M %Z")


def quoted(text: str, most: int = 300) -> str:
    """The words in quotation marks, cut after `most` characters; the entry keeps all of them."""
    return f"“{cut(text, most)}”"


def cut(text: str, most: int) -> str:
    """The words on one line of at most `most` characters, with … where the rest was left out."""
    flat = short = " ".join(text.split())
    room = most + 1
    # Django counts a letter and its marks as one character; a column counts each.
    while len(short) > most:
        room -= 1
        short = Truncator(flat).chars(room)
    return short


def without_stop(text: str) -> str:
    """The text without the full stop at its end, to go on inside a sentence."""
    return text.strip().rstrip(".")


def listed(parts: Iterable[str]) -> str:
    """One, two and three."""
    words = list(parts)
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 incident, 3 incidents."""
    return f"{number:,} {noun}{pluralize(number)}"


def agreeing(number: int, one: str, many: str) -> str:
    """The word that goes with so many: is with one, are with more or none."""
    return pluralize(number, f"{one},{many}")
