"""What a comparison of two assessments looks like over REST."""

from rest_framework import serializers

from core.api.fields import Id
from core.api.serializers import Output
from riskassessment.presenters.comparison import ADDED, REMOVED, SAME


class PieceOut(Output):
    """Some words that stayed, went or came."""

    how = serializers.ChoiceField([SAME, REMOVED, ADDED])
    text = serializers.CharField()


class TextComparedOut(Output):
    """A text with what changed in it, word by word."""

    label = serializers.CharField()  # type: ignore[assignment]  # the comparison's name
    pieces = PieceOut(many=True)


class ValueComparedOut(Output):
    """A value that changed, in words."""

    label = serializers.CharField()  # type: ignore[assignment]  # the comparison's name
    before = serializers.CharField()
    after = serializers.CharField()


class ItemsComparedOut(Output):
    """A list that changed; what is in both is left out."""

    label = serializers.CharField()  # type: ignore[assignment]  # the comparison's name
    added = serializers.ListField(child=serializers.CharField())
    removed = serializers.ListField(child=serializers.CharField())


class ComparisonOut(Output):
    """An assessment against the one before it; what did not change is left out."""

    assessment = Id(source="after.pk")
    before = Id(source="before.pk", allow_null=True, default=None)
    values = ValueComparedOut(many=True)
    items = ItemsComparedOut(many=True)
    texts = TextComparedOut(many=True)
