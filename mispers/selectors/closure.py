"""Reads about being found and being closed, counted from the report that is answered now.

A reopened incident starts afresh: what located the person before is no answer to the new report.
"""

from dataclasses import dataclass
from datetime import datetime

from mispers.models import (
    ClosureRequest,
    Incident,
    Located,
    PreventionInterview,
    Reopening,
    ReturnInterview,
)


def latest_reopening(incident: Incident) -> Reopening | None:
    """The last reopening, if there was one."""
    return (
        Reopening.objects.filter(incident=incident)
        .select_related("recorded_by")
        .order_by("-recorded_at", "-pk")
        .first()
    )


@dataclass(frozen=True)
class Ending:
    """What is known of the end of an incident, read once for every barrier.

    missing_since: when the report in hand was made. logged_since: when it was logged here.
    located: the newest entry since then, which supersedes those before it.
    """

    missing_since: datetime
    logged_since: datetime
    located: Located | None
    first_located_at: datetime | None
    prevention_interview: PreventionInterview | None
    return_interview: ReturnInterview | None
    request: ClosureRequest | None

    @property
    def pending(self) -> ClosureRequest | None:
        """The closure request that waits for a decision."""
        waiting = ClosureRequest.Decision.PENDING
        return self.request if self.request and self.request.decision == waiting else None

    @property
    def is_seen(self) -> bool:
        """Whether the location that stands answers the report (END-1)."""
        return self.located is not None and self.located.counts_as_seen


def ending_of(incident: Incident) -> Ending:
    """The ending as far as it is recorded; a fixed number of queries."""
    reopening = latest_reopening(incident)
    logged_since = reopening.recorded_at if reopening else incident.recorded_at
    since = {"incident": incident, "recorded_at__gte": logged_since}
    located = list(
        Located.objects.filter(**since)
        .select_related("recorded_by", "seen_in_person_by")
        .order_by("-recorded_at", "-pk")
    )
    first_at = min((entry.at for entry in located), default=None)
    interviews = PreventionInterview.objects.filter(**since)
    if first_at is not None:
        minute = first_at.replace(second=0, microsecond=0)
        interviews = interviews.filter(attempted_at__gte=minute)
    return Ending(
        missing_since=reopening.recorded_at if reopening else incident.reported_at,
        logged_since=logged_since,
        located=located[0] if located else None,
        first_located_at=first_at,
        prevention_interview=interviews.first(),
        return_interview=ReturnInterview.objects.filter(**since).first(),
        request=latest_request(incident),
    )


def latest_request(incident: Incident) -> ClosureRequest | None:
    """The last closure request, decided or not."""
    return (
        ClosureRequest.objects.filter(incident=incident)
        .select_related("recorded_by", "decided_by", "duplicate_of")
        .order_by("-recorded_at", "-pk")
        .first()
    )
