"""Swaps over REST: one's own shift offered to a colleague, and their answer."""

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, commands, creates, lists
from core.api.fields import Id, Moment
from core.api.serializers import Input, Output
from officers.api.fields import OfficerId
from officers.api.representations import OfficerBrief
from officers.models import Swap
from officers.selectors.shifts import swaps_of
from officers.services.swaps import accept_swap, decline_swap, offer_swap, withdraw_swap


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
