"""What standards, samples and disclosure packs look like over REST."""

from rest_framework import serializers

from assurance.models import SampleItem
from assurance.rules.verdict import State
from core.api.fields import Id, Line, Moment, Paragraphs
from core.api.serializers import Input, Output
from officers.api.representations import OfficerBrief


class StandardOut(Output):
    """How one record stands on one standard; proved_by is the event's id."""

    code = serializers.CharField()
    title = serializers.CharField()
    state = serializers.ChoiceField(State.choices)
    late = serializers.BooleanField()
    since = Moment()
    due_at = Moment(allow_null=True)
    proved_by = serializers.CharField(allow_null=True)
    why = serializers.CharField()


class StandardCountOut(Output):
    """How many records of a BCU stand how on one standard."""

    bcu = serializers.CharField()
    code = serializers.CharField()
    title = serializers.CharField()
    met = serializers.IntegerField()
    met_late = serializers.IntegerField()
    not_met = serializers.IntegerField()
    not_yet_due = serializers.IntegerField()
    not_applicable = serializers.IntegerField()


class SampleOut(Output):
    """A dip sample and how far its review has come."""

    reference = serializers.CharField()
    bcu = serializers.CharField(source="bcu_id")
    period_from = Moment()
    period_to = Moment()
    size = serializers.IntegerField()
    population = serializers.IntegerField()
    seed = serializers.CharField()
    drawn_by = OfficerBrief()
    drawn_at = Moment()
    records = serializers.IntegerField(source="items_count")
    reviewed = serializers.IntegerField(source="reviewed_count")


class SampleFindingOut(Output):
    """Something found, with the action that it became."""

    text = serializers.CharField()
    action = Id(source="action_id")
    responsible = OfficerBrief(source="action.responsible")
    due_at = Moment(source="action.due_at")
    state = serializers.CharField(source="action.state")


class SampleAnswerOut(Output):
    """What the reviewer says about one of the policy's principles."""

    principle = serializers.CharField()
    words = serializers.CharField()


class SampleReviewOut(Output):
    """The review of one record."""

    reviewed_by = OfficerBrief()
    reviewed_at = Moment()
    answers = SampleAnswerOut(many=True)
    findings = SampleFindingOut(many=True)


class SampleItemOut(Output):
    """One record drawn; review is null until somebody has written it."""

    incident = serializers.CharField(source="incident.reference")
    position = serializers.IntegerField()
    why = serializers.ChoiceField(SampleItem.Why.choices)
    review = SampleReviewOut(allow_null=True, default=None)


class SampleDetailOut(SampleOut):
    """A dip sample with its records."""

    items = SampleItemOut(many=True)


class RedactionIn(Input):
    """Paragraphs to take out wherever they stand, and why."""

    text = Line()
    reason = Line()


class DisclosureIn(Input):
    """What the pack is for, who receives it, and what is taken out of it."""

    purpose = Paragraphs(max_length=300)
    recipient = Line()
    redactions = RedactionIn(many=True, required=False, default=list)


class DisclosureOut(Output):
    """That a pack was made; sha256 is the digest of exactly its bytes."""

    id = Id()
    purpose = serializers.CharField()
    recipient = serializers.CharField()
    redactions = serializers.SerializerMethodField()
    made_by = OfficerBrief()
    made_at = Moment()
    sha256 = serializers.CharField()

    def get_redactions(self, pack: object) -> int:
        """How many; the words themselves are not told."""
        return len(getattr(pack, "redactions", []))
