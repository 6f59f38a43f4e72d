"""References of earlier and linked incidents, for many incidents at once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from mispers.models import Incident, IncidentLink
from mispers.selectors.incidents import incidents_visible_to
from officers.selectors.visibility import Reader


@dataclass
class LinkedReferences:
    """References of an incident's earlier incidents, newest first, and of those linked with it."""

    previous: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)


def linked_references_of(
    incidents: Sequence[Incident], reader: Reader
) -> dict[int, LinkedReferences]:
    """{incident pk: its links}, within what the reader sees; two queries however many there are."""
    asked = {incident.pk: incident for incident in incidents}
    links = list(IncidentLink.objects.filter(Q(incident__in=asked) | Q(other__in=asked)))
    ends = {pk for link in links for pk in (link.incident_id, link.other_id)}
    others = (
        incidents_visible_to(reader)
        .filter(Q(pk__in=ends) | Q(person__in=[each.person_id for each in asked.values()]))
        .order_by("-reported_at", "-pk")
    )
    previous: dict[int, set[int]] = defaultdict(set)
    linked: dict[int, set[int]] = defaultdict(set)
    for link in links:
        if link.kind == IncidentLink.Kind.PREVIOUS:
            previous[link.incident_id].add(link.other_id)
            linked[link.other_id].add(link.incident_id)
        else:
            linked[link.incident_id].add(link.other_id)
            linked[link.other_id].add(link.incident_id)
    found: dict[int, LinkedReferences] = {pk: LinkedReferences() for pk in asked}
    for other in others:
        for pk, incident in asked.items():
            if other.pk == pk:
                continue
            if other.pk in previous[pk] or _is_earlier(other, incident):
                found[pk].previous.append(other.reference)
            elif other.pk in linked[pk]:
                found[pk].linked.append(other.reference)
    return found


def _is_earlier(other: Incident, incident: Incident) -> bool:
    return other.person_id == incident.person_id and other.reported_at <= incident.reported_at
