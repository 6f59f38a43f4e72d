"""What an incident and its person look like over REST."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.endpoint import Call
from core.api.events import EventOut
from core.api.fields import Id, Moment
from core.api.serializers import Output
from core.language import waiting_from_this_write
from mispers.api.investigation_shapes import WordFound
from mispers.api.strip import AnsweringOut, NextDueOut, OverdueOut, StripOut, strips_as_json
from mispers.models import Incident, Person
from mispers.rules.stages import Outcome, Stage
from mispers.rules.strip import GRADES
from mispers.selectors.as_at import AsItStood
from mispers.selectors.references import LinkedReferences, linked_references_of
from mispers.selectors.strips import strips_of

# The parts of the strip that an incident gives.
PARTS = ("grade", "owner", "inspector", "next_due", "overdue")


class AddressOut(Output):
    """Where a person lives."""

    lines = serializers.ListField(child=serializers.CharField(), source="home_address_lines")
    postcode = serializers.CharField(source="home_postcode")


class PersonOut(Output):
    """Who is missing."""

    id = Id()
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    unknown = serializers.BooleanField()
    date_of_birth = serializers.DateField(allow_null=True)
    age_estimate = serializers.IntegerField(allow_null=True)
    sex = serializers.ChoiceField(Person.Sex.choices)
    home_address = AddressOut(source="*")
    phones = serializers.ListField(child=serializers.CharField())
    looked_after_by = serializers.SerializerMethodField()
    placing_authority = serializers.SerializerMethodField()
    markers = serializers.ListField(child=serializers.CharField())

    def get_looked_after_by(self, person: Person) -> str | None:
        """The authority, or null."""
        return person.looked_after_by or None

    def get_placing_authority(self, person: Person) -> str | None:
        """The authority that placed a looked-after child, where it is another one, or null."""
        return person.placing_authority or None


class InformantOut(Output):
    """Who reported it."""

    name = serializers.CharField(source="informant_name")
    relationship = serializers.CharField(source="informant_relationship")
    phone = serializers.CharField(source="informant_phone")
    unknown = serializers.BooleanField(source="informant_unknown")


class SourceOut(Output):
    """The system and reference a report came from."""

    system = serializers.CharField(source="source_system")
    reference = serializers.CharField(source="source_reference")


class _ManyIncidents(serializers.ListSerializer[Any]):
    """Loads what stands beside the incidents once for the whole page."""

    def to_representation(self, data: Any) -> list[Any]:
        incidents = list(data)
        child: Any = self.child
        child.load_beside(incidents)
        return super().to_representation(incidents)


class IncidentCore(Output):
    """What an incident says by itself."""

    reference = serializers.CharField()
    stage = serializers.ChoiceField(Stage.choices)
    outcome = serializers.SerializerMethodField()
    bcu = serializers.CharField(source="bcu_id")
    reported_at = Moment()
    recorded_at = Moment()
    boundary_48h_at = Moment()
    closed_at = Moment(allow_null=True)
    last_seen_at = Moment(allow_null=True)
    last_seen_place = serializers.CharField()
    circumstances = serializers.CharField()
    missing_from = serializers.ChoiceField(Incident.MissingFrom.choices)
    person = PersonOut()
    informant = InformantOut(source="*")
    source = serializers.SerializerMethodField()  # type: ignore[assignment]  # the contract's name

    @extend_schema_field(serializers.ChoiceField(Outcome.choices, allow_null=True))
    def get_outcome(self, incident: Incident) -> str | None:
        """How it ended, or null while it is open."""
        return incident.outcome or None

    @extend_schema_field(SourceOut(allow_null=True))
    def get_source(self, incident: Incident) -> Any:
        """Where the report came from, or null."""
        return SourceOut(incident).data if incident.source_reference else None


class IncidentOut(IncidentCore):
    """An incident, with what other parts of the house know about it."""

    grade = serializers.SerializerMethodField()
    owner = serializers.SerializerMethodField()
    inspector = serializers.SerializerMethodField()
    next_due = serializers.SerializerMethodField()
    overdue = serializers.SerializerMethodField()
    previous_incidents = serializers.SerializerMethodField()
    linked_incidents = serializers.SerializerMethodField()
    version = serializers.IntegerField()
    words = serializers.SerializerMethodField()

    class Meta:
        list_serializer_class = _ManyIncidents

    def load_beside(self, incidents: list[Incident]) -> None:
        """Read the strips and links of all these incidents, in a fixed number of queries."""
        call: Call = self.context["call"]
        self._strips = strips_as_json(strips_of(incidents, call.now, PARTS), PARTS)
        self._links = linked_references_of(incidents, call.by)

    def to_representation(self, instance: Any) -> Any:
        if instance.pk not in getattr(self, "_strips", {}):
            self.load_beside([instance])
        return super().to_representation(instance)

    @extend_schema_field(serializers.ChoiceField(GRADES, allow_null=True))
    def get_grade(self, incident: Incident) -> Any:
        """The grade in force, or null."""
        return self._part(incident, "grade")

    @extend_schema_field(WordFound(many=True))
    def get_words(self, incident: Incident) -> list[dict[str, str]]:
        """Phrases in what was just written; nothing when they are read again."""
        return waiting_from_this_write()

    @extend_schema_field(AnsweringOut(allow_null=True))
    def get_owner(self, incident: Incident) -> Any:
        """Who leads the investigation."""
        return self._part(incident, "owner")

    @extend_schema_field(AnsweringOut(allow_null=True))
    def get_inspector(self, incident: Incident) -> Any:
        """Who answers for it on this shift."""
        return self._part(incident, "inspector")

    @extend_schema_field(NextDueOut(allow_null=True))
    def get_next_due(self, incident: Incident) -> Any:
        """The next thing due, or null."""
        return self._part(incident, "next_due")

    @extend_schema_field(OverdueOut())
    def get_overdue(self, incident: Incident) -> Any:
        """What is overdue now."""
        return self._part(incident, "overdue")

    def get_previous_incidents(self, incident: Incident) -> list[str]:
        """References of earlier incidents of the same person, newest first."""
        return self._linked(incident).previous

    def get_linked_incidents(self, incident: Incident) -> list[str]:
        """References of other incidents linked with it."""
        return self._linked(incident).linked

    def _part(self, incident: Incident, name: str) -> Any:
        return self._strips[incident.pk][name]

    def _linked(self, incident: Incident) -> LinkedReferences:
        return self._links[incident.pk]


class AsAtOut(Output):
    """An incident as it stood at a moment, and what was known then."""

    at = Moment()
    incident = IncidentCore()
    facts = serializers.SerializerMethodField()
    known = EventOut(many=True)

    def get_facts(self, then: AsItStood) -> dict[str, Any]:
        """Grade, owner, inspector and what else can be told of that moment."""
        return dict(StripOut(then.strip, parts=then.told).data)
