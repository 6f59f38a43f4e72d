"""Absences over REST."""

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, commands, creates, lists
from core.api.fields import Id, Moment
from core.api.serializers import Input, Output
from officers.api.fields import OfficerId
from officers.api.representations import OfficerBrief
from officers.models import Absence
from officers.permissions import may
from officers.rules.permitted import Permission
from officers.selectors.shifts import absences_seen_by
from officers.services.absences import end_absence, record_absence


class AbsenceIn(Input):
    """That an officer is away; nothing is asked about anybody's health."""

    officer = OfficerId()
    kind = serializers.ChoiceField(choices=Absence.Kind.choices)
    starts_at = Moment()
    ends_at = Moment()


class AbsenceOut(Output):
    """An absence; ended_at: when they came back before its end."""

    id = Id()
    officer = OfficerBrief()
    kind = serializers.ChoiceField(choices=Absence.Kind.choices)
    starts_at = Moment()
    ends_at = Moment()
    ended_at = Moment(allow_null=True)
    recorded_by = OfficerBrief()
    recorded_at = Moment()


class Absences(Endpoint):
    """Officers away: one's own absences, and the BCU's for whoever edits its rota."""

    resource = "rota"

    @lists(AbsenceOut, filters={"officer": OfficerId(help_text="Of this officer.")})
    def get(self, call: Call) -> QuerySet[Absence]:
        """Running and coming ones."""
        edits_rota = may(call.officer, Permission.EDIT_ROTA, call.now)
        return absences_seen_by(call.officer, call.now, edits_rota=edits_rota, **call.query)

    @creates(AbsenceIn, AbsenceOut)
    def post(self, call: Call) -> Absence:
        """Their shifts of that time come off the rota and wait to be covered."""
        return record_absence(by=call.officer, now=call.now, **call.data)


class EndAbsence(Endpoint):
    """The officer is back."""

    resource = "rota"

    @commands(None, AbsenceOut)
    def post(self, call: Call, pk: int) -> Absence:
        return end_absence(absence=pk, by=call.officer, now=call.now)
