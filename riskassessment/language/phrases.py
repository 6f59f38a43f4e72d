"""The list of phrases, from fixtures/risk/phrases.toml, each made into a pattern once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from riskassessment.language.forms import compiled
from riskassessment.rules.dated_data import read


@dataclass(frozen=True)
class Phrase:
    """A phrase to avoid and a better wording. child_only: it is asked about for children alone.

    unless: what makes it an innocent sense. instead: pairs of how it may begin (lower case) and
    what is then put in its place at one press; the first that fits counts, and there may be none.
    """

    phrase: str
    prefer: str
    source: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    instead: tuple[tuple[tuple[str, ...], str], ...]
    child_only: bool

    def put_instead(self, written: str) -> str | None:
        """What can stand in its place; an empty string takes it out, None is nothing to offer.

        A capital at its beginning stays one.
        """
        plain = " ".join(written.split())
        for beginnings, words in self.instead:
            if plain.lower().startswith(beginnings):
                return words[:1].upper() + words[1:] if plain[:1].isupper() else words
        return None


@cache
def phrases() -> tuple[Phrase, ...]:
    """Every phrase of the list."""
    return tuple(
        Phrase(
            phrase=entry["phrase"],
            prefer=entry["prefer"],
            source=entry["source"],
            pattern=compiled(entry.get("match", [entry["phrase"]])),
            unless=compiled(entry["unless"]) if "unless" in entry else None,
            instead=_pairs(entry.get("instead")),
            child_only=entry.get("child_only", False),
        )
        for entry in read("phrases", "phrase")
    )


def _pairs(
    instead: str | Sequence[tuple[str, str]] | None,
) -> tuple[tuple[tuple[str, ...], str], ...]:
    if instead is None:
        return ()
    pairs = [("", instead)] if isinstance(instead, str) else instead
    return tuple((tuple(beginnings.split("|")), words) for beginnings, words in pairs)
