"""The one way in to change an incident: locked, visible, current, and recorded on the trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django_fsm import can_proceed

from core import trail
from core.errors import Barred, NotVisible, StaleVersion
from core.models import Event
from mispers import events
from mispers.errors import IncidentClosed, WrongStage
from mispers.models import Incident
from mispers.rules.stages import Stage
from mispers.selectors.incidents import incidents_visible_to
from mispers.services.history import keep_version
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission

P = TypeVar("P", bound=trail.Payload)


@contextmanager
def incident_for_change(
    reference: str,
    *,
    by: Officer | None,
    now: datetime,
    permission: Permission | None = None,
    version: int | None = None,
) -> Iterator[Incident]:
    """Lock the incident for the length of a transaction and hand it out for one change.

    by is None when the clock acts: it sees everything and needs no permission. version, when
    given, must be the current one. On leaving, the version is counted up.
    Raises NotVisible, NotPermitted or StaleVersion. A Barred that the change raises undoes the
    change, but not that it was tried: that goes on the trail before the error goes on.
    """
    seen = incidents_visible_to(by) if by else Incident.objects.all()
    try:
        with transaction.atomic():
            incident = locked(seen, reference)
            if by is not None and permission is not None:
                check_may(by, permission, now, incident.bcu_id)
            if version is not None and version != incident.version:
                raise StaleVersion(
                    f"{incident.reference} has changed since you opened it. "
                    "Look at what is new, then send yours again."
                )
            yield incident
            incident.version += 1
            # Not save(): counting up is no new state of the record, so it gets no history row.
            Incident.objects.filter(pk=incident.pk).update(version=incident.version)
    except Barred as refusal:
        with transaction.atomic():
            _record_barred(locked(seen, reference), refusal, by=by, now=now)
        raise


def _record_barred(
    incident: Incident, refusal: Barred, *, by: Officer | None, now: datetime
) -> None:
    """What was tried in vain and what stood in its way: an inquest asks who tried to close it."""
    standing = " ".join(f"{barrier.code}: {barrier.message}" for barrier in refusal.barriers)
    record(
        incident,
        events.BARRED,
        events.Barred(barriers=tuple(barrier.code for barrier in refusal.barriers)),
        by=by,
        now=now,
        summary=f"{by} tried to {refusal.tried} and could not. {standing}",
    )


def locked(incidents: QuerySet[Incident], reference: str) -> Incident:
    """The incident under a row lock, or NotVisible."""
    incident = (
        incidents.select_related("person", "bcu")
        .select_for_update(of=("self",))
        .filter(reference=reference)
        .first()
    )
    if incident is None:
        raise NotVisible
    return incident


def record(
    incident: Incident,
    what: trail.Kind[P],
    data: P,
    /,
    *,
    by: Officer | None,
    now: datetime,
    summary: str,
    at: datetime | None = None,
    is_ahead: bool = False,
) -> Event:
    """Append one event to the incident's stream: of which kind, and what it says.

    The reactions are handed the incident, unless it is ahead of what is stored.
    """
    return trail.record(
        what,
        stream=incident.reference,
        bcu=incident.bcu_id,
        by=by,
        now=now,
        at=at,
        summary=summary,
        data=data,
        about=None if is_ahead else incident,
    )


def happening(
    incident: Incident, what: trail.Kind[P], data: P, /, *, summary: str
) -> trail.Happening[P]:
    """One of several events to be recorded together on the incident's stream, which has begun."""
    return trail.Happening(what, incident.reference, summary, data, about=incident)


def check_open(incident: Incident) -> None:
    """Raise Conflict when the incident is closed."""
    if not incident.is_open:
        raise IncidentClosed(
            f"{incident.reference} is closed. Reopen it, or add what you know to its log."
        )


def move(
    incident: Incident,
    transition_name: str,
    *,
    by: Officer | None,
    now: datetime,
    summary: str,
    **arguments: Any,
) -> Event:
    """Change the stage: the event first, because the database refuses the change without it.

    Barriers and permission are the caller's business; the source stage is checked here.
    """
    before = Stage(incident.stage)
    method = getattr(incident, transition_name)
    if not can_proceed(method, check_conditions=False):
        raise WrongStage(f"{incident.reference} is in “{before.label}”: that cannot be done now.")
    method(**arguments)
    after = Stage(incident.stage)
    event = record(
        incident,
        events.STAGE_CHANGED,
        events.StageChanged(from_=before.value, to=after.value, outcome=incident.outcome),
        by=by,
        now=now,
        summary=summary,
        is_ahead=True,
    )
    keep_version(incident, by=by, now=now)
    return event
