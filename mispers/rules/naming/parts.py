"""A name taken apart: its words, and every run of words that may be written as one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mispers.rules.naming.folding import LONGEST, shortened, spellings, words_of
from mispers.rules.naming.sounds import sounds_of

# Words that are left out or written in another way as often as not. They never decide.
PARTICLES = frozenset(
    [
        "de",
        "del",
        "dela",
        "delas",
        "la",
        "las",
        "le",
        "les",
        "lo",
        "los",
        "da",
        "das",
        "do",
        "dos",
        "di",
        "du",
        "des",
        "d",
        "l",
        "of",
        "the",
        "van",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "der",
        "den",
        "dem",
        "ter",
        "ten",
        "het",
        "op",
        "te",
        "af",
        "av",
        "al",
        "el",
        "ul",
        "ur",
        "ar",
        "as",
        "ash",
        "at",
        "ad",
        "az",
        "us",
        "uz",
        "ud",
        "ol",
        "bin",
        "ibn",
        "ben",
        "bint",
        "binti",
        "binte",
        "ould",
        "wald",
        "abu",
        "o",
        "mac",
        "mc",
        "ap",
        "ab",
        "verch",
        "fitz",
        "ni",
        "nic",
        "ui",
        "ua",
        "st",
        "san",
        "santa",
        "sao",
        "y",
        "e",
        "i",
        "thi",
        "van",
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
    ]
)
LONGEST_RUN = 3
MOST_WORDS = 12


@dataclass(frozen=True)
class Run:
    """Adjacent words as one: where it begins, how many words, and its spellings."""

    first: int
    words: int
    spelt: tuple[str, ...]

    @property
    def mask(self) -> int:
        """A bit for each of its words, the first word of the name lowest."""
        return ((1 << self.words) - 1) << self.first


@dataclass(frozen=True)
class Name:
    """A name in words, folded; of_given: how many of them, from the first, are the given name."""

    words: tuple[str, ...]
    runs: tuple[Run, ...]
    of_given: int

    @cached_property
    def weighty(self) -> int:
        """A bit for each word that counts: neither a particle nor an initial, if there is any."""
        return self._weighed or _bits(True for _ in self.words)

    @property
    def is_weighed(self) -> bool:
        """Whether it has a word that is neither a particle nor an initial."""
        return bool(self._weighed)

    @cached_property
    def _weighed(self) -> int:
        return _bits(word not in PARTICLES and len(word) > 1 for word in self.words)

    @cached_property
    def initials(self) -> int:
        """A bit for each word that is one letter and no particle."""
        return _bits(len(word) == 1 and word not in PARTICLES for word in self.words)

    @property
    def letters(self) -> str:
        """All letters in one."""
        return "".join(self.words)


def name_of(given: str, family: str = "") -> Name:
    """The name taken apart; a whole line may be given in one."""
    first, last = words_of(given), words_of(family)
    raw = [*first, *last][:MOST_WORDS]
    spelt = [spellings(word) for word in raw]
    return Name(
        words=tuple(each[0] for each in spelt),
        runs=tuple(_runs(spelt)),
        of_given=min(len(first), MOST_WORDS),
    )


@dataclass(frozen=True)
class Part:
    """One row of a person's name as it is looked up: a spelling and one of its sounds."""

    folded: str
    sound: str


def parts_of(name: Name) -> list[Part]:
    """Every part by which the name is found; a word without a sound has an empty one."""
    found = [
        Part(spelling, sound)
        for run in name.runs
        for spelling in run.spelt
        for sound in sounds_of(spelling) or ("",)
    ]
    return list(dict.fromkeys(found))


def _runs(spelt: Sequence[tuple[str, ...]]) -> Iterator[Run]:
    """The words one by one, then two and three in one."""
    for words in range(1, LONGEST_RUN + 1):
        for first in range(len(spelt) - words + 1):
            within = spelt[first : first + words]
            yield Run(first, words, within[0] if words == 1 else _joined(within))


def _joined(within: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Words in one, of their first spellings and of their last, and what may be left of it."""
    whole = "".join(each[0] for each in within)[:LONGEST]
    other = "".join(each[-1] for each in within)[:LONGEST]
    return tuple(dict.fromkeys([whole, other, *shortened(whole)]))


def _bits(flags: Iterator[bool]) -> int:
    return sum(1 << place for place, flag in enumerate(flags) if flag)
