"""Absences and swaps over REST."""

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, commands, creates, lists
from core.api.fields import Id, Moment
from core.api.serializers import Input, Output
from officers.api.fields import OfficerId
from officers.api.representations import OfficerBrief
from officers.models import Absence, Swap
from officers.permissions import may
from officers.rules.permitted import Permission
from officers.selectors.shifts import absences_seen_by, swaps_of
from officers.services.absences import end_absence, record_absence
from officers.services.swaps import accept_swap, decline_swap, offer_swap, withdraw_swap


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


class SwapIn(Input):
    """One of one's own shifts offered to a colleague, for one of theirs or for nothing."""

    shift = serializers.IntegerField(min_value=1, max_value=10**18)
    to = OfficerId()
    in_return = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=10**18
    )


class SwapOut(Output):
    """A swap and what became of it."""

    id = Id()
    shift = serializers.SerializerMethodField()
    in_return = serializers.SerializerMethodField()
    giver = OfficerBrief()
    receiver = OfficerBrief()
    state = serializers.ChoiceField(choices=Swap.State.choices)
    offered_at = Moment()
    decided_at = Moment(allow_null=True)

    def get_shift(self, swap: Swap) -> str:
        """The id of the shift offered."""
        return str(swap.shift_id)

    def get_in_return(self, swap: Swap) -> str | None:
        """The id of the shift asked for it."""
        return str(swap.in_return_id) if swap.in_return_id else None


class Swaps(Endpoint):
    """Swaps that the officer offered or was offered."""

    resource = "rota"

    @lists(SwapOut)
    def get(self, call: Call) -> QuerySet[Swap]:
        """The newest first."""
        return swaps_of(call.officer)

    @creates(SwapIn, SwapOut)
    def post(self, call: Call) -> Swap:
        """Nothing moves until the colleague accepts."""
        return offer_swap(by=call.officer, now=call.now, **call.data)


class AcceptSwap(Endpoint):
    """Take the offered shift on."""

    resource = "rota"

    @commands(None, SwapOut)
    def post(self, call: Call, pk: int) -> Swap:
        return accept_swap(swap=pk, by=call.officer, now=call.now)


class DeclineSwap(Endpoint):
    """Leave the shift with whoever offered it."""

    resource = "rota"

    @commands(None, SwapOut)
    def post(self, call: Call, pk: int) -> Swap:
        return decline_swap(swap=pk, by=call.officer, now=call.now)


class WithdrawSwap(Endpoint):
    """Take an offered swap back."""

    resource = "rota"

    @commands(None, SwapOut)
    def post(self, call: Call, pk: int) -> Swap:
        return withdraw_swap(swap=pk, by=call.officer, now=call.now)
