"""A rationale as it is compared: its words, without what changes when a text is only re-used.

Names, numbers, days and pronouns each become one sign, so that a copy in which the name, the age
and “she” were changed is still the same text.
"""

import re
import unicodedata
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from riskassessment.rules.dated_data import read

# Words in a row that are compared as one: fewer meet by chance, more miss a text lightly edited.
SHINGLE = 4
NAME, NUMBER, THEY = "@", "0", "they"
_APOSTROPHE = "\u2019"
_WORD = re.compile(rf"[^\W_]+(?:['{_APOSTROPHE}][^\W_]+)*")
_ENDS_SENTENCE = re.compile(r"[.!?:;\n“\"(]")


class Word(NamedTuple):
    """One sign and where it stands in the text; several names or numbers in a row are one sign."""

    sign: str
    start: int
    end: int


@dataclass(frozen=True)
class Wording:
    """A text to compare. names: words of it that are names, casefolded."""

    text: str
    names: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> list[Word]:
        """The signs in their order."""
        found: list[Word] = []
        for word in self._signs():
            if found and word.sign == found[-1].sign and word.sign in {NAME, NUMBER}:
                found[-1] = Word(word.sign, found[-1].start, word.end)
            else:
                found.append(word)
        return found

    @cached_property
    def shingles(self) -> list[int]:
        """The hash of every run of SHINGLE signs, in order; one for a text that is shorter."""
        signs = [word.sign for word in self.words]
        if not signs:
            return []
        last = max(1, len(signs) - SHINGLE + 1)
        return [zlib.crc32(" ".join(signs[at : at + SHINGLE]).encode()) for at in range(last)]

    def between(self, first: int, last: int) -> str:
        """The text from one word to another, both included, as it was written."""
        return self.text[self.words[first].start : self.words[last].end]

    def _signs(self) -> Iterator[Word]:
        text, shouted, before = self.text, self.text.isupper(), 0
        for match in _WORD.finditer(text):
            word, (start, end) = match[0], match.span()
            begins = before == 0 or (
                text[before:start] != " " and _ENDS_SENTENCE.search(text, before, start) is not None
            )
            before = end
            yield Word(self._sign(word, is_proper=not (begins or shouted)), start, end)

    def _sign(self, word: str, *, is_proper: bool) -> str:
        """is_proper: a capital letter here means a name, since no sentence begins with it."""
        plain = folded(word)
        bare = plain.removesuffix("'s")
        if bare in self.names:
            return NAME
        if sign := _listed().get(bare):
            return sign
        if not plain.isalpha() and any(map(str.isdigit, plain)):
            return NUMBER
        if is_proper and word[0].isupper() and plain != "i" and not plain.startswith("i'"):
            return NAME
        return plain


@cache
def _listed() -> dict[str, str]:
    """{word: the sign that stands for it}."""
    return {
        **dict.fromkeys(listed_words("pronouns"), THEY),
        **dict.fromkeys(listed_words("numbers"), NUMBER),
    }


@cache
def listed_words(name: str) -> frozenset[str]:
    """The words of one list in fixtures/risk/bespoke.toml, folded."""
    (lists,) = read("bespoke", "words")
    return frozenset(lists[name].split())


def folded(word: str) -> str:
    """A word without case and accents."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.replace(_APOSTROPHE, "'"))
        word = "".join(each for each in decomposed if not unicodedata.combining(each))
    return word.casefold()


def folded_words(*texts: str) -> frozenset[str]:
    """The words of some names, as `Wording` takes them."""
    return frozenset(folded(match[0]) for text in texts for match in _WORD.finditer(text))


def signs_of(texts: Collection[str]) -> set[str]:
    """The words that stand in any of the texts, folded."""
    return set(folded_words(*texts))
