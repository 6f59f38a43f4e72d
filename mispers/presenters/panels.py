"""The parts of an incident's overview that intake gives."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mispers.models import Incident
from mispers.rules import markers
from mispers.selectors.critical_times import critical_times
from mispers.selectors.earlier import what_earlier_reports_relied_on
from mispers.selectors.known import KnownNow, known_now
from officers.models import Officer
from officers.permissions import may
from officers.rules.permitted import Permission


def relied_on_panel(incident: Incident, officer: Officer, now: datetime) -> Mapping[str, Any]:
    """What was said of the same person in earlier reports; nothing once it is closed."""
    if not incident.is_open:
        return {"relied_on": []}
    return {"relied_on": what_earlier_reports_relied_on(incident, officer)}


def known_panel(incident: Incident, officer: Officer, now: datetime) -> Mapping[str, Any]:
    """What begins to matter when, the health conditions, and what a marker leaves unsaid."""
    if not incident.is_open:
        return {}
    known = known_now(incident)
    return {
        "criticals": critical_times(incident, known),
        "conditions": known.conditions,
        "to_record": list(_to_record(incident, known)),
        "may_record": may(officer, Permission.RECORD, now),
    }


@dataclass(frozen=True)
class ToRecord:
    """What is to be recorded because a marker alone says too little. url_name takes `reference`."""

    marker: markers.Marker
    label: str
    url_name: str


def _to_record(incident: Incident, known: KnownNow) -> Iterator[ToRecord]:
    referenced = {each.marker for each in known.investigations}
    for marker in markers.markers():
        if marker.code not in incident.person.markers:
            continue
        if marker.exploitation and marker.code not in referenced:
            yield ToRecord(marker, "Reference the investigation", "record-known-exploitation")
        if marker.record_as == "condition" and not known.conditions:
            yield ToRecord(marker, "Record the condition", "record-known-conditions")
        if marker.record_as == "medication" and not known.medication:
            yield ToRecord(marker, "Record the medication", "record-known-medication")
