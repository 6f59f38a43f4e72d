"""What officers were told over REST: their own notices, and an incident's reminders."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, commands, lists
from core.api.fields import Id, Moment
from core.api.serializers import Output
from mispers.selectors.incidents import get_incident
from officers.api.representations import OfficerBrief
from ownership.models import Delivery, InboxItem
from ownership.rules.rungs import Rung
from ownership.selectors.inbox import INBOX, notices_of, told_about, ways_of
from ownership.services.inbox import read_item

_CHANNELS = [INBOX, *Delivery.Channel.values]
_RUNGS = [rung.name.lower() for rung in Rung]
_STATES = ["read", *Delivery.State.values]


class DeliveryOut(Output):
    """How a notice went by one channel; the inbox has it at once and says when it is read."""

    channel = serializers.ChoiceField(choices=_CHANNELS)
    state = serializers.ChoiceField(choices=_STATES)
    attempts = serializers.IntegerField()
    sent_at = Moment(allow_null=True)
    next_try_at = Moment(allow_null=True)
    reason = serializers.CharField()


class NoticeOut(Output):
    """Something that an officer was told; `link` is the path of the page where it is done."""

    id = Id()
    kind = serializers.ChoiceField(choices=InboxItem.Kind.choices)
    incident = serializers.CharField(source="incident.reference", allow_null=True, default=None)
    code = serializers.CharField(source="deadline.code", allow_null=True, default=None)
    rung = serializers.SerializerMethodField()
    due_at = Moment(allow_null=True)
    title = serializers.CharField()
    link = serializers.CharField()
    urgent = serializers.BooleanField()
    raised_at = Moment()
    read_at = Moment(allow_null=True)
    deliveries = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(_RUNGS, allow_null=True))
    def get_rung(self, item: InboxItem) -> str | None:
        """before, due, inspector or superintendent."""
        return None if item.rung is None else Rung(item.rung).name.lower()

    @extend_schema_field(DeliveryOut(many=True))
    def get_deliveries(self, item: InboxItem) -> list[dict[str, object]]:
        """One a channel, the inbox first."""
        return list(DeliveryOut(ways_of(item), many=True).data)


class ReminderOut(NoticeOut):
    """The same, with who was told."""

    officer = OfficerBrief()


class Notices(Endpoint):
    """What the officer was told."""

    resource = "notices"

    @lists(
        NoticeOut,
        filters={"read": serializers.BooleanField(help_text="Whether it has been read.")},
    )
    def get(self, call: Call) -> QuerySet[InboxItem]:
        """Latest first."""
        found = notices_of(call.officer)
        if "read" in call.query:
            found = found.filter(read_at__isnull=not call.query["read"])
        return found


class ReadNotice(Endpoint):
    """Mark one of one's own notices read; the first time counts."""

    resource = "notices"

    @commands(None, NoticeOut)
    def post(self, call: Call, pk: int) -> InboxItem:
        return read_item(item_id=pk, by=call.officer, now=call.now)


class IncidentReminders(Endpoint):
    """Who was told what about an incident, by which channel, and when they read it."""

    resource = "incidents"

    @lists(ReminderOut)
    def get(self, call: Call, reference: str) -> QuerySet[InboxItem]:
        """Latest first."""
        incident = get_incident(call.by, reference)
        call.log_consultation(reference)
        return told_about(incident)
