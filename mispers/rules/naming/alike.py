"""How alike two words of a name are: written, as a short form, or by their sound."""

from dataclasses import dataclass
from enum import Enum

from mispers.rules.naming.nearness import nearness
from mispers.rules.naming.short_forms import stands_for
from mispers.rules.naming.sounds import sounds_of


class How(Enum):
    """In what two words agree; the value is how much it counts at most."""

    WRITTEN = 1.0
    STANDS_FOR = 0.92
    SOUND = 0.9
    INITIAL = 0.5
    BEGINNING = 0.6


@dataclass(frozen=True)
class Agreement:
    """Two words agree: in what, and how closely, above 0 and at most 1."""

    how: How
    closeness: float


ENOUGH = 0.85
# How many letters the beginning of a word must have to stand for it, and a word to stand for a
# longer one that was asked for: Padma for Padmavathi, Chinwe where Chinwendu is asked for.
BEGINNING, BEGUN = 4, 5
# Stands after every letter of a folded word.
ENDLESS = "{"


def agree(asked: str, known: str) -> Agreement | None:
    """Whether two folded words may be one, and in what they agree the most; None if they do not."""
    if asked == known:
        return Agreement(How.WRITTEN, 1.0)
    if stands_for(asked, known):
        return Agreement(How.STANDS_FOR, How.STANDS_FOR.value)
    if set(sounds_of(asked)).isdisjoint(sounds_of(known)):
        return None
    near = nearness(asked, known)
    return Agreement(How.SOUND, near * How.SOUND.value) if near >= ENOUGH else None


def begins(asked: str, known: str) -> bool:
    """Whether one of two folded words begins with the other, as the name half typed does."""
    return (len(asked) >= BEGINNING and known.startswith(asked)) or (
        len(known) >= BEGUN and asked.startswith(known)
    )
