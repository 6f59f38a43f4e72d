"""Every event on an incident has its standards evaluated once its transaction has committed."""

from collections.abc import Sequence

from celery import current_app
from django.db import transaction

from assurance.services.standards import note_change, note_changes
from core import trail
from core.models import Event


@trail.on_any
def evaluate_soon(event: Event) -> None:
    """Ask the worker; the record's own page evaluates for itself and never waits for it."""
    pk = note_change(event)
    if pk is not None:
        transaction.on_commit(
            lambda: current_app.send_task(
                "assurance.tasks.evaluate_record", kwargs={"incident_id": pk}
            ),
            robust=True,
        )


@trail.instead_of(evaluate_soon)
def evaluate_by_the_minute(events: Sequence[Event]) -> None:
    """Many at once are left to the sweep: a task each would hold up what the worker does next."""
    note_changes(events)
