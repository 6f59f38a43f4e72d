"""What the force already holds about a person, laid beside the decision (RISK-5)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core.forms.reading import LONDON
from mispers import markers, protocol
from mispers.models import Incident
from mispers.selectors import earlier_incidents
from officers.visibility import Reader
from riskassessment.selectors import grades_at
from riskassessment.usually import age_of


@dataclass(frozen=True)
class Earlier:
    """An earlier incident: how it ended and what was learnt."""

    incident: Incident
    grade: str | None
    located: Any
    interview: Any


@dataclass(frozen=True)
class Known:
    """Everything shown beside the grading form. recent: reports in the last `within` days."""

    age: int | None
    markers: list[markers.Marker]
    unlisted_markers: list[str]
    looked_after_by: str
    earlier: list[Earlier]
    recent: int
    within: int


def known_of(reader: Reader, incident: Incident, now: datetime) -> Known:
    """The person's age and markers, and each earlier incident, in a fixed number of queries."""
    person = incident.person
    before = list(
        earlier_incidents(reader, incident).prefetch_related(
            "located_entries", "preventioninterview_entries"
        )
    )
    grades = grades_at(before, now)
    within = protocol.in_force(now).repeat_reports_days
    listed = {marker.code: marker for marker in markers.markers()}
    return Known(
        age=age_of(person, incident.reported_at.astimezone(LONDON).date()),
        markers=[listed[code] for code in person.markers if code in listed],
        unlisted_markers=[code for code in person.markers if code not in listed],
        looked_after_by=person.looked_after_by,
        earlier=[
            Earlier(
                incident=each,
                grade=grades.get(each.pk),
                located=next(iter(each.located_entries.all()), None),
                interview=next(iter(each.preventioninterview_entries.all()), None),
            )
            for each in before
        ],
        recent=1 + sum(now - each.reported_at <= timedelta(days=within) for each in before),
        within=within,
    )
