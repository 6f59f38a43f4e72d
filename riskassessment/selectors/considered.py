"""What an assessment shows to have been considered by name: earlier incidents, markers (RISK-5)."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskassessment.models import PromptAnswer, RiskAssessment
from riskassessment.rules.prompts import EARLIER, MARKERS, prompts


@dataclass(frozen=True)
class Considered:
    """Whether each was answered in words; not known, not asked and no answer are not that."""

    earlier_incidents: bool = False
    markers: bool = False


def considered_in(assessments: Sequence[int]) -> dict[int, Considered]:
    """{assessment pk: what was considered} for every pk given, in one query."""
    about = {prompt.code: prompt.considers for prompt in prompts() if prompt.considers}
    found: dict[int, set[str]] = {pk: set() for pk in assessments}
    answers = PromptAnswer.objects.filter(
        assessment__in=assessments, code__in=about, state=PromptAnswer.State.ANSWERED
    )
    for pk, code in answers.order_by().values_list("assessment_id", "code"):
        found[pk].add(about[code])
    return {
        pk: Considered(earlier_incidents=EARLIER in names, markers=MARKERS in names)
        for pk, names in found.items()
    }


def left_out(assessments: Sequence[RiskAssessment]) -> dict[int, list[str]]:
    """{assessment pk: what it does not consider by name, in words}; one query.

    Markers only where there were any, so that the prompt about them was open.
    """
    about = {prompt.code: prompt.considers for prompt in prompts() if prompt.considers}
    done = considered_in([assessment.pk for assessment in assessments])
    missing: dict[int, list[str]] = {}
    for assessment in assessments:
        opened = {about.get(each["code"]) for each in assessment.unanswered}
        missing[assessment.pk] = []
        if not done[assessment.pk].earlier_incidents:
            missing[assessment.pk].append("earlier incidents")
        if MARKERS in opened and not done[assessment.pk].markers:
            missing[assessment.pk].append("markers")
    return missing
