"""What every app reads that reacts to an incident's event: read once for each event.

The service that records hands on the incident that it has locked. It is read from the database
where the service's own row is ahead of it: a change of stage is recorded before it is saved.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from core.models import Event
from mispers.models import Incident
from mispers.selectors.protocol import Figures, in_force

Read = TypeVar("Read")


def incident_of(event: Event) -> Incident:
    """The incident whose stream the event is on, with its person and BCU."""
    incident = incident_if_any(event)
    if incident is None:
        raise Incident.DoesNotExist(event.stream_id)
    return incident


def incident_if_any(event: Event) -> Incident | None:
    """The same, or None for an event of a rota or of anything else."""
    if isinstance(event.about, Incident):
        return event.about
    known = Incident.objects.select_related("bcu", "person").filter(reference=event.stream_id)
    return _once(event, "_incident", known.first)


def incidents_of(events: Sequence[Event]) -> dict[str, Incident]:
    """{stream: its incident} of these events, but for those of no incident; one query at most."""
    found = {each.stream_id: each.about for each in events if isinstance(each.about, Incident)}
    asked = {each.stream_id for each in events} - found.keys()
    if asked:
        found |= {each.reference: each for each in Incident.objects.filter(reference__in=asked)}
    return found


def figures_of(event: Event) -> Figures:
    """The protocol's figures in force when the event was recorded."""
    return _once(event, "_figures", lambda: in_force(event.recorded_at))


def _once(event: Event, name: str, read: Callable[[], Read]) -> Read:
    kept = event.__dict__
    if name not in kept:
        kept[name] = read()
    found: Read = kept[name]
    return found
