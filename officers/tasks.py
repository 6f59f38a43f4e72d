"""Background work of this room. Each task may run twice without harm."""

from typing import Any

from celery import shared_task

from core import clock
from officers.services.rota_gaps import note_gaps


@shared_task(soft_time_limit=100)
def note_rota_gaps(**_: Any) -> None:
    """Notes the new gaps ahead in every rota, those of a BCU in one `rota.gaps_found`."""
    note_gaps(now=clock.now())
