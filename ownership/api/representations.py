"""What chains, handovers and actions look like over REST."""

from typing import Any

from rest_framework import serializers

from core.api.fields import Id, Line, Moment, Words
from core.api.serializers import Input, Output
from officers.api.fields import BcuCode, OfficerId
from officers.api.representations import OfficerBrief
from ownership.models import Action, Capacity, Handover, HandoverItem


class AnsweredActionOut(Output):
    """The action that somebody was responsible for."""

    id = Id()
    title = serializers.CharField()


class ShiftBehindOut(Output):
    """The shift that an officer was on."""

    role = serializers.CharField()
    starts_at = Moment()
    ends_at = Moment()


class PeriodOut(Output):
    """One stretch of a chain; `until` is null while it lasts.

    capacity is owner, inspector or, where it was asked for a moment, responsible for `action`.
    shift is the duty in that BCU that the officer was on when they took it on; null: not on duty.
    """

    capacity = serializers.CharField()
    officer = OfficerBrief()
    action = AnsweredActionOut(allow_null=True, default=None)
    taken_at = Moment()
    until = Moment(allow_null=True)
    basis = serializers.CharField()
    is_fallback = serializers.BooleanField()
    handover = Id(source="handover.pk", default=None, allow_null=True)
    shift = ShiftBehindOut(allow_null=True)


class AnsweredForOut(Output):
    """One stretch in which the officer answered; `action` is null for owner and inspector."""

    incident = serializers.CharField(source="incident.reference")
    capacity = serializers.CharField(help_text="owner, inspector or responsible.")
    action = AnsweredActionOut(allow_null=True)
    taken_at = Moment()
    until = Moment(allow_null=True)
    basis = serializers.CharField()
    is_fallback = serializers.BooleanField()
    shift = ShiftBehindOut(allow_null=True)


class HandoverItemIn(Input):
    """One incident to hand over, with its briefing."""

    incident = Line(max_length=16)
    briefing = Words(required=False, allow_blank=True, default="")


class HandoverIn(Input):
    """An offer of incidents of one BCU to a named officer."""

    capacity = serializers.ChoiceField(choices=Capacity.choices)
    to = OfficerId()
    bcu = BcuCode()
    items = HandoverItemIn(many=True, allow_empty=False)
    reason = Line(required=False, allow_blank=True, default="")


class ReferencesIn(Input):
    """Which of a handover's incidents; all of them, if left out."""

    items = serializers.ListField(
        child=Line(max_length=16), allow_empty=False, required=False, max_length=200
    )


class DeclineIn(ReferencesIn):
    """Why, or what is asked, and which incidents."""

    reason = Words()


class HandoverItemOut(Output):
    """What became of one incident of a handover."""

    incident = serializers.CharField(source="incident.reference")
    state = serializers.ChoiceField(choices=HandoverItem.State.choices)
    briefing = serializers.CharField()
    decided_by = OfficerBrief(allow_null=True)
    decided_at = Moment(allow_null=True)
    reason = serializers.CharField()


class HandoverOut(Output):
    """A handover; `from` is null when the clock offers."""

    id = Id()
    capacity = serializers.CharField()
    to = OfficerBrief(source="receiver")
    bcu = serializers.CharField(source="bcu_id")
    state = serializers.ChoiceField(choices=Handover.State.choices)
    reason = serializers.CharField()
    offered_at = Moment()
    items = HandoverItemOut(source="items.all", many=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """With `from`, which Python does not let a class declare."""
        return {**super().get_fields(), "from": OfficerBrief(source="giver", allow_null=True)}


class ActionIn(Input):
    """Something to be done by a named officer by a time."""

    title = Line()
    detail = Words(required=False, allow_blank=True, default="")
    responsible = OfficerId()
    due_at = Moment()
    priority = serializers.ChoiceField(
        choices=Action.Priority.choices, default=Action.Priority.ROUTINE
    )


class ReassignIn(Input):
    """Who takes it over, and why."""

    responsible = OfficerId()
    reason = Words()


class ExtendIn(Input):
    """The new due time, and why."""

    due_at = Moment()
    reason = Words()


class CompleteIn(Input):
    """What was done, and what came of it."""

    result = Words()


class NotPursuedIn(Input):
    """Why it should not be pursued."""

    reason = Words()


class ActionOut(Output):
    """An action as it stands."""

    id = Id()
    incident = serializers.CharField(source="incident.reference")
    title = serializers.CharField()
    detail = serializers.CharField()
    priority = serializers.CharField()
    state = serializers.ChoiceField(choices=Action.State.choices)
    responsible = OfficerBrief()
    due_at = Moment()
    set_by = OfficerBrief()
    set_at = Moment()
    result = serializers.CharField()
    not_pursued_reason = serializers.CharField()
    proposed_by = OfficerBrief(allow_null=True)
    ended_by = OfficerBrief(allow_null=True)
    ended_at = Moment(allow_null=True)
    version = serializers.IntegerField()
