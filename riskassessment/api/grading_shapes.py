"""What grading takes over REST."""

from rest_framework import serializers

from core.api.fields import Line, Moment, Paragraphs
from core.api.serializers import Input
from riskassessment.models import PromptAnswer, SourceLookedAt
from riskassessment.rules.grades import Grade, Likelihood, Severity
from riskassessment.rules.prompts import codes


class InformationIn(Input):
    """What is known, who said so and when."""

    text = Paragraphs()
    supplier = Line()
    contact = Line(help_text="How to reach them; or: no contact details, because …")
    obtained_at = Moment()


class PromptAnswerIn(Input):
    """An answer to a prompt, in words; a prompt left out has no answer."""

    code = serializers.ChoiceField(sorted(codes()))
    state = serializers.ChoiceField(PromptAnswer.State.choices)
    text = Paragraphs(
        required=False,
        allow_blank=True,
        help_text="The answer; or why it was not asked. May be left out where it is not known.",
    )


class SourceNotCheckedIn(Input):
    """A source that was not looked at, and why."""

    source = serializers.ChoiceField(  # type: ignore[assignment]  # the contract's name
        SourceLookedAt.Source.choices
    )
    reason = Paragraphs()


class RiskAssessmentIn(Input):
    """A grade with its grounds. There is no fourth grade."""

    grade = serializers.ChoiceField(Grade.choices)
    likelihood = serializers.ChoiceField(Likelihood.choices)
    severity = serializers.ChoiceField(Severity.choices)
    rationale = Paragraphs()
    factors = serializers.ListField(
        child=Line(),
        required=False,
        max_length=50,
        help_text="Codes of the force's list, or words of your own.",
    )
    prompts = PromptAnswerIn(many=True, required=False)
    information = InformationIn(many=True, required=False)
    sources_checked = serializers.ListField(
        child=serializers.ChoiceField(SourceLookedAt.Source.choices), required=False
    )
    sources_not_checked = SourceNotCheckedIn(many=True, required=False)
    differs_because = Paragraphs(
        required=False,
        allow_blank=True,
        help_text="Why the grade is below what the factors and markers usually mean.",
    )
    changes = Paragraphs(required=False, allow_blank=True, help_text="Since the last assessment.")
    repeats_because = Paragraphs(
        required=False,
        allow_blank=True,
        help_text="Why the rationale keeps words of an earlier assessment, or a stock phrase.",
    )


class ReturnIn(Input):
    """What is to be reconsidered."""

    reason = Paragraphs()
