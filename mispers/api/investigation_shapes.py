"""How what is recorded under an incident looks over REST."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import Id, Line, Moment, Paragraphs
from core.api.serializers import Input, Output
from core.language import waiting_from_this_write
from mispers.models import Hypothesis, LogEntry, Notification, Search, Sighting
from mispers.models.entry import Entry
from officers.api.fields import OfficerId
from officers.api.representations import OfficerBrief

CONCLUDED = [(s.value, s.label) for s in Hypothesis.Status if s is not Hypothesis.Status.OPEN]


class Somebody(Line):
    """Who did something: an officer's id, answered as rank and name, or a name in words."""

    default_error_messages = OfficerId.default_error_messages

    def to_internal_value(self, data: Any) -> str:
        given = super().to_internal_value(data)
        return str(OfficerId().to_internal_value(given)) if given.isdigit() else given


class WordFound(Output):
    """A phrase that blames the person, as it stands in a field, and a better wording."""

    field = serializers.CharField()
    phrase = serializers.CharField()
    prefer = serializers.CharField()


class EntryOut(Output):
    """What every entry answers: its id, who recorded it and when, and words to think over."""

    id = Id()
    recorded_by = OfficerBrief()
    recorded_at = Moment()
    words = serializers.SerializerMethodField()

    @extend_schema_field(WordFound(many=True))
    def get_words(self, entry: Entry) -> list[dict[str, str]]:
        """Phrases in what was just written; nothing when it is read again."""
        return waiting_from_this_write()


class StrategyIn(Input):
    """A strategy for finding this person."""

    text = Paragraphs()


class StrategyOut(EntryOut):
    """An investigation strategy."""

    text = serializers.CharField()


class HypothesisIn(Input):
    """What may have happened, and what would confirm or refute it."""

    statement = Paragraphs()
    would_confirm = Paragraphs()
    would_refute = Paragraphs()


class HypothesisOut(EntryOut):
    """A hypothesis and, once tested, its conclusion."""

    statement = serializers.CharField()
    would_confirm = serializers.CharField()
    would_refute = serializers.CharField()
    status = serializers.ChoiceField(Hypothesis.Status.choices)
    evidence = serializers.CharField()
    supplier = serializers.CharField()
    concluded_by = OfficerBrief(allow_null=True)
    concluded_at = Moment(allow_null=True)


class ConclusionIn(Input):
    """What the evidence says and who supplied it."""

    status = serializers.ChoiceField(CONCLUDED)
    evidence = Paragraphs()
    supplier = Line()


class SearchIn(Input):
    """What was done at a place; extent says whether anybody went inside."""

    place = Line(max_length=300)
    kind = serializers.ChoiceField(Search.Kind.choices)
    extent = serializers.ChoiceField(Search.Extent.choices)
    covered = Paragraphs()
    not_covered = Paragraphs()
    searched_by = Somebody()
    searched_at = Moment()
    result = Paragraphs()


class SearchOut(EntryOut):
    """A search, as exactly what it was."""

    place = serializers.CharField()
    kind = serializers.ChoiceField(Search.Kind.choices)
    extent = serializers.ChoiceField(Search.Extent.choices)
    covered = serializers.CharField()
    not_covered = serializers.CharField()
    searched_by = serializers.CharField()
    searched_at = Moment()
    result = serializers.CharField()


class SearchAdviserIn(Input):
    """Whether a specialist search adviser is involved, who it is, and why or why not."""

    involved = serializers.BooleanField()
    adviser = Line(required=False, allow_blank=True, default="")
    reason = Paragraphs()


class SearchAdviserOut(EntryOut):
    """A decision on a specialist search adviser."""

    involved = serializers.BooleanField()
    adviser = serializers.CharField()
    reason = serializers.CharField()


class SightingIn(Input):
    """Who saw the person, where and when; lat and lon in degrees, both or neither."""

    at = Moment()
    place = Line(max_length=300)
    lat = serializers.FloatField(required=False, allow_null=True)
    lon = serializers.FloatField(required=False, allow_null=True)
    reported_by = Somebody()
    credibility = serializers.ChoiceField(Sighting.Credibility.choices, required=False)
    text = Paragraphs(required=False, allow_blank=True)


class SightingOut(EntryOut):
    """A sighting."""

    at = Moment()
    place = serializers.CharField()
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    reported_by = serializers.CharField()
    credibility = serializers.ChoiceField(Sighting.Credibility.choices)
    text = serializers.CharField()


class LogEntryIn(Input):
    """Information or a note, and where it came from."""

    text = Paragraphs()
    source = Line(required=False, allow_blank=True)  # type: ignore[assignment]  # the contract's name
    source_kind = serializers.ChoiceField(
        LogEntry.SourceKind.choices,
        required=False,
        allow_blank=True,
        help_text="From a professional, who is named, it makes the review of the risk due at once.",
    )
    contact = Line(required=False, allow_blank=True, help_text="How to reach the source.")
    obtained_at = Moment(
        required=False, allow_null=True, help_text="When it said so, if that was not just now."
    )


class LogEntryOut(EntryOut):
    """An entry of the log."""

    text = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the contract's name
    source_kind = serializers.ChoiceField(LogEntry.SourceKind.choices, allow_blank=True)
    contact = serializers.CharField()
    obtained_at = Moment(allow_null=True)


class FamilyContactIn(Input):
    """A contact with the family, and when they expect the next."""

    made_by = Somebody()
    at = Moment()
    text = Paragraphs()
    next_due_at = Moment(required=False, allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        """The fields; `with` cannot be written as a name in Python."""
        return {"with": Line(source="contact_with"), **super().get_fields()}


class FamilyContactOut(EntryOut):
    """A contact with the family."""

    made_by = serializers.CharField()
    at = Moment()
    text = serializers.CharField()
    next_due_at = Moment(allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        """The fields; `with` cannot be written as a name in Python."""
        return {**super().get_fields(), "with": serializers.CharField(source="contact_with")}


class NotificationIn(Input):
    """Which body was told, when, and its reference."""

    to = serializers.ChoiceField(Notification.To.choices)
    at = Moment()
    reference = Line(
        source="notification_reference", required=False, allow_blank=True, max_length=120
    )


class NotificationOut(EntryOut):
    """That another body was told."""

    to = serializers.ChoiceField(Notification.To.choices)
    at = Moment()
    reference = serializers.CharField()
