"""Every event on an incident has its standards evaluated once its transaction has committed."""

from collections.abc import Sequence

from celery import current_app
from django.db import transaction

from assurance.services.standards import note_change, note_changes
from core.models import Event


def evaluate_soon(event: Event) -> None:
    """Marks the incident's record to be judged by the standards, and asks the worker to do it.

    The record's own page evaluates for itself and never waits for it. Events recorded together send
    no task each: the sweep finds the marks. An event on anything but an incident is left out.
    """
    pk = note_change(event)
    if pk is not None:
        transaction.on_commit(
            lambda: current_app.send_task(
                "assurance.tasks.evaluate_record", kwargs={"incident_id": pk}
            ),
            robust=True,
        )


def evaluate_by_the_minute(events: Sequence[Event]) -> None:
    """Many at once are left to the sweep: a task each would hold up what the worker does next."""
    note_changes(events)
