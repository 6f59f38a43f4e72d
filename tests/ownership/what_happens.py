"""Things that happen to a record after its grade: some matter to the risk, others do not."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from mispers.models import Incident
from mispers.services.corrections import correct_incident
from mispers.services.links import link_incident
from mispers.services.log import add_log_entry
from mispers.services.sightings import SightingDetails, record_sighting
from mispers.services.strategy import conclude_hypothesis, state_hypothesis
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.known import a_condition, a_medication, an_investigation, the_weather

HOUR = timedelta(hours=1)
Act = Callable[[Incident, Unit, datetime], object]


def sighted(incident: Incident, unit: Unit, at: datetime) -> None:
    record_sighting(
        incident.reference,
        SightingDetails(at=at, place="Lark Lane.", reported_by="Idris"),
        by=unit.frontline,
        now=at,
    )


def a_doctor_rings(incident: Incident, unit: Unit, at: datetime) -> None:
    add_log_entry(
        incident.reference,
        by=unit.frontline,
        now=at,
        text="She needs her inhaler by the evening.",
        source="Dr Quill, her GP",
        source_kind="professional",
    )


def linked(incident: Incident, unit: Unit, at: datetime) -> None:
    link_incident(
        log_incident(unit.frontline, at).reference,
        other=incident.reference,
        by=unit.frontline,
        now=at,
        kind="duplicate",
    )


def linked_with_another(incident: Incident, unit: Unit, at: datetime) -> None:
    other = log_incident(unit.frontline, at)
    link_incident(
        incident.reference, other=other.reference, by=unit.frontline, now=at, kind="linked"
    )


def marked(incident: Incident, unit: Unit, at: datetime) -> None:
    correct_incident(
        incident.reference,
        by=unit.frontline,
        now=at,
        changes={"person": {"markers": ["dementia"]}},
    )


def a_condition_is_told(incident: Incident, unit: Unit, at: datetime) -> None:
    a_condition(incident, unit.frontline, at)


def a_dose_matters(incident: Incident, unit: Unit, at: datetime) -> None:
    when = matters_from(at + 9 * HOUR)
    a_medication(incident, unit.frontline, at, what_for="diabetes", **when)


def the_cold_matters(incident: Incident, unit: Unit, at: datetime) -> None:
    the_weather(incident, unit.frontline, at, **matters_from(at + 5 * HOUR))


def an_investigation_is_known(incident: Incident, unit: Unit, at: datetime) -> None:
    an_investigation(incident, unit.frontline, at)


def matters_from(at: datetime) -> dict[str, Any]:
    return {"critical_at": at, "critical_because": "Her mother said so."}


def concluded(status: str) -> Act:
    def conclude(incident: Incident, unit: Unit, at: datetime) -> None:
        stated = state_hypothesis(
            incident.reference,
            by=unit.frontline,
            now=at,
            statement="At her sister's.",
            would_confirm="The sister says so.",
            would_refute="She is not there.",
        )
        conclude_hypothesis(
            incident.reference,
            hypothesis=stated.pk,
            by=unit.frontline,
            now=at,
            status=status,
            evidence="PC Quill went there.",
            supplier="The sister",
        )

    return conclude


def logged_by(source_kind: str) -> Act:
    return lambda incident, unit, at: add_log_entry(
        incident.reference,
        by=unit.frontline,
        now=at,
        text="She likes trains.",
        source_kind=source_kind,
    )


def nothing_that_matters(incident: Incident, unit: Unit, at: datetime) -> None:
    """Weather and a medicine, neither with a time; a place, an associate and clothing likewise."""
    the_weather(incident, unit.frontline, at)
    a_medication(incident, unit.frontline, at)
