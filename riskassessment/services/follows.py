"""What follows from the grounds of an assessment: which rules speak, what is asked and when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.errors import FieldError, Invalid
from mispers.models import Incident
from officers.models import Officer
from riskassessment.bespoke.finding import Found
from riskassessment.models import RiskAssessment
from riskassessment.rules.factors import FactorRule
from riskassessment.rules.grades import Grade
from riskassessment.selectors.assessments import latest_assessment
from riskassessment.selectors.for_incident import factors_of, opened_for, rules_for
from riskassessment.selectors.review_clock import NextReview, review_after
from riskassessment.services.bespoke import point_out
from riskassessment.services.grounds import Given


@dataclass(frozen=True, kw_only=True)
class Follows:
    """What follows from the grounds of an assessment and from what is on the record.

    before: the assessment before it. usually: the rules that speak for a higher grade. unanswered:
    code and question of each prompt that was open and left empty. pointed: what the rationale
    repeats or lacks.
    """

    before: RiskAssessment | None
    usually: Sequence[FactorRule]
    unanswered: list[dict[str, str]]
    pointed: Sequence[Found]
    review: NextReview


def what_follows(
    incident: Incident,
    given: Given,
    *,
    by: Officer,
    now: datetime,
    regrades: int | None,
    asks_why: bool,
) -> Follows:
    """Raises Invalid as `assess_risk` does, where something asks why and nothing says it."""
    factors = factors_of(incident, given.factors, now)
    usually = _rules_in_play(incident, given, factors)
    return Follows(
        before=latest_assessment(incident),
        usually=usually,
        unanswered=_unanswered(incident, given, factors),
        pointed=point_out(incident, given, by=by, now=now, without=regrades, asks_why=asks_why),
        review=review_after(incident, given.grade, now),
    )


def _rules_in_play(incident: Incident, given: Given, factors: Collection[str]) -> list[FactorRule]:
    """The rules that speak for a higher grade. Raises Invalid when nothing answers them."""
    speaking = rules_for(incident, given.grade, factors)
    if speaking and not given.differs_because:
        code = "differs_because_required"
        said = " ".join(rule.says for rule in speaking)
        message = f"{said} Say why the grade is {Grade(given.grade).label.lower()}, or change it."
        raise Invalid([FieldError("differs_because", code, message)], code=code, unprocessable=True)
    return speaking


def _unanswered(incident: Incident, given: Given, factors: Collection[str]) -> list[dict[str, str]]:
    """The prompts that were open and left empty; being empty, they change nothing else."""
    said = {answer["code"] for answer in given.prompts}
    return [
        {"code": opened.prompt.code, "question": opened.prompt.question}
        for opened in opened_for(incident, factors)
        if opened.prompt.code not in said
    ]
