"""Background work on incidents. Each task may run twice without harm."""

from typing import Any

from celery import shared_task

from core import clock
from mispers.services.boundary import pass_due_boundaries


@shared_task(soft_time_limit=100)
def pass_48h_boundaries(**_: Any) -> None:
    """Passes the 48-hour boundary of every incident that has reached it.

    Each is an `incident.stage_changed`.
    """
    pass_due_boundaries(now=clock.now())
