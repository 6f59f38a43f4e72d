"""The strips of many incidents at once: a fixed number of queries, for the parts that are asked."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from core.london import day_of
from mispers import registries
from mispers.models import Incident, Person
from mispers.registries import Provider
from mispers.rules.ages import age_in_words
from mispers.rules.strip import PARTS, IncidentStrip

# What every strip reads of the incident itself, for a query that leaves the rest out.
COLUMNS = ("reference", "bcu", "stage", "outcome", "reported_at", "closed_at")


@dataclass(frozen=True)
class Then:
    """An incident's strip as it stood at a moment, and the parts that could be told."""

    strip: IncidentStrip
    told: frozenset[str]


def strips_of(
    incidents: Sequence[Incident], now: datetime, parts: Collection[str] = PARTS
) -> dict[int, IncidentStrip]:
    """{incident pk: its strip}, with these parts; each part costs its provider's queries alone."""
    loaded = registries.providers().load(incidents, now, parts)
    return {each.pk: _strip(each, loaded) for each in incidents}


def strip_as_at(incident: Incident, at: datetime) -> Then:
    """The strip of an incident that is itself as it stood at `at` (UTC)."""
    loaded = registries.providers().load_as_at([incident], at)
    return Then(_strip(incident, loaded), frozenset(loaded))


def _strip(incident: Incident, loaded: Mapping[str, Mapping[int, Any]]) -> IncidentStrip:
    parts = {part: values[incident.pk] for part, values in loaded.items() if incident.pk in values}
    return IncidentStrip(
        incident_id=incident.pk,
        reference=incident.reference,
        url=reverse("incident", args=[incident.reference]),
        bcu=incident.bcu_id,
        stage=incident.stage,
        outcome=incident.outcome,
        reported_at=incident.reported_at,
        closed_at=incident.closed_at,
        **parts,
    )


def _age(person: Person, at: datetime) -> str:
    return age_in_words(born=person.date_of_birth, estimate=person.age_estimate, day=day_of(at))


def _flags(incident: Incident) -> tuple[str, ...]:
    if incident.is_open:
        return ()
    return (f"Closed: {incident.get_outcome_display().lower()}",)


def _of_the_record(part: str, value: Callable[[Incident, datetime], Any]) -> Provider:
    """A part that stands on the incident and its person, which the record of then says as well."""

    def load(incidents: Sequence[Incident], at: datetime) -> dict[int, Any]:
        return {each.pk: value(each, at) for each in incidents}

    return Provider(part, load, as_at=load)


PROVIDERS = (
    _of_the_record("name", lambda incident, _: incident.person.name),
    _of_the_record("initials", lambda incident, _: incident.person.initials),
    _of_the_record("age", lambda incident, at: _age(incident.person, at)),
    _of_the_record("flags", lambda incident, _: _flags(incident)),
)
