"""How the end of an incident looks over REST: found, interviewed, closed, reopened."""

from rest_framework import serializers

from core.api.fields import Line, Moment, Paragraphs
from core.api.serializers import Input, Output
from mispers.api.investigation_shapes import EntryOut, Somebody
from mispers.models import ClosureRequest, Located
from mispers.rules.stages import Outcome
from officers.api.fields import OfficerId
from officers.api.representations import OfficerBrief

NEVER_MISSING = [(o.value, o.label) for o in (Outcome.NOT_MISSING, Outcome.DUPLICATE)]


class LocatedIn(Input):
    """How the person was located, and by which officer seen in person, if by any."""

    at = Moment()
    place = Line(max_length=300)
    condition = serializers.ChoiceField(Located.Condition.choices)
    seen_in_person_by = OfficerId(required=False, allow_null=True)
    seen_at = Moment(required=False, allow_null=True)
    how = Paragraphs()
    coroner_reference = Line(required=False, allow_blank=True, max_length=120)


class LocatedOut(EntryOut):
    """A located entry."""

    at = Moment()
    place = serializers.CharField()
    condition = serializers.ChoiceField(Located.Condition.choices)
    seen_in_person_by = OfficerBrief(allow_null=True)
    seen_at = Moment(allow_null=True)
    how = serializers.CharField()
    coroner_reference = serializers.CharField()


class PreventionInterviewIn(Input):
    """An interview held, or attempted with why it was not held."""

    attempted_at = Moment()
    held_at = Moment(required=False, allow_null=True)
    by = Somebody(source="interviewer")
    why = Paragraphs(required=False, allow_blank=True)
    what_happened = Paragraphs(required=False, allow_blank=True)
    where_and_with_whom = Paragraphs(required=False, allow_blank=True)
    harm = Paragraphs(required=False, allow_blank=True)
    next_time = Paragraphs(required=False, allow_blank=True)
    not_held_because = Paragraphs(required=False, allow_blank=True)


class PreventionInterviewOut(EntryOut):
    """A prevention interview."""

    attempted_at = Moment()
    held_at = Moment(allow_null=True)
    by = serializers.CharField()
    why = serializers.CharField()
    what_happened = serializers.CharField()
    where_and_with_whom = serializers.CharField()
    harm = serializers.CharField()
    next_time = serializers.CharField()
    not_held_because = serializers.CharField()


class ReturnInterviewIn(Input):
    """First requested_at and authority, then offered_at and outcome."""

    requested_at = Moment(required=False)
    authority = Line(required=False, max_length=120)
    offered_at = Moment(required=False, allow_null=True)
    outcome = Paragraphs(required=False, allow_blank=True)


class ReturnInterviewOut(EntryOut):
    """A return interview asked of an authority."""

    requested_at = Moment()
    authority = serializers.CharField()
    offered_at = Moment(allow_null=True)
    outcome = serializers.CharField()


class LiftOut(Output):
    """Who lifts a barrier, and the path of the page where they do."""

    who = serializers.CharField(source="lift_who")
    where = serializers.CharField(source="lift_where")


class BarrierOut(Output):
    """One thing that stands in the way of a stage."""

    code = serializers.CharField()
    message = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the contract's name
    lift = LiftOut(source="*")
    overridable = serializers.BooleanField()


class ClosureIn(Input):
    """Why this can be closed; outcome and evidence only where nobody was missing."""

    rationale = Paragraphs()
    outcome = serializers.ChoiceField(NEVER_MISSING, required=False)
    evidence = Paragraphs(required=False, allow_blank=True)
    duplicate_of = Line(required=False, allow_blank=True)


class OverrideIn(Input):
    """A barrier to go past, and why."""

    code = Line(max_length=16)
    reason = Paragraphs()


class AuthoriseIn(Input):
    """The barriers to go past, each with its reason."""

    overrides = OverrideIn(many=True, required=False)


class RefuseIn(Input):
    """Why closure is refused, and what is to be done first."""

    reason = Paragraphs()


class OverrideOut(Output):
    """A barrier that the authorising inspector went past."""

    code = serializers.CharField()
    message = serializers.CharField()
    reason = serializers.CharField()


class ClosureOut(EntryOut):
    """recorded_by asked for it."""

    rationale = serializers.CharField()
    outcome = serializers.SerializerMethodField()
    evidence = serializers.CharField()
    duplicate_of = serializers.CharField(source="duplicate_of.reference", default=None)
    decision = serializers.ChoiceField(ClosureRequest.Decision.choices)
    decided_by = OfficerBrief(allow_null=True)
    decided_at = Moment(allow_null=True)
    refusal_reason = serializers.CharField()
    overrides = OverrideOut(many=True, source="overrides.all")

    def get_outcome(self, request: ClosureRequest) -> str | None:
        """not_missing or duplicate where it was asked for as that; else as the person was found."""
        return request.outcome or None


class KeepClosedIn(Input):
    """Why the record stays closed in spite of what has arrived (NEW-1)."""

    reason = Paragraphs()


class ReopenIn(Input):
    """Why it is reopened; reported_at is when the new report was made, if not now."""

    reason = Paragraphs()
    reported_at = Moment(required=False)


class ReopeningOut(EntryOut):
    """That the incident was reopened."""

    reason = serializers.CharField()
