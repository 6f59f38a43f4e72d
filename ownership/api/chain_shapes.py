"""What the chains of incidents and actions look like over REST."""

from rest_framework import serializers

from core.api.fields import Id, Moment
from core.api.serializers import Output
from officers.api.representations import OfficerBrief


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
