"""What chains, handovers and actions look like over REST."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import Id, Line, Moment, Words
from core.api.serializers import Input, Output
from mispers.api.investigation_shapes import WordFound
from officers.api.fields import BcuCode, OfficerId
from officers.api.representations import OfficerBrief
from ownership.models import Action, Capacity, Handover, HandoverItem
from ownership.selectors.duty import is_on_duty_when_due
from ownership.selectors.sitting import Sheet
from ownership.services.allocating import Allocation
from ownership.services.shifts import Line as ShiftLine
from riskassessment.words.keeping import waiting_from_this_write


class RowNumber(serializers.IntegerField):
    """The id of something, as the interface gave it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, **options)


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
    """One incident to hand over; without a briefing it is drafted from the record."""

    incident = Line(max_length=16)
    briefing = Words(required=False, allow_blank=True, default="")
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


class AllocationIn(Input):
    """Who is to do an action that falls due in the coming shift: somebody on duty then."""

    action = RowNumber()
    responsible = OfficerId()

    def to_internal_value(self, data: Any) -> Any:
        """As the services take it."""
        return Allocation(**super().to_internal_value(data))


class AcceptIn(ReferencesIn):
    """Which to accept; of a high-risk one, alone, with what is said of its risk.

    reason: why a review is asked for. assessment: the id of the assessment that was read; another
    one in force refuses the acceptance. actions: who does what falls due in the coming shift.
    """

    risk = serializers.ChoiceField(
        choices=HandoverItem.Risk.choices, required=False, allow_blank=True, default=""
    )
    reason = Words(required=False, allow_blank=True, default="")
    assessment = RowNumber(required=False, allow_null=True, default=None)
    actions = AllocationIn(many=True, required=False, default=list)


class DeclineIn(ReferencesIn):
    """Why, or what is asked, and which incidents."""

    reason = Words()


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


class WrittenOut(Output):
    """What carries sentences, and is answered with those of its words to think over."""

    words = serializers.SerializerMethodField()

    @extend_schema_field(WordFound(many=True))
    def get_words(self, subject: object) -> list[dict[str, str]]:
        """Phrases in what was just written; nothing when it is read again."""
        return waiting_from_this_write()


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
    briefing = Words(required=False, allow_blank=True, default="")
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


class ActionOut(WrittenOut):
    """An action as it stands."""

    id = Id()
    incident = serializers.CharField(source="incident.reference")
    title = serializers.CharField()
    detail = serializers.CharField()
    priority = serializers.CharField()
    state = serializers.ChoiceField(choices=Action.State.choices)
    responsible = OfficerBrief()
    due_at = Moment()
    on_duty_when_due = serializers.SerializerMethodField(
        help_text="Whether the responsible officer is on duty when it falls due."
    )
    set_by = OfficerBrief()
    set_at = Moment()
    result = serializers.CharField()
    not_pursued_reason = serializers.CharField()
    proposed_by = OfficerBrief(allow_null=True)
    ended_by = OfficerBrief(allow_null=True)
    ended_at = Moment(allow_null=True)
    version = serializers.IntegerField()

    def get_on_duty_when_due(self, action: Action) -> bool:
        """By the rota."""
        return is_on_duty_when_due(action)
