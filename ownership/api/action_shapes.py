"""What actions look like over REST, and what is answered to whoever writes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import Id, Line, Moment, Paragraphs
from core.api.serializers import Input, Output
from core.language import waiting_from_this_write
from mispers.api.investigation_shapes import WordFound
from officers.api.fields import OfficerId
from officers.api.representations import OfficerBrief
from ownership.models import Action
from ownership.selectors.duty import is_on_duty_when_due
from ownership.services.allocating import Allocation


class RowNumber(serializers.IntegerField):
    """The id of something, as the interface gave it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, **options)


class AllocationIn(Input):
    """Who is to do an action that falls due in the coming shift: somebody on duty then."""

    action = RowNumber()
    responsible = OfficerId()

    def to_internal_value(self, data: Any) -> Any:
        """As the services take it."""
        return Allocation(**super().to_internal_value(data))


class WrittenOut(Output):
    """What carries sentences, and is answered with those of its words to think over."""

    words = serializers.SerializerMethodField()

    @extend_schema_field(WordFound(many=True))
    def get_words(self, subject: object) -> list[dict[str, str]]:
        """Phrases in what was just written; nothing when it is read again."""
        return waiting_from_this_write()


class ActionIn(Input):
    """Something to be done by a named officer by a time."""

    title = Line()
    detail = Paragraphs(required=False, allow_blank=True, default="")
    responsible = OfficerId()
    due_at = Moment()
    priority = serializers.ChoiceField(
        choices=Action.Priority.choices, default=Action.Priority.ROUTINE
    )


class ReassignIn(Input):
    """Who takes it over, and why."""

    responsible = OfficerId()
    reason = Paragraphs()


class ExtendIn(Input):
    """The new due time, and why."""

    due_at = Moment()
    reason = Paragraphs()


class CompleteIn(Input):
    """What was done, and what came of it."""

    result = Paragraphs()


class NotPursuedIn(Input):
    """Why it should not be pursued."""

    reason = Paragraphs()


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
