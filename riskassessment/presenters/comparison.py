"""What changed from one assessment to the next, word by word and item by item; no queries."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from riskassessment.models import PromptAnswer, RiskAssessment, SourceLookedAt
from riskassessment.rules.factors import factor_label

SAME, REMOVED, ADDED = "same", "removed", "added"
VALUES = {
    "grade": "Grade",
    "likelihood": "How likely harm is",
    "severity": "How bad it would be",
}
_PIECES = re.compile(r"\s*\S+|\s+$")


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, went or came. how: same, removed or added."""

    how: str
    text: str


@dataclass(frozen=True)
class Text:
    """A text with what changed in it."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Value:
    """A value that changed, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Items:
    """A list that changed; what is in both is left out."""

    label: str
    added: list[str]
    removed: list[str]


@dataclass(frozen=True)
class Comparison:
    """One assessment against the one before it; what did not change is in none of the lists.

    before: None for the first of an incident, of which nothing is said.
    """

    before: RiskAssessment | None
    after: RiskAssessment
    values: list[Value]
    items: list[Items]
    texts: list[Text]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was changed, in which case the grade was only affirmed."""
        return not (self.values or self.items or self.texts)


def compare(before: RiskAssessment | None, after: RiskAssessment) -> Comparison:
    """Two assessments as `riskassessment.selectors.assessments.with_details` reads them."""
    if before is None:
        return Comparison(None, after, [], [], [])
    values = [
        Value("Grade", before.get_grade_display(), after.get_grade_display()),
        Value(
            "How likely harm is", before.get_likelihood_display(), after.get_likelihood_display()
        ),
        Value("How bad it would be", before.get_severity_display(), after.get_severity_display()),
    ]
    items = [
        _items("Factors", _factors(before), _factors(after)),
        _items("What is known", _information(before), _information(after)),
        _items("Sources looked at", _looked_at(before), _looked_at(after)),
        _items("Sources not looked at", _not_looked_at(before), _not_looked_at(after)),
        _items("Prompts left without an answer", _empty(before), _empty(after)),
    ]
    texts = [
        Text("Reasons", words_compared(before.rationale, after.rationale)),
        Text(
            "Why it is lower than usual",
            words_compared(before.differs_because, after.differs_because),
        ),
        *_prompts(before, after),
    ]
    return Comparison(
        before,
        after,
        [each for each in values if each.before != each.after],
        [each for each in items if each.added or each.removed],
        [each for each in texts if any(piece.how != SAME for piece in each.pieces)],
    )


def words_compared(before: str, after: str) -> list[Piece]:
    """The two texts as one: what stayed, what went and what came, in whole words."""
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    # Words alone decide, not the spaces before them.
    matcher = difflib.SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new])
    pieces: list[Piece] = []
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece(SAME, "".join(new[new_from:new_to])))
            continue
        if old_from < old_to:
            pieces.append(Piece(REMOVED, "".join(old[old_from:old_to])))
        if new_from < new_to:
            pieces.append(Piece(ADDED, "".join(new[new_from:new_to])))
    return pieces


def _items(label: str, before: Sequence[str], after: Sequence[str]) -> Items:
    return Items(
        label,
        added=[each for each in after if each not in before],
        removed=[each for each in before if each not in after],
    )


def _factors(assessment: RiskAssessment) -> list[str]:
    return [factor_label(code) for code in assessment.factors]


def _information(assessment: RiskAssessment) -> list[str]:
    return [f"{each.text} ({each.supplier})" for each in assessment.information.all()]


def _sources(assessment: RiskAssessment, *, checked: bool) -> Iterable[SourceLookedAt]:
    return (each for each in assessment.sources.all() if each.checked is checked)


def _looked_at(assessment: RiskAssessment) -> list[str]:
    return [each.get_source_display() for each in _sources(assessment, checked=True)]


def _not_looked_at(assessment: RiskAssessment) -> list[str]:
    return [
        f"{each.get_source_display()}: {each.reason}"
        for each in _sources(assessment, checked=False)
    ]


def _empty(assessment: RiskAssessment) -> list[str]:
    return [each["question"] for each in assessment.unanswered]


def _prompts(before: RiskAssessment, after: RiskAssessment) -> list[Text]:
    """The prompts that were answered in either, in the later one's order."""
    old = {each.code: each for each in before.prompts.all()}
    new = {each.code: each for each in after.prompts.all()}
    return [
        Text(
            (new.get(code) or old[code]).question,
            words_compared(_answer(old.get(code)), _answer(new.get(code))),
        )
        for code in dict.fromkeys([*new, *old])
    ]


def _answer(answer: PromptAnswer | None) -> str:
    """In words, with its state where that says more than the words."""
    if answer is None:
        return ""
    if answer.state == PromptAnswer.State.ANSWERED:
        return answer.text
    return f"{answer.get_state_display()}. {answer.text}".strip()
