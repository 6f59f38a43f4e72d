"""Keeping how every record stands: after each event, and when time alone changes it."""

from collections.abc import Iterable
from datetime import datetime

from assurance.models import StandardState
from assurance.standards.evaluate import evaluate_many
from mispers.models import Incident

BATCH = 200


def refresh_standards(*, incident_ids: Iterable[int], now: datetime) -> int:
    """Evaluate these records and keep the result; answers how many records. Harmless to repeat."""
    incidents = list(Incident.objects.filter(pk__in=list(incident_ids)))
    rows = [
        StandardState(
            incident_id=pk,
            code=verdict.code,
            state=verdict.state,
            late=verdict.late,
            since=verdict.since,
            due_at=verdict.due_at,
            proved_by_id=verdict.proved_by,
            next_change_at=verdict.next_change_at,
        )
        for pk, verdicts in evaluate_many(incidents, now).items()
        for verdict in verdicts
    ]
    StandardState.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["incident", "code"],
        update_fields=["state", "late", "since", "due_at", "proved_by", "next_change_at"],
    )
    return len(incidents)


def refresh_what_time_changed(*, now: datetime) -> int:
    """Evaluate the records on which something has fallen due; answers how many."""
    due = (
        StandardState.objects.filter(next_change_at__lte=now)
        .order_by("next_change_at")
        .values_list("incident_id", flat=True)[: BATCH * 11]
    )
    return refresh_standards(incident_ids=list(dict.fromkeys(due))[:BATCH], now=now)


def refresh_everything(*, now: datetime) -> int:
    """Evaluate every record, in batches: after the standards themselves have changed."""
    done, last = 0, 0
    while True:
        batch = list(
            Incident.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
        )
        if not batch:
            return done
        done += refresh_standards(incident_ids=batch, now=now)
        last = batch[-1]
