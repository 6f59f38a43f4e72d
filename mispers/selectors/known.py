"""Reads of what is known about a person, from all their incidents, with who supplied it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from core.errors import NotVisible
from mispers.models import (
    Associate,
    Clothing,
    ExploitationInvestigation,
    HealthCondition,
    Incident,
    IncidentLink,
    Known,
    KnownPlace,
    Medication,
    Weather,
)

K = TypeVar("K", bound=Known)

# What belongs to one absence and not to the person.
OF_ONE_INCIDENT: tuple[type[Known], ...] = (Clothing, Weather)
NEWEST_FIRST = ("-recorded_at", "-pk")


@dataclass(frozen=True)
class KnownNow:
    """What holds now about the person of an incident, the newest of each kind first."""

    conditions: list[HealthCondition]
    medication: list[Medication]
    investigations: list[ExploitationInvestigation]
    associates: list[Associate]
    places: list[KnownPlace]
    clothing: list[Clothing]
    weather: list[Weather]


def known_entries(model: type[K], incident: Incident) -> QuerySet[K]:
    """Every entry of one kind, also what was corrected since, newest first.

    Of the person, whichever of their incidents it came in on, as their markers are; and of the
    earlier incidents that were linked with this one. Weather and clothing are of this one alone.
    """
    of = Q(incident=incident)
    if model not in OF_ONE_INCIDENT:
        linked = IncidentLink.objects.filter(incident=incident, kind=IncidentLink.Kind.PREVIOUS)
        of |= Q(incident__person=incident.person_id) | Q(incident__in=linked.values("other"))
    return (
        model._default_manager.filter(of)
        .select_related("recorded_by", "correction", *_OFFICERS.get(model, ()))
        .order_by(*NEWEST_FIRST)
    )


def standing(model: type[K], incident: Incident) -> QuerySet[K]:
    """The entries that hold: not corrected since, and not said to be so no longer."""
    return known_entries(model, incident).filter(correction__isnull=True, counts=True)


def known_now(incident: Incident) -> KnownNow:
    """Everything that holds about the incident's person; a query for each kind."""
    return KnownNow(
        conditions=list(standing(HealthCondition, incident)),
        medication=list(standing(Medication, incident)),
        investigations=list(standing(ExploitationInvestigation, incident)),
        associates=list(standing(Associate, incident)),
        places=list(standing(KnownPlace, incident)),
        clothing=list(standing(Clothing, incident)),
        weather=list(standing(Weather, incident)),
    )


def get_known(model: type[K], incident: Incident, pk: int) -> K:
    """One entry about the incident's person, or NotVisible."""
    entry = known_entries(model, incident).filter(pk=pk).first()
    if entry is None:
        raise NotVisible
    return entry


_OFFICERS: dict[type[Known], Iterable[str]] = {ExploitationInvestigation: ("officer",)}
