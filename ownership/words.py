"""How times and lists are written into sentences that are read in court years later."""

from collections.abc import Sequence
from datetime import datetime

from core.forms.reading import LONDON


def at_time(moment: datetime) -> str:
    """Day and time in London with the zone: 18 Jul 2026, 02:14 BST."""
    local = moment.astimezone(LONDON)
    return local.strftime(f"{local.day} %b %Y, %H:%M %Z")


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: A, B and C."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 incident, 3 incidents."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
