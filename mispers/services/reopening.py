"""Reopening a closed incident, with a reason and a 48-hour clock of its own."""

from datetime import datetime

from core.checks import Complaints
from core.text import at_time, quoted
from mispers import events
from mispers.errors import AlreadyReopened, NotClosed
from mispers.models import Incident, Reopening
from mispers.selectors import protocol
from mispers.selectors.closure import latest_reopening
from mispers.services.gateway import incident_for_change, move, record
from officers.models import Officer
from officers.rules.permitted import Permission


def reopen_incident(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    reason: str,
    reported_at: datetime | None = None,
    version: int | None = None,
) -> Reopening:
    """Reopen; the 48 hours run from the new report.

    reported_at: when the new report was made, if not now. What located the person before does not
    answer it. Raises Invalid, Conflict when it is open, naming who reopened it and when.
    """
    wrong = Complaints(now)
    reason = wrong.text("reason", reason, required="Say why this is reopened.")
    with incident_for_change(
        reference, by=by, now=now, permission=Permission.REOPEN, version=version
    ) as incident:
        _check_closed(incident)
        reported = _reported(wrong, reported_at, incident)
        wrong.check()
        reopening = Reopening.objects.create(
            incident=incident, recorded_by=by, recorded_at=now, reason=reason
        )
        incident.boundary_48h_at = reported + protocol.in_force(now).allow("boundary")
        stage = incident.stage_by_clock(now)
        record(
            incident,
            events.REOPENED,
            events.Reopened(reopening=reopening.pk, boundary_48h_at=incident.boundary_48h_at),
            by=by,
            now=now,
            at=reported,
            summary=_reopened_in_words(reopening, incident, reported),
        )
        move(
            incident,
            f"reopen_to_{stage.value}",
            by=by,
            now=now,
            summary=f"The incident is open again, in “{stage.label}”: {by} reopened it.",
        )
    return reopening


def _reported(wrong: Complaints, given: datetime | None, incident: Incident) -> datetime:
    too_early = "This is before the incident was closed."
    reported = wrong.past("reported_at", given, not_before=incident.closed_at, too_early=too_early)
    return reported or wrong.now


def _reopened_in_words(reopening: Reopening, incident: Incident, reported: datetime) -> str:
    return (
        f"{reopening.recorded_by} reopened the incident, because: {quoted(reopening.reason)} "
        f"The new report was made on {at_time(reported)}; the 48 hours end on "
        f"{at_time(incident.boundary_48h_at)}."
    )


def _check_closed(incident: Incident) -> None:
    if not incident.is_open:
        return
    reopening = latest_reopening(incident)
    if reopening is None:
        raise NotClosed(f"{incident.reference} is not closed.")
    raise AlreadyReopened(
        f"{reopening.recorded_by} reopened {incident.reference} on "
        f"{at_time(reopening.recorded_at)}."
    )
