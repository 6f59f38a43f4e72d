"""The REST endpoints of what is known about a person, each list with what was corrected since."""

from django.db.models import QuerySet

from core.api.endpoint import Call, Endpoint, creates, lists
from mispers.api import known_shapes as shapes
from mispers.api.investigation import consulted, writing
from mispers.models import (
    Associate,
    Clothing,
    ExploitationInvestigation,
    HealthCondition,
    KnownPlace,
    Medication,
    Weather,
)
from mispers.selectors.known import known_entries
from mispers.services import health
from mispers.services import known as services


class Conditions(Endpoint):
    """Health conditions of the person, each with its meaning for risk."""

    resource = "incidents"

    @lists(shapes.ConditionOut)
    def get(self, call: Call, reference: str) -> QuerySet[HealthCondition]:
        """From all of the person's incidents, newest first."""
        return known_entries(HealthCondition, consulted(call, reference))

    @creates(shapes.ConditionIn, shapes.ConditionOut)
    def post(self, call: Call, reference: str) -> HealthCondition:
        """Record one, or correct one; the review of the risk is due at once."""
        return health.record_condition(reference, **writing(call))


class MedicationEntries(Endpoint):
    """The person's medication, and when going without begins to matter."""

    resource = "incidents"

    @lists(shapes.MedicationOut)
    def get(self, call: Call, reference: str) -> QuerySet[Medication]:
        """From all of the person's incidents, newest first."""
        return known_entries(Medication, consulted(call, reference))

    @creates(shapes.MedicationIn, shapes.MedicationOut)
    def post(self, call: Call, reference: str) -> Medication:
        """Record one, or correct one; a new time makes the review of the risk due at once."""
        return health.record_medication(reference, **writing(call))


class ExploitationInvestigations(Endpoint):
    """Investigations behind the person's markers of exploitation, and whose they are."""

    resource = "incidents"

    @lists(shapes.ExploitationOut)
    def get(self, call: Call, reference: str) -> QuerySet[ExploitationInvestigation]:
        """From all of the person's incidents, newest first."""
        return known_entries(ExploitationInvestigation, consulted(call, reference))

    @creates(shapes.ExploitationIn, shapes.ExploitationOut)
    def post(self, call: Call, reference: str) -> ExploitationInvestigation:
        """Reference one; allocated to a trained officer, it meets CHILD-2 for its marker."""
        return services.record_exploitation_investigation(reference, **writing(call))


class Associates(Endpoint):
    """Those the person knows."""

    resource = "incidents"

    @lists(shapes.AssociateOut)
    def get(self, call: Call, reference: str) -> QuerySet[Associate]:
        """From all of the person's incidents, newest first."""
        return known_entries(Associate, consulted(call, reference))

    @creates(shapes.AssociateIn, shapes.AssociateOut)
    def post(self, call: Call, reference: str) -> Associate:
        """Record somebody, or correct what is recorded of them."""
        return services.record_associate(reference, **writing(call))


class Places(Endpoint):
    """Places the person goes to."""

    resource = "incidents"

    @lists(shapes.KnownPlaceOut)
    def get(self, call: Call, reference: str) -> QuerySet[KnownPlace]:
        """From all of the person's incidents, newest first."""
        return known_entries(KnownPlace, consulted(call, reference))

    @creates(shapes.KnownPlaceIn, shapes.KnownPlaceOut)
    def post(self, call: Call, reference: str) -> KnownPlace:
        """Record one, or correct one."""
        return services.record_place(reference, **writing(call))


class ClothingEntries(Endpoint):
    """What the person had on and with them, in this incident."""

    resource = "incidents"

    @lists(shapes.ClothingOut)
    def get(self, call: Call, reference: str) -> QuerySet[Clothing]:
        """Newest first."""
        return known_entries(Clothing, consulted(call, reference))

    @creates(shapes.ClothingIn, shapes.ClothingOut)
    def post(self, call: Call, reference: str) -> Clothing:
        """Record it, or correct it."""
        return services.record_clothing(reference, **writing(call))


class WeatherEntries(Endpoint):
    """The weather in this incident; the newest stands."""

    resource = "incidents"

    @lists(shapes.WeatherOut)
    def get(self, call: Call, reference: str) -> QuerySet[Weather]:
        """Newest first."""
        return known_entries(Weather, consulted(call, reference))

    @creates(shapes.WeatherIn, shapes.WeatherOut)
    def post(self, call: Call, reference: str) -> Weather:
        """Record it; another time from which exposure matters makes the review due at once."""
        return services.record_weather(reference, **writing(call))
