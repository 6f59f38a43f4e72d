"""What an assessment looks like over REST, and the prompts of the next."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import Id, Moment
from core.api.serializers import Output
from officers.api.representations import OfficerBrief
from riskassessment.api.phrase_shapes import WordOut
from riskassessment.bespoke.pointing_out import pointed_out
from riskassessment.models import Endorsement, Pointed, PromptAnswer, RiskAssessment
from riskassessment.rules.grades import Grade, Likelihood, Severity
from riskassessment.rules.prompts import STANDINGS, TOPICS

Decision = Endorsement.Decision
WAITING = "waiting"
REGRADED = "regraded"
STATES = [(WAITING, "Waiting"), *Decision.choices, (REGRADED, "Graded again by an inspector")]


class InformationOut(Output):
    """A piece of information with its supplier."""

    text = serializers.CharField()
    supplier = serializers.CharField()
    contact = serializers.CharField()
    obtained_at = Moment()


class PromptAnswerOut(Output):
    """An answer to a prompt, with the question as it was asked that day."""

    code = serializers.CharField()
    question = serializers.CharField()
    state = serializers.ChoiceField(PromptAnswer.State.choices)
    text = serializers.CharField()


class UnansweredOut(Output):
    """A prompt that was open and was left without an answer."""

    code = serializers.CharField()
    question = serializers.CharField()


class PromptOut(Output):
    """A question to think over; it grades nothing. because: what opened it, in words."""

    code = serializers.CharField(source="prompt.code")
    topic = serializers.ChoiceField(list(TOPICS.items()), source="prompt.topic")
    question = serializers.CharField(source="prompt.question")
    why = serializers.CharField(source="prompt.why")
    standing = serializers.ChoiceField(list(STANDINGS.items()), source="prompt.standing")
    source = serializers.CharField(  # type: ignore[assignment]  # the contract's name
        source="prompt.source"
    )
    because = serializers.ListField(child=serializers.CharField())


class SourceNotCheckedOut(Output):
    """A source that was not looked at, and why."""

    source = serializers.CharField()  # type: ignore[assignment]  # the contract's name
    reason = serializers.CharField()


class DefinitionOut(Output):
    """What the grade meant on that day."""

    text = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the contract's name
    in_force_from = Moment()


class ReturnedOut(Output):
    """An inspector's reason to think again."""

    by = OfficerBrief()
    at = Moment()
    reason = serializers.CharField()


class RepeatOut(Output):
    """What a rationale repeats or lacks. assessment, incident and passage: only where visible."""

    kind = serializers.ChoiceField(Pointed.Kind.choices)
    says = serializers.CharField()
    assessment = Id(source="of.pk", allow_null=True, default=None)
    incident = serializers.CharField(source="reference")
    percent = serializers.IntegerField(help_text="Of its words that stand in the earlier one.")
    passage = serializers.CharField(help_text="The longest, as this rationale has it.")
    ask = serializers.CharField(help_text="What would be a reason instead.")


class RegradedOut(Output):
    """The assessment with which an inspector replaced one, rather than endorse or return it."""

    id = Id()
    by = OfficerBrief(source="made_by")
    at = Moment(source="made_at")
    grade = serializers.ChoiceField(Grade.choices)


