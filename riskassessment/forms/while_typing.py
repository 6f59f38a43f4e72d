"""What the grading page says to what is typed so far: it shows and asks, and grades nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from core.forms.drafts import as_posted
from mispers.models import Incident
from riskassessment.forms.prompts import EMPTY, PromptForm, PromptForms, State, asked_of
from riskassessment.models import RiskAssessment, SourceLookedAt
from riskassessment.presenters.risk_matrix import RiskMatrix, matrix_of
from riskassessment.rules.examples import ExamplesOfKind
from riskassessment.rules.factors import FactorRule
from riskassessment.selectors.for_incident import examples_for, factors_of, rules_for

INFORMATION = re.compile(r"^information-\d+-text$")
NOT_LOOKED_AT = re.compile(r"^sources_not_checked-\d+-source$")


@dataclass(frozen=True)
class Gaps:
    """What is listed back before a grade is recorded. None of it stops or lowers anything.

    unsaid: sources that nothing is said about. why_lower: whether the grade is lower than usual
    and nothing says why.
    """

    empty: list[PromptForm]
    not_known: list[PromptForm]
    not_asked: list[PromptForm]
    unsaid: list[str]
    no_information: bool
    why_lower: bool


@dataclass(frozen=True)
class Heard:
    """The page's answer. rules: those that speak for a higher grade."""

    rules: list[FactorRule]
    matrix: RiskMatrix
    examples: list[ExamplesOfKind]
    prompts: PromptForms
    gaps: Gaps


def hear(
    incident: Incident,
    now: datetime,
    *,
    posted: QueryDict | None = None,
    draft: Mapping[str, Sequence[str]] | None = None,
    before: RiskAssessment | None = None,
) -> Heard:
    """What to say to a form that was posted, or to a draft of it.

    before: the last assessment, as `riskassessment.selectors.assessments.with_details` reads it.
    The queries are those that find what is held about the person, as in
    `for_incident.factors_on_record`.
    """
    typed = as_posted(posted if posted is not None else draft or {})
    grade = typed.get("grade") or ""
    factors = factors_of(incident, typed.getlist("factors"), now)
    opened = asked_of(incident, typed, factors)
    asked = PromptForms(posted, asked=opened, draft=draft, before=before)
    rules = rules_for(incident, grade, factors)
    matrix = matrix_of(typed.get("likelihood") or "", typed.get("severity") or "", grade, now)
    is_lower = bool(rules) or matrix.is_lower
    return Heard(
        rules=rules,
        matrix=matrix,
        examples=examples_for(incident, factors, now),
        prompts=asked,
        gaps=Gaps(
            empty=asked.answered_as(EMPTY),
            not_known=asked.answered_as(State.NOT_KNOWN),
            not_asked=asked.answered_as(State.NOT_ASKED),
            unsaid=_unsaid(typed),
            no_information=not any(_filled_in(typed, INFORMATION)),
            why_lower=is_lower and not (typed.get("differs_because") or "").strip(),
        ),
    )


def _unsaid(typed: QueryDict) -> list[str]:
    said = {*typed.getlist("sources_checked"), *_filled_in(typed, NOT_LOOKED_AT)}
    return [label for code, label in SourceLookedAt.Source.choices if code not in said]


def _filled_in(typed: QueryDict, name: re.Pattern[str]) -> list[str]:
    """What stands in the fields of such a name, but for blanks."""
    values = (value for key in typed if name.match(key) for value in typed.getlist(key))
    return [value for value in values if value.strip()]
