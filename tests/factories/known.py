"""What is known about a person, recorded for tests by the real services."""

from datetime import datetime
from typing import Any

from mispers.models import ExploitationInvestigation, HealthCondition, Incident, Medication, Weather
from mispers.services import health, known
from officers.models import Officer


def supplied(now: datetime, **over: Any) -> dict[str, Any]:
    """A doctor said so, at this moment unless told otherwise."""
    return {
        "supplier": "Dr Quill, her GP",
        "supplier_kind": "professional",
        "contact": "020 7946 0002",
        "obtained_at": now,
        **over,
    }


def a_condition(incident: Incident, by: Officer, now: datetime, **over: Any) -> HealthCondition:
    """Sickle cell disease unless told otherwise."""
    given = {"code": "sickle_cell", **supplied(now), **over}
    return health.record_condition(incident.reference, by=by, now=now, **given)


def a_medication(incident: Incident, by: Officer, now: datetime, **over: Any) -> Medication:
    """Insulin for diabetes, of which nobody knows the last dose unless told otherwise."""
    given = {"name": "Insulin", "condition": "diabetes_insulin", **supplied(now), **over}
    return health.record_medication(incident.reference, by=by, now=now, **given)


def an_investigation(
    incident: Incident, by: Officer, now: datetime, officer: Officer | None = None, **over: Any
) -> ExploitationInvestigation:
    """The investigation EX-26-17 of sexual exploitation, allocated to nobody unless told."""
    given = {"marker": "cse", "investigation": "EX-26-17", **supplied(now), **over}
    return known.record_exploitation_investigation(
        incident.reference, by=by, now=now, officer=officer, **given
    )


def the_weather(incident: Incident, by: Officer, now: datetime, **over: Any) -> Weather:
    """Rain and wind, of no time that matters unless told otherwise."""
    given = {"conditions": "Rain and wind", "low_celsius": 2, **supplied(now), **over}
    return known.record_weather(incident.reference, by=by, now=now, **given)
