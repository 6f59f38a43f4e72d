"""The duty board over REST."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, lists
from core.api.fields import Moment
from core.api.serializers import Output
from mispers.api.strip import AnsweringOut, BoardOfferOut, LateOut, NextDueOut, UnreadOut
from ownership.selectors.board import SHOWS, BoardLine, bcu_visible_to, board_of


class ChangedOut(Output):
    """What has changed since the shift began."""

    count = serializers.IntegerField()
    last = serializers.CharField(source="last.what")
    by = serializers.CharField(source="last.by")
    at = Moment(source="last.at")


class BoardLineOut(Output):
    """One open incident on the board."""

    incident = serializers.CharField(source="strip.reference")
    name = serializers.CharField(source="strip.name")
    grade = serializers.CharField(source="strip.grade", allow_null=True)
    stage = serializers.CharField(source="strip.stage")
    owner = AnsweringOut(source="strip.owner", allow_null=True)
    inspector = AnsweringOut(source="strip.inspector", allow_null=True)
    next_due = NextDueOut(source="strip.next_due", allow_null=True)
    overdue = LateOut(source="strip.late", allow_null=True)
    offered = BoardOfferOut(source="strip.offered", many=True)
    unread = UnreadOut(source="strip.unread", many=True)
    changed = ChangedOut(source="changes", allow_null=True)


class BoardLines(Endpoint):
    """A BCU's duty board: its open incidents, overdue and high risk first."""

    resource = "incidents"

    @lists(
        BoardLineOut,
        filters={
            "show": serializers.ChoiceField(
                choices=[(name, label) for name, (label, _) in SHOWS.items() if name],
                help_text="Only these.",
            )
        },
    )
    def get(self, call: Call, bcu: str) -> Sequence[BoardLine]:
        """The most pressing first."""
        unit = bcu_visible_to(call.by, bcu)
        asked: dict[str, Any] = {"board": bcu, **call.query}
        call.log_search(**asked)
        return board_of(unit, call.by, call.now).shown(call.query.get("show", ""))
