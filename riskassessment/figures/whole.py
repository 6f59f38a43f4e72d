"""All figures of one cohort together."""

from dataclasses import dataclass
from datetime import datetime

from core.rules.shares import Share
from riskassessment.figures.cohort import Cohort, Of, records
from riskassessment.figures.grades import Grades, grades
from riskassessment.figures.harm import Harm, harm_by_grade, harmed_not_high
from riskassessment.figures.language import PhraseRate, WordRate, phrase_rates, word_rates
from riskassessment.figures.times import Took, time_to_endorse, time_to_grade
from riskassessment.figures.unknown import SourceRate, source_rates


@dataclass(frozen=True)
class RiskFigures:
    """What the page shows and REST answers."""

    cohort: Cohort
    records: dict[Of, int]
    grades: Grades
    time_to_grade: list[Took]
    time_to_endorse: list[Took]
    harm: list[Harm]
    harmed_not_high: Share
    sources: list[SourceRate]
    words: list[WordRate]
    phrases: list[PhraseRate]


def risk_figures(cohort: Cohort, now: datetime) -> RiskFigures:
    """Every figure; the number of queries does not depend on how many records there are."""
    number, given, harm = records(cohort), grades(cohort), harm_by_grade(cohort)
    return RiskFigures(
        cohort=cohort,
        records=number,
        grades=given,
        time_to_grade=time_to_grade(cohort, now),
        time_to_endorse=time_to_endorse(cohort, now),
        harm=harm,
        harmed_not_high=harmed_not_high(harm),
        sources=source_rates(cohort, given.assessments),
        words=word_rates(cohort, number),
        phrases=phrase_rates(cohort),
    )
