"""How an incident looks at the top of its pages and in lists; no queries of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from core import trail
from core.london import day_of
from core.models import Event
from mispers.models import Incident, Person
from mispers.rules.ages import age_on
from officers.rules.roles import Rank


@dataclass(frozen=True)
class Answering:
    """Who answers for an incident in one capacity, and since when (UTC)."""

    name: str
    rank: str
    since: datetime


@dataclass(frozen=True)
class IncidentHeader:
    """What stands at the top of every page of an incident."""

    name: str
    age: str
    initials: str
    reference: str
    url: str
    stage: str
    grade: str | None
    owner: Answering | None
    inspector: Answering | None
    next_due: Any
    photo_url: str = ""
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class IncidentLine:
    """An incident in a list: its header, what is overdue, and whether the reader may open it."""

    incident: Incident
    header: IncidentHeader
    overdue: Any
    opens: bool = True


@dataclass(frozen=True)
class TimelineEntry:
    """An event as a reader sees it; `late` when it was written down well after it happened."""

    event: Event
    label: str
    who: str
    late: bool
    kind: str


# Written down within this long, what happened and when it was recorded are one time to a reader.
_AT_ONCE = timedelta(minutes=5)


def timeline_entry(event: Event) -> TimelineEntry:
    """An event with its label, and its actor with the rank of that day."""
    known = trail.kinds().get(event.kind)
    rank = Rank(event.actor_rank).label if event.actor_rank in Rank.values else event.actor_rank
    who = f"{rank} {event.actor_name}".strip()
    return TimelineEntry(
        event=event,
        label=known.label if known else event.kind,
        who=f"{who} through {event.client}" if event.client else who,
        late=event.recorded_at - event.at > _AT_ONCE,
        kind="bad" if known and known.is_grave(event) else "",
    )


def incident_header(incident: Incident, facts: Mapping[str, Any], now: datetime) -> IncidentHeader:
    """The header from the incident and its facts."""
    return IncidentHeader(
        name=incident.person.name,
        age=age_in_words(incident.person, now),
        initials=incident.person.initials,
        reference=incident.reference,
        url=reverse("incident", args=[incident.reference]),
        stage=incident.stage,
        grade=facts.get("grade"),
        owner=_answering(facts.get("owner")),
        inspector=_answering(facts.get("inspector")),
        next_due=facts.get("next_due") if incident.is_open else None,
        notes=_notes(incident),
    )


def incident_line(
    incident: Incident, facts: Mapping[str, Any], now: datetime, *, opens: bool = True
) -> IncidentLine:
    """One line of a list."""
    header = incident_header(incident, facts, now)
    return IncidentLine(incident, header, facts.get("overdue"), opens)


def age_in_words(person: Person, now: datetime) -> str:
    """The age at `now` in years, `about 40` for an estimate, empty when nothing is known."""
    if person.date_of_birth is not None:
        return str(age_on(person.date_of_birth, day_of(now)))
    return f"about {person.age_estimate}" if person.age_estimate is not None else ""


def _answering(fact: Any) -> Answering | None:
    if fact is None:
        return None
    return Answering(fact.officer.get_full_name(), fact.officer.get_rank_display(), fact.since)


def _notes(incident: Incident) -> list[str]:
    if incident.is_open:
        return []
    return [f"Closed: {incident.get_outcome_display().lower()}"]
