"""How an assessment looks on a page; no queries of its own."""

from dataclasses import dataclass
from typing import Any

from core.text import counted
from officers.selectors.visibility import Reader
from riskassessment.bespoke.pointing_out import PointedOut, pointed_out
from riskassessment.models import (
    Endorsement,
    InformationItem,
    PromptAnswer,
    RiskAssessment,
    SourceLookedAt,
)
from riskassessment.presenters.risk_matrix import RiskMatrix, matrix_of
from riskassessment.rules.factors import factor_label

State = PromptAnswer.State
SHOWN_AT_ONCE = 10


@dataclass(frozen=True)
class Shown:
    """An assessment with its codes in words. unsaid: sources that nothing was said about.

    unanswered: the questions of the prompts that were open and left empty. matrix: where the
    answers on harm met in the matrix of that day. pointed: what its rationale repeats or lacks.
    regraded_as: the assessment with which an inspector replaced it.
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
    matrix: RiskMatrix
    information: list[InformationItem]
    pointed: list[PointedOut]
    regraded_as: RiskAssessment | None

    @property
    def empty(self) -> str:
        """How many questions were left empty, in words."""
        return counted(len(self.unanswered), "question")

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
        return f"{counted(len(self.more_information), 'further piece')} of information"


def shown(assessment: RiskAssessment, reader: Reader) -> Shown:
    """An assessment for a reader, as `selectors.assessments.with_details` reads it."""
    sources = list(assessment.sources.all())
    answers = list(assessment.prompts.all())
    spoken_of = {each.source for each in sources}
    return Shown(
        row=assessment,
        said=getattr(assessment, "endorsement", None),
        factors=[factor_label(code) for code in assessment.factors],
        looked_at=[each for each in sources if each.checked],
        not_looked_at=[each for each in sources if not each.checked],
        unsaid=[label for code, label in SourceLookedAt.Source.choices if code not in spoken_of],
        answered=_in(answers, State.ANSWERED),
        not_known=_in(answers, State.NOT_KNOWN),
        not_asked=_in(answers, State.NOT_ASKED),
        unanswered=[each["question"] for each in assessment.unanswered],
        words=getattr(assessment, "words", []),
        information=list(assessment.information.all()),
        matrix=matrix_of(
            assessment.likelihood, assessment.severity, assessment.grade, assessment.made_at
        ),
        pointed=[
            pointed_out(each, assessment.incident, reader) for each in assessment.pointed.all()
        ],
        regraded_as=getattr(assessment, "regraded_as", None),
    )


def _in(answers: list[PromptAnswer], state: State) -> list[PromptAnswer]:
    return [each for each in answers if each.state == state]