class RiskAssessmentOut(Output):
    """An assessment; it is never edited."""

    # Read by `riskassessment.selectors.assessments.with_details`.
    id = Id()
    incident = serializers.CharField(source="incident.reference")
    grade = serializers.ChoiceField(Grade.choices)
    likelihood = serializers.ChoiceField(Likelihood.choices)
    severity = serializers.ChoiceField(Severity.choices)
    rationale = serializers.CharField()
    factors = serializers.ListField(child=serializers.CharField())
    prompts = PromptAnswerOut(many=True)
    unanswered = UnansweredOut(many=True)
    information = InformationOut(many=True)
    sources_checked = serializers.SerializerMethodField()
    sources_not_checked = serializers.SerializerMethodField()
    usually = serializers.ListField(child=serializers.CharField())
    differs_because = serializers.CharField()
    changes = serializers.CharField()
    definition = DefinitionOut()
    made_by = OfficerBrief()
    made_at = Moment()
    assessor_trained = serializers.BooleanField()
    review_due_at = Moment()
    state = serializers.SerializerMethodField()
    endorsed_by = serializers.SerializerMethodField()
    endorsed_at = serializers.SerializerMethodField()
    endorser_trained = serializers.SerializerMethodField()
    returned = serializers.SerializerMethodField()
    words = WordOut(many=True)
    repeats = serializers.SerializerMethodField()
    repeats_because = serializers.CharField()
    regrades = Id(source="regrades_id", allow_null=True)
    regraded = serializers.SerializerMethodField()

    def get_sources_checked(self, assessment: RiskAssessment) -> list[str]:
        """Codes of the sources looked at."""
        return [each.source for each in assessment.sources.all() if each.checked]

    @extend_schema_field(SourceNotCheckedOut(many=True))
    def get_sources_not_checked(self, assessment: RiskAssessment) -> Any:
        """Those not looked at, each with why."""
        missed = [each for each in assessment.sources.all() if not each.checked]
        return SourceNotCheckedOut(missed, many=True).data

    @extend_schema_field(serializers.ChoiceField(STATES))
    def get_state(self, assessment: RiskAssessment) -> str:
        """Waiting for an inspector, endorsed, returned, or replaced by an inspector's own."""
        return _state(assessment)

    @extend_schema_field(OfficerBrief(allow_null=True))
    def get_endorsed_by(self, assessment: RiskAssessment) -> Any:
        """The inspector who stands behind it."""
        said = _said(assessment, Decision.ENDORSED)
        return OfficerBrief(said.by).data if said else None

    @extend_schema_field(Moment(allow_null=True))
    def get_endorsed_at(self, assessment: RiskAssessment) -> str | None:
        """When it was endorsed."""
        said = _said(assessment, Decision.ENDORSED)
        return Moment().to_representation(said.at) if said else None

    def get_endorser_trained(self, assessment: RiskAssessment) -> bool | None:
        """Whether their training was in date that day."""
        said = _said(assessment, Decision.ENDORSED)
        return said.endorser_trained if said else None

    @extend_schema_field(ReturnedOut(allow_null=True))
    def get_returned(self, assessment: RiskAssessment) -> Any:
        """Who returned it, when and why."""
        said = _said(assessment, Decision.RETURNED)
        return ReturnedOut(said).data if said else None

    @extend_schema_field(RepeatOut(many=True))
    def get_repeats(self, assessment: RiskAssessment) -> Any:
        """What its rationale repeats or lacks, within what the caller may see."""
        reader = self.context["call"].by
        found = [
            pointed_out(each, assessment.incident, reader) for each in assessment.pointed.all()
        ]
        return RepeatOut(found, many=True).data

    @extend_schema_field(RegradedOut(allow_null=True))
    def get_regraded(self, assessment: RiskAssessment) -> Any:
        """By whom it was graded again, and what."""
        replaced = getattr(assessment, "regraded_as", None)
        return RegradedOut(replaced).data if replaced else None


class WaitingOut(Output):
    """An assessment among those of several records; the whole, and its reading, at its address.

    due_at: by when an inspector is to have decided on it.
    """

    id = Id()
    incident = serializers.CharField(source="incident.reference")
    grade = serializers.ChoiceField(Grade.choices)
    made_by = OfficerBrief()
    made_at = Moment()
    due_at = Moment()
    state = serializers.SerializerMethodField()
    assessor_trained = serializers.BooleanField()
    differs = serializers.BooleanField(
        source="differs_because", help_text="Below what the factors usually mean, with a reason."
    )
    repeats = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(STATES))
    def get_state(self, assessment: RiskAssessment) -> str:
        """As of the assessment itself."""
        return _state(assessment)

    def get_repeats(self, assessment: RiskAssessment) -> bool:
        """Whether its rationale was pointed out as not written for this person."""
        return bool(assessment.pointed.all())


def _state(assessment: RiskAssessment) -> str:
    said = _said(assessment)
    if said:
        return said.decision
    return REGRADED if hasattr(assessment, "regraded_as") else WAITING


def _said(assessment: RiskAssessment, *decisions: Endorsement.Decision) -> Endorsement | None:
    said: Endorsement | None = getattr(assessment, "endorsement", None)
    if said is not None and decisions and said.decision not in decisions:
        return None
    return said
