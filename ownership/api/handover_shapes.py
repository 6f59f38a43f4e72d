"""What a handover looks like over REST: its offer, its answers, what became of each incident."""

from typing import Any

from rest_framework import serializers

from core.api.fields import Id, Line, Moment, Paragraphs
from core.api.serializers import Input, Output
from officers.api.fields import BcuCode, OfficerId
from officers.api.representations import OfficerBrief
from ownership.api.action_shapes import AllocationIn, RowNumber, WrittenOut
from ownership.models import Capacity, Handover, HandoverItem


class HandoverItemIn(Input):
    """One incident to hand over; without a briefing it is drafted from the record."""

    incident = Line(max_length=16)
    briefing = Paragraphs(required=False, allow_blank=True, default="")
    worry = Line(required=False, allow_blank=True, default="")


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


class AcceptIn(ReferencesIn):
    """Which to accept; of a high-risk one, alone, with what is said of its risk.

    reason: why a review is asked for. assessment: the id of the assessment that was read; another
    one in force refuses the acceptance. actions: who does what falls due in the coming shift.
    """

    risk = serializers.ChoiceField(
        choices=HandoverItem.Risk.choices, required=False, allow_blank=True, default=""
    )
    reason = Paragraphs(required=False, allow_blank=True, default="")
    assessment = RowNumber(required=False, allow_null=True, default=None)
    actions = AllocationIn(many=True, required=False, default=list)


class DeclineIn(ReferencesIn):
    """Why, or what is asked, and which incidents."""

    reason = Paragraphs()


class HandoverItemOut(Output):
    """What became of one incident of a handover."""

    incident = serializers.CharField(source="incident.reference")
    state = serializers.ChoiceField(choices=HandoverItem.State.choices)
    briefing = serializers.CharField()
    drafted = serializers.BooleanField()
    worry = serializers.CharField()
    risk = serializers.CharField()
    decided_by = OfficerBrief(allow_null=True)
    decided_at = Moment(allow_null=True)
    reason = serializers.CharField()


class HandoverOut(WrittenOut):
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
