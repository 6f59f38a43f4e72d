"""Every event on an incident has its standards evaluated once its transaction has committed."""

from collections.abc import Sequence

from celery import current_app

from assurance.services.standards import note_changes
from core.db.on_commit import once_on_commit
from core.models import Event
from mispers.reactions.reading import incident_if_any, incidents_of


def evaluate_soon(event: Event) -> None:
    """Marks the incident's record to be judged by the standards, and asks the worker to do it.

    Once for all that a transaction does to the record, whose own page evaluates for itself and
    never waits for it. Events of several records at once send no task each: the sweep finds the
    marks. An event on anything but an incident is left out.
    """
    incident = incident_if_any(event)
    if incident is None:
        return
    pk = incident.pk
    if once_on_commit(
        ("evaluate", pk),
        lambda: current_app.send_task(
            "assurance.tasks.evaluate_record", kwargs={"incident_id": pk}
        ),
    ):
        note_changes([incident], event.recorded_at)


def evaluate_together(events: Sequence[Event]) -> None:
    """Of one record: soon. Of many: by the sweep, since a task each would hold up the worker."""
    if len({event.stream_id for event in events}) == 1:
        evaluate_soon(events[0])
    elif events:
        note_changes(incidents_of(events).values(), events[0].recorded_at)
