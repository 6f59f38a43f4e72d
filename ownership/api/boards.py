"""The duty board over REST."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, lists
from core.api.fields import Id, Moment
from core.api.serializers import Output
from ownership.selectors.board import SHOWS, BoardLine, bcu_visible_to, board_of


class HolderOut(Output):
    """Who answers, and since when."""

    name = serializers.CharField()
    rank = serializers.CharField()
    since = Moment()


class BoardDueOut(Output):
    """The next thing due: what, when and from whom."""

    what = serializers.CharField()
    code = serializers.CharField()
    at = Moment()
    who = serializers.CharField()


class LateOut(Output):
    """What is overdue: by its codes, since when, when it climbed to whom; null: it has not."""

    count = serializers.IntegerField()
    codes = serializers.ListField(child=serializers.CharField())
    since = Moment()
    with_inspector = Moment(allow_null=True)
    with_superintendent = Moment(allow_null=True)


class BoardOfferOut(Output):
    """An offer that nobody has answered."""

    handover = Id(source="pk")
    capacity = serializers.CharField()
    to = serializers.CharField()
    since = Moment()


class UnreadOut(Output):
    """Who has not read what they were told of a high-risk incident, and since when."""

    officer = serializers.CharField()
    since = Moment()


class ChangedOut(Output):
    """What has changed since the shift began."""

    count = serializers.IntegerField()
    last = serializers.CharField()
    by = serializers.CharField()
    at = Moment()


class BoardLineOut(Output):
    """One open incident on the board."""

    incident = serializers.CharField(source="line.header.reference")
    name = serializers.CharField(source="line.header.name")
    grade = serializers.CharField(source="line.header.grade", allow_null=True)
    stage = serializers.CharField(source="line.header.stage")
    owner = HolderOut(source="line.header.owner", allow_null=True)
    inspector = HolderOut(source="line.header.inspector", allow_null=True)
    next_due = BoardDueOut(source="line.header.next_due", allow_null=True)
    overdue = LateOut(source="late", allow_null=True)
    offered = BoardOfferOut(source="offers", many=True)
    unread = UnreadOut(many=True)
    changed = ChangedOut(allow_null=True)


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
