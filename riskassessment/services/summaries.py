"""The sentences of grading on the trail, written to be read in court years later."""

from collections.abc import Iterator, Sequence

from core.text import at_time, listed, quoted, without_stop
from riskassessment.bespoke.finding import Found
from riskassessment.models import PromptAnswer, RiskAssessment, SourceLookedAt
from riskassessment.rules.factors import factor_label
from riskassessment.rules.grades import Grade
from riskassessment.services.bespoke import sentence
from riskassessment.services.follows import Follows
from riskassessment.services.grounds import Given

# An entry of the trail stays readable; the assessment itself names every question left empty.
MOST_NAMED = 3
State = PromptAnswer.State


def sentence_of(assessment: RiskAssessment, given: Given, follows: Follows) -> str:
    """Who graded it what, from what and why, and when it falls due for review."""
    before = follows.before
    grade = assessment.get_grade_display().lower()
    harm = f"{assessment.get_likelihood_display()}, {assessment.get_severity_display()}".lower()
    parts = [
        f"{assessment.made_by} graded the risk {grade}{_against(before)}: harm {harm}.",
        *_instead_of(assessment, before),
        *_untrained(assessment),
        f"Reasons: {quoted(given.rationale)}",
        *_pointed(assessment, given, follows.pointed),
    ]
    if given.factors:
        parts.append(f"Factors: {listed(factor_label(code) for code in given.factors)}.")
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
    if follows.usually:
        highest = Grade(follows.usually[0].at_least).label.lower()
        parts.append(
            f"The factors usually mean at least {highest}; it differs because "
            f"{quoted(given.differs_because)}"
        )
    if given.changes:
        parts.append(f"Changed since the last assessment: {quoted(given.changes)}")
    why = f": {without_stop(because)}" if (because := follows.review.because) else ""
    parts.append(f"Due for review by {at_time(assessment.review_due_at)}{why}.")
    return " ".join(parts)


def _against(before: RiskAssessment | None) -> str:
    if before is None:
        return ""
    return f" (it was {before.get_grade_display().lower()} from {at_time(before.made_at)})"


def _instead_of(assessment: RiskAssessment, before: RiskAssessment | None) -> Iterator[str]:
    if before is not None and assessment.regrades_id == before.pk:
        yield (
            f"It takes the place of the assessment by {before.made_by}, which they graded again "
            "rather than endorse."
        )


def _untrained(assessment: RiskAssessment) -> Iterator[str]:
    if not assessment.assessor_trained:
        yield (
            "Their risk-assessment training was not in date, so that whoever endorses it must be "
            "trained."
        )


def _pointed(assessment: RiskAssessment, given: Given, pointed: Sequence[Found]) -> Iterator[str]:
    """What the rationale repeats or lacks, and why it stays."""
    incident = assessment.incident
    for each in pointed:
        # Whoever reads this trail sees the records of its BCU.
        elsewhere = each.of is not None and each.of.incident.bcu_id != incident.bcu_id
        yield sentence(each, incident, hidden=elsewhere)
    if given.repeats_because:
        yield f"The words stay because {quoted(given.repeats_because)}"


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
        named = " ".join(empty[:MOST_NAMED])
        more = len(empty) - MOST_NAMED
        rest = f" And {more} more, which the assessment names." if more > 0 else ""
        yield f"Left without an answer: {named}{rest}"


def _sources(sources: Sequence[str]) -> str:
    return listed(SourceLookedAt.Source(source).label for source in sources)
