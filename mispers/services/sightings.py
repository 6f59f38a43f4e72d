"""Sightings: somebody says they saw the person."""

import math
from dataclasses import dataclass
from datetime import datetime

from core.checks import Complaints
from core.text import at_time, quoted, without_stop
from mispers import events
from mispers.models import Incident, Sighting
from mispers.services.gateway import check_open, incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission


@dataclass(frozen=True)
class SightingDetails:
    """Where and when a person was seen, and who says so.

    lat and lon: degrees (WGS 84), both or neither.
    """

    at: datetime
    place: str
    reported_by: str
    lat: float | None = None
    lon: float | None = None
    credibility: str = Sighting.Credibility.NOT_ASSESSED
    text: str = ""


def record_sighting(
    reference: str, given: SightingDetails, *, by: Officer, now: datetime
) -> Sighting:
    """Record that somebody says they saw the person.

    Raises Invalid, Conflict when the incident is closed.
    """
    wrong = Complaints(now)
    details = checked(given, wrong)
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        check_open(incident)
        wrong.check()
        what = f"{without_stop(details.reported_by)} reported seeing {incident.person.name}"
        return keep_sighting(incident, details, by=by, now=now, what=what)


def checked(
    given: SightingDetails, wrong: Complaints, *, when: str = "Say when they were seen."
) -> SightingDetails:
    """The sighting as it is kept; what is wrong is noted. when: how the moment is asked for."""
    wrong.one_of("credibility", given.credibility, Sighting.Credibility.values)
    _check_position(wrong, given.lat, given.lon)
    reported_by = wrong.line("reported_by", given.reported_by, required="Say who reported it.")
    return SightingDetails(
        at=wrong.past("at", given.at, required=when) or wrong.now,
        place=wrong.line("place", given.place, required="Say where.", most=300),
        reported_by=reported_by,
        lat=given.lat,
        lon=given.lon,
        credibility=given.credibility,
        text=wrong.text("text", given.text),
    )


def keep_sighting(
    incident: Incident, details: SightingDetails, *, by: Officer, now: datetime, what: str
) -> Sighting:
    """Save what was checked on the locked incident. what: who saw whom, to begin the sentence."""
    sighting = Sighting.objects.create(
        incident=incident, recorded_by=by, recorded_at=now, **vars(details)
    )
    said = f" {quoted(details.text)}" if details.text else ""
    record(
        incident,
        events.SIGHTED,
        events.Sighted(sighting=sighting.pk, place=details.place, credibility=details.credibility),
        by=by,
        now=now,
        at=details.at,
        summary=(
            f"{what} at {without_stop(details.place)} on {at_time(details.at)}. "
            f"Credibility: {sighting.get_credibility_display().lower()}.{said}"
        ),
    )
    return sighting


def _check_position(wrong: Complaints, lat: float | None, lon: float | None) -> None:
    for field, value, most in (("lat", lat, 90), ("lon", lon, 180)):
        if value is not None and not (math.isfinite(value) and -most <= value <= most):
            wrong.add(field, "out_of_range", f"Use degrees from -{most} to {most}.")
    if (lat is None) != (lon is None):
        missing = "lat" if lat is None else "lon"
        wrong.add(missing, "required", "Give both latitude and longitude, or neither.")
