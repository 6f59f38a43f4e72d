"""How what is known about a person looks over REST."""

from typing import Any

from rest_framework import serializers

from core.api.fields import Line, Moment, Paragraphs
from core.api.serializers import Input
from mispers.api.investigation_shapes import EntryOut
from mispers.models import Associate, Known, LogEntry
from mispers.rules import markers
from mispers.rules.conditions import conditions
from mispers.services.health import OTHER
from officers.api.fields import LONGEST_ID, OfficerId
from officers.api.representations import OfficerBrief


class EntryId(serializers.CharField):
    """The id of an entry; the service gets its number."""

    default_error_messages = {"unknown_entry": "There is no such entry about this person."}

    def to_internal_value(self, data: Any) -> Any:
        given = super().to_internal_value(data)
        if not (given.isascii() and given.isdigit() and len(given) <= LONGEST_ID):
            self.fail("unknown_entry")
        return int(given)


class KnownIn(Input):
    """Who supplied it, how to reach them and when; and which entry it takes the place of.

    With supplier_kind `informant`, supplier and contact may be left to the report.
    """

    supplier = Line(required=False, allow_blank=True)
    supplier_kind = serializers.ChoiceField(
        LogEntry.SourceKind.choices, required=False, allow_blank=True
    )
    contact = Line(required=False, allow_blank=True)
    obtained_at = Moment()
    corrects = EntryId(
        required=False, allow_null=True, help_text="The id of the entry whose place it takes."
    )
    because = Paragraphs(required=False, allow_blank=True, help_text="Why it is corrected.")
    counts = serializers.BooleanField(
        required=False, help_text="false: the corrected entry is no longer so."
    )


class KnownOut(EntryOut):
    """An entry with its supplier. standing: it holds now, and was not corrected since."""

    supplier = serializers.CharField()
    supplier_kind = serializers.ChoiceField(LogEntry.SourceKind.choices, allow_blank=True)
    contact = serializers.CharField()
    obtained_at = Moment()
    corrects = serializers.SerializerMethodField()
    because = serializers.CharField()
    counts = serializers.BooleanField()
    standing = serializers.BooleanField(source="is_standing")

    def get_corrects(self, entry: Known) -> str | None:
        """The id of the entry whose place it takes, or null."""
        return str(entry.corrects_id) if entry.corrects_id else None


class ConditionIn(KnownIn):
    """A condition of the catalogue by its code; of another, its label and meaning in words."""

    code = serializers.ChoiceField(
        [*((each.code, each.label) for each in conditions()), (OTHER, "Another condition")]
    )
    label = Line(  # type: ignore[assignment]  # the contract's name, and an attribute of fields
        required=False, allow_blank=True, max_length=120
    )
    meaning = Paragraphs(required=False, allow_blank=True, help_text="What it means for risk.")
    details = Paragraphs(required=False, allow_blank=True)


class ConditionOut(KnownOut):
    """A health condition with its meaning for risk. hours: untreated, when it begins to matter."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # the contract's name
    meaning = serializers.CharField()
    hours = serializers.IntegerField(allow_null=True)
    not_the_same = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # the contract's name
    details = serializers.CharField()


class MedicationIn(KnownIn):
    """A medicine; critical_at with its reason, or worked out from the last dose and condition."""

    name = Line()
    what_for = Line(required=False, allow_blank=True)
    condition = serializers.ChoiceField(
        [(each.code, each.label) for each in conditions()], required=False, allow_blank=True
    )
    last_taken_at = Moment(required=False, allow_null=True)
    critical_at = Moment(
        required=False, allow_null=True, help_text="When going without begins to matter."
    )
    critical_because = Line(required=False, allow_blank=True)


class MedicationOut(KnownOut):
    """A medicine, and when going without begins to matter."""

    name = serializers.CharField()
    what_for = serializers.CharField()
    condition = serializers.CharField()
    last_taken_at = Moment(allow_null=True)
    critical_at = Moment(allow_null=True)
    critical_because = serializers.CharField()


class ExploitationIn(KnownIn):
    """The investigation behind a marker: its reference, and the officer if one is allocated."""

    marker = serializers.ChoiceField(
        [(each.code, each.label) for each in markers.markers() if each.exploitation]
    )
    investigation = Line(max_length=120)
    officer = OfficerId(required=False, allow_null=True)
    details = Paragraphs(required=False, allow_blank=True)


class ExploitationOut(KnownOut):
    """An exploitation investigation. officer_trained: on the day it was recorded."""

    marker = serializers.CharField()
    investigation = serializers.CharField(source="reference")
    officer = OfficerBrief(allow_null=True)
    officer_trained = serializers.BooleanField()
    details = serializers.CharField()


class AssociateIn(KnownIn):
    """Somebody the person knows."""

    name = Line()
    relationship = Line(max_length=120)
    where = Line(max_length=300, required=False, allow_blank=True)
    danger = serializers.ChoiceField(Associate.Danger.choices, required=False)
    details = Paragraphs(required=False, allow_blank=True)


class AssociateOut(KnownOut):
    """Somebody the person knows, and whether they may be a danger to them."""

    name = serializers.CharField()
    relationship = serializers.CharField()
    where = serializers.CharField()
    danger = serializers.ChoiceField(Associate.Danger.choices)
    details = serializers.CharField()


class KnownPlaceIn(KnownIn):
    """A place the person goes to, and why."""

    place = Line(max_length=300)
    why = Paragraphs()


class KnownPlaceOut(KnownOut):
    """A place the person goes to, and why."""

    place = serializers.CharField()
    why = serializers.CharField()


class ClothingIn(KnownIn):
    """What the person had on and with them."""

    description = Paragraphs()


class ClothingOut(KnownOut):
    """What the person had on and with them."""

    description = serializers.CharField()


class WeatherIn(KnownIn):
    """The weather; its supplier is where the forecast or observation comes from."""

    conditions = Line()
    low_celsius = serializers.IntegerField(
        min_value=-60, max_value=60, required=False, allow_null=True
    )
    critical_at = Moment(
        required=False, allow_null=True, help_text="When exposure begins to matter."
    )
    critical_because = Line(required=False, allow_blank=True)


class WeatherOut(KnownOut):
    """The weather, and when exposure begins to matter."""

    conditions = serializers.CharField()
    low_celsius = serializers.IntegerField(allow_null=True)
    critical_at = Moment(allow_null=True)
    critical_because = serializers.CharField()
