"""Reads of the links that were made on an incident."""

from django.db.models import QuerySet

from mispers.models import Incident, IncidentLink
from officers.selectors.visibility import Reader, bcus_seen_by


def links_made_on(incident: Incident, reader: Reader) -> QuerySet[IncidentLink]:
    """The incident's links to others that the reader sees, newest first."""
    links = incident.links.select_related("other", "made_by").order_by("-made_at", "-pk")
    seen = bcus_seen_by(reader)
    return links if seen is None else links.filter(other__bcu__in=seen)
