"""Finding phrases in what was written."""

from collections.abc import Iterator
from dataclasses import dataclass

from riskassessment.language.phrases import Phrase, phrases
from riskassessment.language.quotations import quotations
from riskassessment.language.reading import Reading, readings

LONGEST_WRITTEN = 200


@dataclass(frozen=True)
class Hit:
    """A phrase of the list as it stands in a text, with a better wording.

    at: where it begins, in characters of the text. instead: what can be put in its place at one
    press; empty to take it out, None where the officer has to write the facts.
    """

    phrase: str
    prefer: str
    written: str
    at: int
    instead: str | None


def find(text: str, *, is_child: bool = True) -> list[Hit]:
    """Each phrase of the list that the text holds, once, in the order of the text.

    is_child: whether the missing person is under 18; some phrases blame only a child.
    What is quoted word for word is left out.
    """
    first: dict[str, Hit] = {}
    for hit in find_all(text, is_child=is_child):
        first.setdefault(hit.phrase, hit)
    return list(first.values())


def find_all(text: str, *, is_child: bool = True) -> list[Hit]:
    """Every place at which a phrase of the list stands, in the order of the text."""
    quoted = quotations(text)
    found: dict[tuple[int, str], Hit] = {}
    for reading in readings(text):
        for phrase in phrases():
            if phrase.child_only and not is_child:
                continue
            for start, end in _places(phrase, reading):
                if not any(opens <= start and end <= closes for opens, closes in quoted):
                    found.setdefault((start, phrase.phrase), _hit(phrase, text, start, end))
    return [found[place] for place in sorted(found)]


def _places(phrase: Phrase, reading: Reading) -> Iterator[tuple[int, int]]:
    """Where the phrase stands in the original text, but for its innocent senses."""
    innocent = (
        [match.span() for match in phrase.unless.finditer(reading.text)] if phrase.unless else []
    )
    for match in phrase.pattern.finditer(reading.text):
        if not any(start < match.end() and match.start() < end for start, end in innocent):
            yield reading.span(*match.span())


def _hit(phrase: Phrase, text: str, start: int, end: int) -> Hit:
    written = text[start:end]
    return Hit(
        phrase=phrase.phrase,
        prefer=phrase.prefer,
        written=written[:LONGEST_WRITTEN],
        at=start,
        instead=phrase.put_instead(written) if len(written) <= LONGEST_WRITTEN else None,
    )
