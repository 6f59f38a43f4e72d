"""That an officer has met somebody who is missing, in whichever BCU the record lies."""

from datetime import datetime

from django.db import transaction

from core.checks import Complaints
from mispers.models import Incident, Sighting
from mispers.services.gateway import check_open, locked
from mispers.services.sightings import SightingDetails, checked, keep_sighting
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
    wrong = Complaints(now)
    details = checked(
        SightingDetails(
            at=at,
            place=place,
            reported_by=str(by),
            credibility=Sighting.Credibility.CONFIRMED,
            text=text,
        ),
        wrong,
        when="Say when you met them.",
    )
    with transaction.atomic():
        check_may(by, Permission.RECORD, now)
        incident = locked(Incident.objects.all(), reference)
        check_open(incident)
        wrong.check()
        what = f"{by} of {by.bcu_id} met {incident.person.name}"
        sighting = keep_sighting(incident, details, by=by, now=now, what=what)
        incident.version += 1
        Incident.objects.filter(pk=incident.pk).update(version=incident.version)
    return sighting
