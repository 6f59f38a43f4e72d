"""The kinds of event this app puts on the trail, each with what its events say."""

from dataclasses import dataclass
from datetime import datetime

from core.trail import Payload, kind


@dataclass(frozen=True, kw_only=True)
class OfAssessment(Payload):
    """Which assessment, and its grade."""

    assessment: int
    grade: str

    def is_high(self) -> bool:
        """Whether the grade is high."""
        return self.grade == "high"


@dataclass(frozen=True, kw_only=True)
class Assessed(OfAssessment):
    """review_because: what asks for the review before the grade does. before: the grade until then.

    usually: the codes of the rules that speak of another grade. pointed: what was pointed out in
    the rationale. regrades: the id of the assessment that it takes the place of.
    """

    review_due_at: datetime
    review_because: str
    usually: tuple[str, ...]
    before: str | None
    pointed: tuple[str, ...]
    regrades: int | None


@dataclass(frozen=True, kw_only=True)
class PhraseKept(Payload):
    """phrase: the id of what was found."""

    phrase: int


ASSESSED = kind("risk.assessed", "Risk assessed", Assessed, grave=Assessed.is_high)
ENDORSED = kind(
    "risk.endorsed", "Risk assessment endorsed", OfAssessment, grave=OfAssessment.is_high
)
RETURNED = kind(
    "risk.returned", "Risk assessment returned", OfAssessment, grave=OfAssessment.is_high
)
PHRASE_KEPT = kind("words.kept", "Phrase kept with a reason", PhraseKept)
