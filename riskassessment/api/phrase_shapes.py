"""What the phrases of a record look like over REST, and the reasons to keep them."""

from rest_framework import serializers

from core.api.fields import Id, Moment, Paragraphs
from core.api.serializers import Input, Output
from officers.api.representations import OfficerBrief


class KeepIn(Input):
    """Why a phrase stays."""

    may_keep_phrases = False
    reason = Paragraphs()


class WordOut(Output):
    """A phrase that waits to be reworded or kept with a reason, and a better wording."""

    id = Id(source="id")
    field = serializers.CharField()
    phrase = serializers.CharField()
    prefer = serializers.CharField()


class PhraseOut(Output):
    """A phrase found in the record that waits for an answer."""

    id = Id()
    field = serializers.CharField()
    phrase = serializers.CharField(source="written")
    prefer = serializers.CharField()
    written_by = serializers.CharField(source="event.actor_name")
    found_at = Moment(source="event.recorded_at")


class PhraseKeptOut(Output):
    """A phrase kept with a reason."""

    id = Id(source="found_id")
    phrase = serializers.CharField(source="found.written")
    reason = serializers.CharField()
    kept_by = OfficerBrief(source="by")
    kept_at = Moment(source="at")
