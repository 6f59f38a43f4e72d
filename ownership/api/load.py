"""Over REST: everything an officer holds, and moving it in one sitting."""

from typing import Any

from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, commands, shows
from core.api.fields import Line
from core.api.serializers import Input, Output
from officers.api.fields import OfficerId
from officers.api.representations import OfficerBrief
from officers.models import Officer
from officers.selectors.training import officer_visible_to
from ownership.api.action_shapes import ActionOut
from ownership.api.handover_shapes import HandoverOut
from ownership.models import Capacity
from ownership.selectors.loads import load_of
from ownership.services.moving_a_load import Moved, Receivers, check_may_move, move_load


class LoadOut(Output):
    """What an officer holds, as far as it is seen. References of incidents on offer to nobody."""

    officer = OfficerBrief()
    owner_of = serializers.ListField(child=serializers.CharField())
    inspector_of = serializers.ListField(child=serializers.CharField())
    offered_by_them = serializers.ListField(child=serializers.CharField())
    offered_to_them = serializers.ListField(child=serializers.CharField())
    actions = ActionOut(many=True)


class MoveIn(Input):
    """Who takes what over; incidents and actions: those to move, or all if left out."""

    reason = Line()
    owner_to = OfficerId(required=False)
    inspector_to = OfficerId(required=False)
    actions_to = OfficerId(required=False)
    incidents = serializers.ListField(child=Line(max_length=16), required=False, max_length=1000)
    actions = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=10**18),
        required=False,
        max_length=1000,
    )


class MovedOut(Output):
    """The offers made, which wait to be accepted, and the actions that have passed."""

    handovers = HandoverOut(many=True)
    actions = ActionOut(many=True)


class OfficerLoad(Endpoint):
    """Everything an officer answers for."""

    resource = "handovers"

    @shows(LoadOut)
    def get(self, call: Call, pk: int) -> dict[str, Any]:
        officer = _officer(call, pk)
        load = load_of(call.officer, officer)
        return {
            "officer": officer,
            "owner_of": [each.reference for each in load.free[Capacity.OWNER]],
            "inspector_of": [each.reference for each in load.free[Capacity.INSPECTOR]],
            "offered_by_them": [each.incident.reference for each in load.offered_by_them],
            "offered_to_them": [each.incident.reference for each in load.offered_to_them],
            "actions": load.actions,
        }


class MoveLoad(Endpoint):
    """Offer an officer's incidents and reassign their actions, all or nothing."""

    resource = "handovers"

    @commands(MoveIn, MovedOut)
    def post(self, call: Call, pk: int) -> Moved:
        officer = _officer(call, pk)
        to = Receivers.taken_from(call.data)
        return move_load(officer=officer, receivers=to, by=call.officer, now=call.now, **call.data)


def _officer(call: Call, pk: int) -> Officer:
    officer = officer_visible_to(call.officer, pk)
    check_may_move(call.officer, officer, call.now)
    return officer
