"""That an officer has met somebody who is missing, in whichever BCU the record lies."""

from datetime import datetime

from django.db import transaction

from core.checks import Complaints
from core.text import at_time, quoted, without_stop
from mispers import events
from mispers.models import Incident, Sighting
from mispers.services.gateway import check_open, locked, record
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission


def record_meeting(
    reference: str, *, by: Officer, now: datetime, at: datetime, place: str, text: str = ""
) -> Sighting:
    """Record on an open incident that this officer met the person: a confirmed sighting.

    Any officer who may add to a record may do this for any BCU: whoever meets a missing person
    must be able to say so at once. It says nothing of END-1, which the located entry records.
    Raises NotPermitted, NotVisible, Invalid, Conflict when the incident is closed.
    """
    fields = Complaints(now)
    place = fields.line("place", place, required="Say where.", most=300)
    text = fields.text("text", text)
    fields.past("at", at, required="Say when you met them.")
    with transaction.atomic():
        check_may(by, Permission.RECORD, now)
        incident = locked(Incident.objects.all(), reference)
        check_open(incident)
        fields.check()
        sighting = Sighting.objects.create(
            incident=incident,
            recorded_by=by,
            recorded_at=now,
            at=at,
            place=place,
            reported_by=str(by),
            credibility=Sighting.Credibility.CONFIRMED,
            text=text,
        )
        said = f" {quoted(text)}" if text else ""
        record(
            incident,
            events.SIGHTED,
            events.Sighted(sighting=sighting.pk, credibility=sighting.credibility),
            by=by,
            now=now,
            at=at,
            summary=(
                f"{by} of {by.bcu_id} met {incident.person.name} at {without_stop(place)} "
                f"on {at_time(at)}.{said}"
            ),
        )
        incident.version += 1
        Incident.objects.filter(pk=incident.pk).update(version=incident.version)
    return sighting
