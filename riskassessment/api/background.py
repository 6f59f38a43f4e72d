"""The REST endpoint of what the force holds about a person, as the grading page lays it out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, shows
from core.api.fields import Moment
from core.api.serializers import Output
from mispers.api import known_shapes as shapes
from mispers.api.investigation import consulted
from mispers.models import Incident, Located
from mispers.rules.stages import Outcome
from mispers.selectors.critical_times import MEDICATION, UNTREATED, WEATHER
from riskassessment.rules.grades import Grade
from riskassessment.selectors.background import Background, Earlier, background_of

HOUR = 3600


@dataclass(frozen=True)
class Beside:
    """An incident and what is held about its person at a moment."""

    incident: Incident
    background: Background
    now: datetime


class CriticalOut(Output):
    """When something begins to matter, and how that time came about."""

    kind = serializers.ChoiceField(
        [
            (MEDICATION, "A dose is due"),
            (WEATHER, "Exposure"),
            (UNTREATED, "A condition, counted from when last seen"),
        ]
    )
    says = serializers.CharField()
    at = Moment()
    because = serializers.CharField()


class MarkedOut(Output):
    """A marker with what it means; of exploitation, with the investigations behind it."""

    code = serializers.CharField(source="marker.code")
    label = serializers.CharField(  # type: ignore[assignment]  # the contract's name
        source="marker.label"
    )
    matters = serializers.CharField(source="marker.matters")
    exploitation = serializers.BooleanField(source="marker.exploitation")
    standing = serializers.CharField(source="marker.standing")
    source = serializers.CharField(  # type: ignore[assignment]  # the contract's name
        source="marker.source"
    )
    investigations = shapes.ExploitationOut(many=True)


class ReportsOut(Output):
    """How often the person was reported, this report included; elsewhere: not for this reader."""

    within_days = serializers.IntegerField(source="within")
    recent = serializers.IntegerField()
    in_12_months = serializers.IntegerField(source="in_year")
    elsewhere = serializers.IntegerField()


class FoundOut(Output):
    """How an earlier absence ended."""

    at = Moment()
    place = serializers.CharField()
    condition = serializers.ChoiceField(Located.Condition.choices)
    how = serializers.CharField()


class InterviewedOut(Output):
    """What the prevention interview of an earlier incident said."""

    why = serializers.CharField()
    what_happened = serializers.CharField()
    where_and_with_whom = serializers.CharField()
    harm = serializers.CharField()
    next_time = serializers.CharField()
    not_held_because = serializers.CharField()


class EarlierOut(Output):
    """An earlier incident of the person that the caller sees."""

    incident = serializers.CharField(source="incident.reference")
    reported_at = Moment(source="incident.reported_at")
    outcome = serializers.SerializerMethodField()
    grade = serializers.ChoiceField(Grade.choices, allow_null=True)
    located = FoundOut(allow_null=True)
    prevention_interview = InterviewedOut(source="interview", allow_null=True)

    @extend_schema_field(serializers.ChoiceField(Outcome.choices, allow_null=True))
    def get_outcome(self, earlier: Earlier) -> str | None:
        """How it ended, or null while it is open."""
        return earlier.incident.outcome or None


class BesideOut(Output):
    """Everything held about the person of an incident, what is most urgent first."""

    incident = serializers.CharField(source="incident.reference")
    critical = CriticalOut(many=True, source="background.criticals")
    last_seen_at = Moment(source="incident.last_seen_at", allow_null=True)
    hours_since_last_seen = serializers.SerializerMethodField()
    age = serializers.IntegerField(source="background.age", allow_null=True)
    conditions = shapes.ConditionOut(many=True, source="background.known.conditions")
    medication = shapes.MedicationOut(many=True, source="background.known.medication")
    markers = serializers.SerializerMethodField()
    looked_after_by = serializers.SerializerMethodField()
    placing_authority = serializers.SerializerMethodField()
    reports = ReportsOut(source="background.reports")
    clothing = shapes.ClothingOut(many=True, source="background.known.clothing")
    weather = shapes.WeatherOut(many=True, source="background.known.weather")
    associates = shapes.AssociateOut(many=True, source="background.known.associates")
    places = shapes.KnownPlaceOut(many=True, source="background.known.places")
    earlier = EarlierOut(many=True, source="background.earlier")

    def get_hours_since_last_seen(self, beside: Beside) -> float | None:
        """With one decimal, or null when nobody knows."""
        seen = beside.incident.last_seen_at
        return None if seen is None else round((beside.now - seen).total_seconds() / HOUR, 1)

    @extend_schema_field(MarkedOut(many=True))
    def get_markers(self, beside: Beside) -> Any:
        """Those of exploitation first."""
        marked = [*beside.background.exploitation, *beside.background.markers]
        return MarkedOut(marked, many=True, context=self.context).data

    def get_looked_after_by(self, beside: Beside) -> str | None:
        """The authority, or null."""
        return beside.background.looked_after_by or None

    def get_placing_authority(self, beside: Beside) -> str | None:
        """The authority that placed them, where it is another one, or null."""
        return beside.background.placing_authority or None


class KnownAbout(Endpoint):
    """What the force holds about the person of an incident, to be seen before grading."""

    resource = "risk-assessments"

    @shows(BesideOut)
    def get(self, call: Call, reference: str) -> Beside:
        """What holds now; the entries corrected since are in the list of each kind."""
        incident = consulted(call, reference)
        return Beside(incident, background_of(call.by, incident, call.now), call.now)
