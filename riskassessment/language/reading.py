"""A text as it is read for phrases: one kind of apostrophe, hyphen and space, nothing invisible."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201b\u02bc\u2032\u00b4`", "'"),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00a0\u2007\u202f\u2009\u200a\u2002\u2003", " "),
}
# A soft hyphen or a zero-width mark stands inside a word without being seen.
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_BROKEN_WORD = re.compile(r"(?<=\w)-[ \t]*\r?\n[ \t]*(?=[a-z])")


@dataclass(frozen=True)
class Reading:
    """The text to match against; places: where each of its characters stands in the original."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the reading as it stands in the original."""
        return self.places[start], self.places[end - 1] + 1


def readings(original: str) -> Iterator[Reading]:
    """The text as it is read; before that, with words joined up that a line's end may have broken.

    The joined one comes first, since it holds the whole of such a word.
    """
    kept = [index for index, character in enumerate(original) if character not in _UNSEEN]
    text = "".join(_PLAIN.get(original[index], original[index]) for index in kept)
    breaks = list(_BROKEN_WORD.finditer(text))
    if breaks:
        left_out = {index for each in breaks for index in range(each.start(), each.end())}
        joined = [index for index in range(len(text)) if index not in left_out]
        yield Reading(
            "".join(text[index] for index in joined), tuple(kept[index] for index in joined)
        )
    yield Reading(text, tuple(kept))
