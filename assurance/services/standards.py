"""Keeping how every record stands: after each event, and when time alone changes it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from assurance.models import StandardState, Unevaluated
from assurance.standards.evaluate import evaluate_many
from mispers.models import Incident

BATCH = 200
# A sweep of so many batches stays well within its minute; the rest waits for the next one.
MOST_BATCHES = 20


def note_changes(incidents: Iterable[Incident], now: datetime) -> None:
    """Write down that these records wait to be evaluated, in the transaction of what changed."""
    pks = sorted({incident.pk for incident in incidents})
    Unevaluated.objects.bulk_create(
        [Unevaluated(incident_id=pk, since=now) for pk in pks], ignore_conflicts=True
    )


@transaction.atomic
def refresh_standards(*, incident_ids: Iterable[int], now: datetime) -> int:
    """Evaluate these records and keep the result; answers how many records. Harmless to repeat.

    The incidents are locked, so that an evaluation of what was never overwrites one of what is.
    """
    incidents = list(
        Incident.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=list(incident_ids))
        .order_by("pk")
    )
    # Before reading: whatever happens after this leaves a mark of its own.
    Unevaluated.objects.filter(incident__in=incidents).delete()
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


def refresh_what_changed(*, now: datetime) -> int:
    """Evaluate the records on which something fell due, and those waiting; answers how many."""
    done = 0
    for _ in range(MOST_BATCHES):
        due = StandardState.objects.filter(next_change_at__lte=now).values("incident_id")
        waiting = Unevaluated.objects.values("incident_id")
        batch = sorted({row["incident_id"] for row in due.union(waiting)[:BATCH]})
        done += refresh_standards(incident_ids=batch, now=now)
        if len(batch) < BATCH:
            break
    return done


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
