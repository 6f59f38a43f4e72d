"""The sentences of grading on the trail, written to be read in court years later."""

from collections.abc import Iterator, Sequence

from mispers.wording import at_time, listed, quoted, without_stop
from riskassessment.grades import Grade
from riskassessment.models import PromptAnswer, RiskAssessment, SourceLookedAt
from riskassessment.services.given import Given
from riskassessment.usually import Rule, label_of

State = PromptAnswer.State


def sentence_of(
    assessment: RiskAssessment,
    given: Given,
    usually: Sequence[Rule],
    before: RiskAssessment | None,
    review_because: str,
) -> str:
    """Who graded it what, from what and why, and when it falls due for review."""
    grade = assessment.get_grade_display().lower()
    harm = f"{assessment.get_likelihood_display()}, {assessment.get_severity_display()}".lower()
    parts = [
        f"{assessment.made_by} graded the risk {grade}{_against(before)}: harm {harm}.",
        f"Reasons: {quoted(given.rationale)}",
    ]
    if given.factors:
        parts.append(f"Factors: {listed(label_of(code) for code in given.factors)}.")
    parts += [
        f"{without_stop(item['supplier'])} said at {at_time(item['obtained_at'])}: "
        f"{quoted(item['text'])}"
        for item in given.information[:5]
    ]
    parts += _prompts(assessment, given)
    if given.sources_checked:
        parts.append(f"Looked at: {_sources(given.sources_checked)}.")
    if given.sources_not_checked:
        parts.append(f"Not looked at: {_sources(list(given.sources_not_checked))}.")
    if usually:
        highest = Grade(usually[0].at_least).label.lower()
        parts.append(
            f"The factors usually mean at least {highest}; it differs because "
            f"{quoted(given.differs_because)}"
        )
    if given.changes:
        parts.append(f"Changed since the last assessment: {quoted(given.changes)}")
    why = f": {without_stop(review_because)}" if review_because else ""
    parts.append(f"Due for review by {at_time(assessment.review_due_at)}{why}.")
    return " ".join(parts)


def _against(before: RiskAssessment | None) -> str:
    if before is None:
        return ""
    return f" (it was {before.get_grade_display().lower()} from {at_time(before.made_at)})"


def _prompts(assessment: RiskAssessment, given: Given) -> Iterator[str]:
    """Each answer in its words, then what nobody knew, asked or answered."""
    of = {state: [each for each in given.prompts if each["state"] == state] for state in State}
    for each in of[State.ANSWERED]:
        yield f"{each['question']} {quoted(each['text'])}"
    for each in of[State.NOT_ASKED]:
        yield f"Not asked: {each['question']} {quoted(each['text'])}"
    if not_known := [each["question"] for each in of[State.NOT_KNOWN]]:
        yield f"Not known: {' '.join(not_known)}"
    if empty := [each["question"] for each in assessment.unanswered]:
        yield f"Left without an answer: {' '.join(empty)}"


def _sources(sources: Sequence[str]) -> str:
    return listed(SourceLookedAt.Source(source).label for source in sources)
