"""What a report, a correction, a link and a person found look like over REST."""

from rest_framework import serializers

from core.api.fields import BirthDate, Id, Line, Moment, Paragraphs
from core.api.serializers import Input, Output
from mispers.api import known_shapes as known
from mispers.models import Incident, IncidentLink, Person
from mispers.rules.report_checks import MOST_ADDRESS_LINES, MOST_PHONES, OLDEST
from mispers.rules.stages import Stage
from mispers.selectors.people import Found
from mispers.services.links import MOST_AT_ONCE
from officers.api.fields import BcuCode
from officers.api.representations import OfficerBrief

MOST_KNOWN = 20


class AddressIn(Input):
    """Where a person lives."""

    lines = serializers.ListField(
        child=Line(max_length=100, allow_blank=True), max_length=MOST_ADDRESS_LINES, required=False
    )
    postcode = Line(required=False, allow_blank=True, allow_null=True, help_text="Such as N1 9GU.")


class PersonIn(Input):
    """Who is missing: some name, or `unknown`."""

    given_name = Line(max_length=80, required=False, allow_blank=True)
    family_name = Line(max_length=80, required=False, allow_blank=True)
    unknown = serializers.BooleanField(required=False)
    date_of_birth = BirthDate(required=False, allow_null=True)
    age_estimate = serializers.IntegerField(
        min_value=0, max_value=OLDEST, required=False, allow_null=True
    )
    sex = serializers.ChoiceField(Person.Sex.choices, required=False)
    home_address = AddressIn(required=False, allow_null=True)
    phones = serializers.ListField(
        child=Line(max_length=30), max_length=MOST_PHONES, required=False
    )
    looked_after_by = Line(max_length=120, required=False, allow_blank=True, allow_null=True)
    placing_authority = Line(max_length=120, required=False, allow_blank=True, allow_null=True)
    markers = serializers.ListField(child=Line(max_length=40), max_length=40, required=False)


class InformantIn(Input):
    """Who tells us: a name, or `unknown`."""

    name = Line(max_length=120, required=False, allow_blank=True)
    unknown = serializers.BooleanField(required=False)
    relationship = Line(max_length=80, required=False, allow_blank=True)
    phone = Line(max_length=30, required=False, allow_blank=True)


class SourceIn(Input):
    """The system a report came from, and its reference there."""

    system = Line(max_length=40)
    reference = Line(max_length=80)


class CorrectionIn(Input):
    """What a report says; send what is to change."""

    person = PersonIn()
    informant = InformantIn()
    circumstances = Paragraphs()
    last_seen_at = Moment(required=False, allow_null=True)
    last_seen_place = Line(max_length=300, required=False, allow_blank=True)
    missing_from = serializers.ChoiceField(Incident.MissingFrom.choices, required=False)


def _some(row: Input) -> serializers.ListField:
    """What may come with a report, as many as one person tells."""
    return serializers.ListField(child=row, required=False, max_length=MOST_KNOWN)


class ReportIn(CorrectionIn):
    """A report of a missing person, with what is known about them, as their own lists take it."""

    reported_at = Moment(
        required=False, allow_null=True, help_text="When it was taken elsewhere, if before now."
    )
    bcu = BcuCode()
    source = SourceIn(  # type: ignore[assignment]  # the contract's name, and an attribute of fields
        required=False, allow_null=True
    )
    previous = serializers.ListField(
        child=Line(max_length=16),
        max_length=MOST_AT_ONCE,
        required=False,
        help_text="References of earlier incidents of the same person.",
    )
    conditions = _some(known.ConditionIn())
    medication = _some(known.MedicationIn())
    exploitation_investigations = _some(known.ExploitationIn())
    associates = _some(known.AssociateIn())
    places = _some(known.KnownPlaceIn())
    clothing = _some(known.ClothingIn())
    weather = _some(known.WeatherIn())


class LinkIn(Input):
    """Another incident that belongs with this one."""

    incident = Line(max_length=16, help_text="Its reference.")
    kind = serializers.ChoiceField(IncidentLink.Kind.choices, required=False)


class LinkOut(Output):
    """A link to another incident."""

    id = Id()
    incident = serializers.CharField(source="other.reference")
    kind = serializers.ChoiceField(IncidentLink.Kind.choices)
    made_by = OfficerBrief()
    made_at = Moment()


class MissingAsOut(Output):
    """The open incident of somebody who is missing now."""

    reference = serializers.CharField()
    bcu = serializers.CharField(source="bcu_id")
    stage = serializers.ChoiceField(Stage.choices)
    reported_at = Moment()


class PersonFoundOut(Output):
    """A person found by name: whether they are missing now, and whom to ring."""

    id = Id(source="match.person.pk")
    given_name = serializers.CharField(source="match.person.given_name")
    family_name = serializers.CharField(source="match.person.family_name")
    date_of_birth = serializers.DateField(source="match.person.date_of_birth", allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField(), source="match.reasons")
    missing = serializers.SerializerMethodField()
    incident = MissingAsOut(source="missing_as", allow_null=True)
    ring = OfficerBrief(source="ring.officer", allow_null=True, default=None)
    telephone = serializers.CharField(
        source="missing_as.bcu.telephone",
        default="",
        help_text="The duty inspector's desk where they are missing; empty if none is held.",
    )
    incidents = serializers.SerializerMethodField()

    def get_missing(self, found: Found) -> bool:
        """Whether an incident of theirs is open; false says only that no open report is held."""
        return found.missing_as is not None

    def get_incidents(self, found: Found) -> list[str]:
        """References of the incidents that the caller may open, newest first."""
        return [incident.reference for incident in found.match.incidents]
