"""An incident as it stood at an earlier moment, and what the record held then."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import Invalid
from core.models import Event
from core.text import at_time
from mispers.models import Incident, Person
from mispers.rules.strip import IncidentStrip
from mispers.selectors.incidents import trail_of
from mispers.selectors.strips import strip_as_at


@dataclass(frozen=True)
class AsItStood:
    """The incident and person of that moment, its strip, what was recorded.

    told: the parts of the strip that can be told of an earlier moment.
    """

    incident: Incident
    at: datetime
    strip: IncidentStrip
    told: frozenset[str]
    known: list[Event]


def as_it_stood(incident: Incident, at: datetime, now: datetime) -> AsItStood:
    """The incident at `at` (UTC), with the events recorded up to then, newest first.

    Raises Invalid at `at` for the future, or for a moment before the incident was recorded.
    """
    if at > now:
        raise Invalid.field("at", "in_future", f"It is only {at_time(now)}: choose an earlier time")
    if at < incident.recorded_at:
        raise Invalid.field(
            "at",
            "before_record",
            f"{incident.reference} was first recorded at {at_time(incident.recorded_at)}: "
            "choose that time or a later one",
        )
    then: Incident = incident.history.as_of(at)
    then.person = Person.history.as_of(at).get(pk=incident.person_id)
    events = trail_of(incident).filter(recorded_at__lte=at).order_by("-seq")
    found = strip_as_at(then, at)
    return AsItStood(then, at, found.strip, found.told, list(events))
