"""The strip over REST: every form that says something of an incident takes its parts from here."""

from collections.abc import Collection, Mapping
from typing import Any

from rest_framework import serializers

from core.api.fields import Id, Moment
from core.api.serializers import Output
from mispers.rules.strip import GRADES, IncidentStrip


class AnsweringOut(Output):
    """An officer who answers for an incident, and since when."""

    id = serializers.CharField(source="officer_id")
    name = serializers.CharField()
    rank = serializers.CharField()
    since = Moment()


class NextDueOut(Output):
    """The next thing due, and whose it is."""

    what = serializers.CharField()
    code = serializers.CharField()
    at = Moment()
    who = serializers.CharField()


class OverdueOut(Output):
    """How many actions are overdue, and which standards."""

    actions = serializers.IntegerField()
    standards = serializers.ListField(child=serializers.CharField())


class LateOut(Output):
    """What is overdue: by its codes, since when, when it climbed to whom; null: it has not."""

    count = serializers.IntegerField()
    codes = serializers.ListField(child=serializers.CharField())
    since = Moment()
    with_inspector = Moment(allow_null=True)
    with_superintendent = Moment(allow_null=True)


class BoardOfferOut(Output):
    """An offer that nobody has answered."""

    handover = Id(source="handover")
    capacity = serializers.CharField()
    to = serializers.CharField()
    since = Moment()


class UnreadOut(Output):
    """Who has not read what they were told of a high-risk incident, and since when."""

    officer = serializers.CharField()
    since = Moment()


class StripOut(Output):
    """The parts of a strip; parts: which of them, all if left out."""

    grade = serializers.ChoiceField(GRADES, allow_null=True)
    owner = AnsweringOut(allow_null=True)
    inspector = AnsweringOut(allow_null=True)
    next_due = NextDueOut(allow_null=True)
    overdue = OverdueOut()
    late = LateOut(allow_null=True)
    offered = BoardOfferOut(many=True)
    unread = UnreadOut(many=True)

    def __init__(self, *args: Any, parts: Collection[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """Those of the parts that are asked for."""
        fields = super().get_fields()
        return {name: each for name, each in fields.items() if self._is_asked(name)}

    def _is_asked(self, name: str) -> bool:
        return self.parts is None or name in self.parts


def strips_as_json(
    strips: Mapping[int, IncidentStrip], parts: Collection[str]
) -> dict[int, dict[str, Any]]:
    """{incident pk: these parts of its strip as REST gives them}."""
    form = StripOut(parts=parts)
    return {pk: form.to_representation(strip) for pk, strip in strips.items()}
