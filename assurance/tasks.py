"""Background work of assurance. Each task may run twice without harm."""

from typing import Any

from celery import shared_task

from assurance.services.standards import refresh_standards, refresh_what_changed
from core import clock


@shared_task(soft_time_limit=60)
def evaluate_record(*, incident_id: int, **_: Any) -> None:
    """Keeps how a record stands against each standard after something happened on it."""
    refresh_standards(incident_ids=[incident_id], now=clock.now())


@shared_task(soft_time_limit=100)
def evaluate_what_time_changed(**_: Any) -> None:
    """Keeps how records stand on which something has just fallen due, or that a worker missed."""
    refresh_what_changed(now=clock.now())
