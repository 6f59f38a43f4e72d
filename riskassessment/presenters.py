"""How an assessment looks on a page; no queries of its own."""

from dataclasses import dataclass
from typing import Any

from riskassessment.models import (
    Endorsement,
    InformationItem,
    PromptAnswer,
    RiskAssessment,
    SourceLookedAt,
)
from riskassessment.picture import Picture, picture_of
from riskassessment.usually import label_of

State = PromptAnswer.State
SHOWN_AT_ONCE = 10


@dataclass(frozen=True)
class Shown:
    """An assessment with its codes in words. unsaid: sources that nothing was said about.

    unanswered: the questions of the prompts that were open and left empty. picture: where the
    answers on harm met in the picture of that day.
    """

    row: RiskAssessment
    said: Endorsement | None
    factors: list[str]
    looked_at: list[SourceLookedAt]
    not_looked_at: list[SourceLookedAt]
    unsaid: list[str]
    answered: list[PromptAnswer]
    not_known: list[PromptAnswer]
    not_asked: list[PromptAnswer]
    unanswered: list[str]
    words: list[dict[str, Any]]
    picture: Picture
    information: list[InformationItem]

    @property
    def empty(self) -> str:
        """How many questions were left empty, in words."""
        return _counted(len(self.unanswered), "question")

    @property
    def first_information(self) -> list[InformationItem]:
        """What is shown at once; the rest folds."""
        return self.information[:SHOWN_AT_ONCE]

    @property
    def more_information(self) -> list[InformationItem]:
        """What folds."""
        return self.information[SHOWN_AT_ONCE:]

    @property
    def more(self) -> str:
        """How much folds, in words."""
        return f"{_counted(len(self.more_information), 'further piece')} of information"


def shown(assessment: RiskAssessment) -> Shown:
    """An assessment as `riskassessment.selectors.with_details` reads it."""
    sources = list(assessment.sources.all())
    answers = list(assessment.prompts.all())
    told = {each.source for each in sources}
    return Shown(
        row=assessment,
        said=getattr(assessment, "endorsement", None),
        factors=[label_of(code) for code in assessment.factors],
        looked_at=[each for each in sources if each.checked],
        not_looked_at=[each for each in sources if not each.checked],
        unsaid=[label for code, label in SourceLookedAt.Source.choices if code not in told],
        answered=_in(answers, State.ANSWERED),
        not_known=_in(answers, State.NOT_KNOWN),
        not_asked=_in(answers, State.NOT_ASKED),
        unanswered=[each["question"] for each in assessment.unanswered],
        words=getattr(assessment, "words", []),
        information=list(assessment.information.all()),
        picture=picture_of(
            assessment.likelihood, assessment.severity, assessment.grade, assessment.made_at
        ),
    )


def _in(answers: list[PromptAnswer], state: State) -> list[PromptAnswer]:
    return [each for each in answers if each.state == state]


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
