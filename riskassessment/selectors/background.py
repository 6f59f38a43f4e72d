"""What the force already holds about a person, laid beside the decision (RISK-5)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from mispers.models import Associate, ExploitationInvestigation, Incident
from mispers.rules import markers
from mispers.selectors import protocol
from mispers.selectors.critical_times import Critical, critical_times
from mispers.selectors.incidents import all_earlier_incidents, earlier_incidents
from mispers.selectors.known import KnownNow, known_now
from officers.selectors.visibility import Reader
from riskassessment.selectors.assessments import grades_at

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Earlier:
    """An earlier incident: how it ended and what was learnt."""

    incident: Incident
    grade: str | None
    located: Any
    interview: Any


@dataclass(frozen=True)
class Marked:
    """A marker on the person; of exploitation, with the investigations behind it."""

    marker: markers.Marker
    investigations: list[ExploitationInvestigation]


@dataclass(frozen=True)
class EarlierReports:
    """How often the person was reported missing, this report included, in every BCU.

    recent: in the last `within` days. in_year: in the last 365. elsewhere: earlier incidents that
    the reader may not open.
    """

    recent: int
    within: int
    in_year: int
    elsewhere: int


@dataclass(frozen=True)
class Background:
    """Everything shown beside the grading form, the most urgent first.

    criticals: when a dose, the cold or a condition begins to matter. known: conditions, medication,
    associates (those who may be a danger first), places, clothing and weather that hold now.
    """

    age: int | None
    criticals: list[Critical]
    known: KnownNow
    exploitation: list[Marked]
    markers: list[Marked]
    unlisted_markers: list[str]
    looked_after_by: str
    placing_authority: str
    reports: EarlierReports
    earlier: list[Earlier]


def background_of(reader: Reader, incident: Incident, now: datetime) -> Background:
    """What is known of the person, and each earlier incident, in a fixed number of queries."""
    person, known = incident.person, known_now(incident)
    marked = _marked(person.markers, known)
    before = list(
        earlier_incidents(reader, incident).prefetch_related(
            "located_entries", "preventioninterview_entries"
        )
    )
    return Background(
        age=incident.age_at_report,
        criticals=critical_times(incident, known) if incident.is_open else [],
        known=replace(known, associates=sorted(known.associates, key=_danger_first)),
        exploitation=[each for each in marked if each.marker.exploitation],
        markers=[each for each in marked if not each.marker.exploitation],
        unlisted_markers=[code for code in person.markers if not markers.is_listed(code)],
        looked_after_by=person.looked_after_by,
        placing_authority=person.placing_authority,
        reports=_reports_of(incident, seen=len(before), now=now),
        earlier=_earlier(before, now),
    )


def _marked(codes: Sequence[str], known: KnownNow) -> list[Marked]:
    """The person's markers in the catalogue's order, and what an investigation alone speaks of."""
    theirs = {*codes, *(each.marker for each in known.investigations)}
    return [
        Marked(marker, [each for each in known.investigations if each.marker == marker.code])
        for marker in markers.markers()
        if marker.code in theirs
    ]


def _danger_first(associate: Associate) -> int:
    return [Associate.Danger.YES, Associate.Danger.NOT_KNOWN, Associate.Danger.NO].index(
        Associate.Danger(associate.danger)
    )


def _reports_of(incident: Incident, *, seen: int, now: datetime) -> EarlierReports:
    reported = list(all_earlier_incidents(incident).values_list("reported_at", flat=True))
    within = protocol.in_force(now).repeat_reports_days
    return EarlierReports(
        recent=1 + sum(now - at <= timedelta(days=within) for at in reported),
        within=within,
        in_year=1 + sum(now - at <= YEAR for at in reported),
        elsewhere=len(reported) - seen,
    )


def _earlier(before: Sequence[Incident], now: datetime) -> list[Earlier]:
    grades = grades_at(before, now)
    return [
        Earlier(
            incident=each,
            grade=grades.get(each.pk),
            located=next(iter(each.located_entries.all()), None),
            interview=next(iter(each.preventioninterview_entries.all()), None),
        )
        for each in before
    ]
