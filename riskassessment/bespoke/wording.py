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

from riskassessment.reference import read

# Words in a row that are compared as one: fewer meet by chance, more miss a text lightly edited.
SHINGLE = 4
NAME, NUMBER, THEY = "@", "0", "they"
_APOSTROPHE = "\u2019"
_WORD = re.compile(rf"[^\W_]+(?:['{_APOSTROPHE}][^\W_]+)*")
_ENDS_SENTENCE = re.compile(r"[.!?:;\n“\"(]")


@dataclass(frozen=True)
class Word:
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
        for sign, start, end in self._signs():
            if found and sign == found[-1].sign and sign in {NAME, NUMBER}:
                found[-1] = Word(sign, found[-1].start, end)
            else:
                found.append(Word(sign, start, end))
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

    def _signs(self) -> Iterator[tuple[str, int, int]]:
        small = sum(map(str.islower, self.text))
        shouted = sum(map(str.isupper, self.text)) > small
        before = 0
        for match in _WORD.finditer(self.text):
            word, start = match[0], match.start()
            begins = before == 0 or _ENDS_SENTENCE.search(self.text, before, start) is not None
            before = match.end()
            yield self._sign(word, is_proper=not (begins or shouted)), start, before

    def _sign(self, word: str, *, is_proper: bool) -> str:
        """is_proper: a capital letter here means a name, since no sentence begins with it."""
        plain = folded(word)
        bare = plain.removesuffix("'s")
        if bare in self.names:
            return NAME
        if any(map(str.isdigit, plain)) or bare in listed_words("numbers"):
            return NUMBER
        if plain in listed_words("pronouns"):
            return THEY
        if is_proper and word[0].isupper() and plain != "i" and not plain.startswith("i'"):
            return NAME
        return plain


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


def words_in(*texts: str) -> frozenset[str]:
    """The words of some names, as `Wording` takes them."""
    return frozenset(folded(match[0]) for text in texts for match in _WORD.finditer(text))


def signs_of(texts: Collection[str]) -> set[str]:
    """The words that stand in any of the texts, folded."""
    return set(words_in(*texts))
