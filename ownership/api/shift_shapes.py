"""What the handover of a whole shift looks like over REST, and going off duty."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import Id, Line, Moment, Paragraphs
from core.api.serializers import Input, Output
from officers.api.fields import OfficerId
from officers.api.representations import OfficerBrief
from ownership.api.action_shapes import AllocationIn, WrittenOut
from ownership.api.chain_shapes import AnsweredActionOut
from ownership.api.handover_shapes import HandoverOut
from ownership.models import Capacity
from ownership.selectors.sitting import Sheet
from ownership.services.shifts import ShiftLine


class UnattendedActionOut(Output):
    """An action whose officer is off duty when it falls due, and who is on duty then."""

    action = AnsweredActionOut()
    incident = serializers.CharField(source="action.incident.reference")
    due_at = Moment(source="action.due_at")
    responsible = OfficerBrief(source="action.responsible")
    on_duty_then = OfficerBrief(source="there", many=True)


class ShiftLineOut(Output):
    """One incident held in one capacity: its draft, and the offer of it that waits, if any.

    role: of whom it goes to by the protocol.
    """

    incident = serializers.CharField(source="incident.reference")
    capacity = serializers.CharField()
    role = serializers.CharField()
    briefing = serializers.CharField(source="draft.text")
    worry = serializers.CharField(source="draft.worry")
    handover = Id(source="waiting.handover_id", default=None, allow_null=True)


class NextOnDutyOut(Output):
    """Whom the rota has in a role after the change of shift."""

    role = serializers.CharField()
    officer = OfficerBrief(allow_null=True)


class ShiftHandoverOut(Output):
    """What an officer has to hand over: when the shift changes, for whom, and what."""

    changes_at = Moment(source="boundary.at")
    until = Moment(source="boundary.until")
    to = serializers.SerializerMethodField()
    lines = ShiftLineOut(many=True)
    actions = UnattendedActionOut(many=True)

    @extend_schema_field(NextOnDutyOut(many=True))
    def get_to(self, sheet: Sheet) -> Any:
        """By role."""
        rows = [{"role": role, "officer": officer} for role, officer in sheet.to.items()]
        return NextOnDutyOut(rows, many=True).data


class ShiftLineIn(Input):
    """One incident in one capacity, for one officer; without a briefing it is drafted."""

    incident = Line(max_length=16)
    capacity = serializers.ChoiceField(choices=Capacity.choices)
    to = OfficerId()
    briefing = Paragraphs(required=False, allow_blank=True, default="")
    worry = Line(required=False, allow_blank=True, default="")

    def to_internal_value(self, data: Any) -> Any:
        """As the service takes it."""
        given = super().to_internal_value(data)
        return ShiftLine(
            incident=given["incident"],
            capacity=Capacity(given["capacity"]),
            to=given["to"],
            briefing=given["briefing"] or None,
            worry=given["worry"],
        )


class ShiftHandoverIn(Input):
    """A shift handed over in one sitting; all of it or none."""

    lines = ShiftLineIn(many=True, required=False, default=list)
    actions = AllocationIn(many=True, required=False, default=list)
    reason = Line(required=False, allow_blank=True, default="")


class ShiftHandedOverOut(WrittenOut):
    """The handovers made, one for each officer and capacity."""

    handovers = HandoverOut(many=True)


class LeftOut(Output):
    """An incident that stays with an officer who goes off duty, and the offer of it that waits."""

    incident = serializers.CharField(source="incident.reference")
    capacity = serializers.CharField()
    handover = Id(source="waiting.handover_id", default=None, allow_null=True)
    to = OfficerBrief(source="waiting.handover.receiver", default=None, allow_null=True)


class OffDutyOut(Output):
    """What stays with an officer until somebody accepts it."""

    left = LeftOut(many=True)
