"""Reads of incidents, always within what the reader may see."""

from django.db.models import QuerySet

from core.errors import NotVisible
from mispers.models import Incident
from mispers.stages import OPEN_STAGES
from officers.visibility import Reader, bcus_seen_by


def incidents_visible_to(reader: Reader) -> QuerySet[Incident]:
    """Incidents of the BCUs the officer or client sees."""
    seen = bcus_seen_by(reader)
    incidents = Incident.objects.select_related("person", "bcu")
    return incidents if seen is None else incidents.filter(bcu__in=seen)


def open_incidents_visible_to(reader: Reader) -> QuerySet[Incident]:
    """Those for which somebody still answers."""
    return incidents_visible_to(reader).filter(stage__in=OPEN_STAGES)


def get_incident(reader: Reader, reference: str) -> Incident:
    """The incident, or NotVisible: outside the reader's BCUs it is as if it did not exist."""
    incident = incidents_visible_to(reader).filter(reference=reference).first()
    if incident is None:
        raise NotVisible
    return incident
