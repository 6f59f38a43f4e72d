"""Sightings: somebody says they saw the person."""

import math
from datetime import datetime

from core.checks import Complaints
from core.text import at_time, quoted, without_stop
from mispers import events
from mispers.models import Sighting
from mispers.services.gateway import check_open, incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission


def record_sighting(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    at: datetime,
    place: str,
    reported_by: str,
    lat: float | None = None,
    lon: float | None = None,
    credibility: str = Sighting.Credibility.NOT_ASSESSED,
    text: str = "",
) -> Sighting:
    """Record a sighting with who reported it. lat and lon: degrees (WGS 84), both or neither.

    Raises Invalid, Conflict when the incident is closed.
    """
    fields = Complaints(now)
    place = fields.line("place", place, required="Say where.", most=300)
    reported_by = fields.line("reported_by", reported_by, required="Say who reported it.")
    text = fields.text("text", text)
    fields.one_of("credibility", credibility, Sighting.Credibility.values)
    fields.past("at", at, required="Say when they were seen.")
    _check_position(fields, lat, lon)
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        check_open(incident)
        fields.check()
        sighting = Sighting.objects.create(
            incident=incident,
            recorded_by=by,
            recorded_at=now,
            at=at,
            place=place,
            lat=lat,
            lon=lon,
            reported_by=reported_by,
            credibility=credibility,
            text=text,
        )
        said = f" {quoted(text)}" if text else ""
        record(
            incident,
            events.SIGHTED,
            events.Sighted(sighting=sighting.pk, place=place, credibility=credibility),
            by=by,
            now=now,
            at=at,
            summary=(
                f"{without_stop(reported_by)} reported seeing {incident.person.name} at "
                f"{without_stop(place)} on {at_time(at)}. "
                f"Credibility: {sighting.get_credibility_display().lower()}.{said}"
            ),
        )
    return sighting


def _check_position(fields: Complaints, lat: float | None, lon: float | None) -> None:
    for field, value, most in (("lat", lat, 90), ("lon", lon, 180)):
        if value is not None and not (math.isfinite(value) and -most <= value <= most):
            fields.add(field, "out_of_range", f"Use degrees from -{most} to {most}.")
    if (lat is None) != (lon is None):
        missing = "lat" if lat is None else "lon"
        fields.add(missing, "required", "Give both latitude and longitude, or neither.")
