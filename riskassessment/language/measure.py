"""How well phrases are found: precision and recall over sentences that somebody has labelled.

A file of sentences is TOML with one list, `sentences`; each has `text`, and where they apply
`finds` (the phrases that must be found, as the list names them) and `adult` (the person is 18 or
over).
"""

import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from core.rules.shares import Share
from riskassessment.language.matcher import find


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the phrases that must be found in it; none where it blames nobody."""

    text: str
    finds: frozenset[str]
    is_child: bool


@dataclass(frozen=True)
class Mistake:
    """A sentence with what was missed in it and what was found without reason."""

    sentence: Sentence
    missed: frozenset[str]
    found_wrongly: frozenset[str]


@dataclass(frozen=True)
class Score:
    """Counts of phrases, each counted once a sentence: found rightly, found wrongly, missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> Share:
        """Of what was found, how much was rightly found."""
        return Share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Share:
        """Of what should be found, how much was."""
        return Share(self.right, self.right + self.missed)


@dataclass(frozen=True)
class Measured:
    """What came of one file of sentences. plain: those in which nothing may be found."""

    sentences: int
    plain: int
    overall: Score
    by_phrase: dict[str, Score]
    mistakes: list[Mistake]


def read_sentences(path: Path) -> list[Sentence]:
    """The labelled sentences of a file."""
    return [
        Sentence(
            text=each["text"],
            finds=frozenset(each.get("finds", ())),
            is_child=not each.get("adult", False),
        )
        for each in tomllib.loads(path.read_text(encoding="utf-8"))["sentences"]
    ]


def measure(sentences: Sequence[Sentence]) -> Measured:
    """Look for phrases in every sentence and compare with its labels."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    mistakes = []
    for sentence in sentences:
        hits = find(sentence.text, is_child=sentence.is_child)
        found = frozenset(hit.phrase for hit in hits)
        right.update(found & sentence.finds)
        wrong.update(found - sentence.finds)
        missed.update(sentence.finds - found)
        if found != sentence.finds:
            mistakes.append(Mistake(sentence, sentence.finds - found, found - sentence.finds))
    return Measured(
        sentences=len(sentences),
        plain=sum(not sentence.finds for sentence in sentences),
        overall=Score(right.total(), wrong.total(), missed.total()),
        by_phrase={
            phrase: Score(right[phrase], wrong[phrase], missed[phrase])
            for phrase in sorted({*right, *wrong, *missed})
        },
        mistakes=mistakes,
    )
