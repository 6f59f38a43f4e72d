"""The 48-hour boundary, passed by the clock and by nobody else."""

import logging
from datetime import datetime

from django.db import DatabaseError

from core.errors import DomainError
from core.text import at_time
from mispers.models import Incident
from mispers.rules.stages import Stage
from mispers.services.gateway import incident_for_change, move

logger = logging.getLogger(__name__)


class _NotDue(Exception):
    """Somebody was quicker, or it is not time yet: the transaction leaves nothing behind."""


def pass_boundary(reference: str, *, now: datetime) -> bool:
    """Move the incident past its 48 hours if it is due; whether this call moved it.

    Safe to repeat. Raises NotVisible when there is no such incident.
    """
    try:
        with incident_for_change(reference, by=None, now=now) as incident:
            _check_due(incident, now)
            move(
                incident,
                "pass_48h",
                by=None,
                now=now,
                summary=(
                    f"The clock passed 48 hours since the report, on "
                    f"{at_time(incident.boundary_48h_at)}; {incident.person.name} is still missing."
                ),
            )
    except _NotDue:
        return False
    return True


def pass_due_boundaries(*, now: datetime) -> int:
    """Pass every boundary that is due, each in its own transaction; how many moved.

    One that fails is logged and tried again at the next sweep; the others go on.
    """
    moved = 0
    for reference in _due(now):
        try:
            moved += pass_boundary(reference, now=now)
        except (DomainError, DatabaseError):
            logger.exception("The 48-hour boundary of %s could not be passed", reference)
    return moved


def _check_due(incident: Incident, now: datetime) -> None:
    if incident.stage != Stage.PRE_48H or now < incident.boundary_48h_at:
        raise _NotDue


def _due(now: datetime) -> list[str]:
    """References of the incidents past their boundary, longest first (by its partial index)."""
    return list(
        Incident.objects.filter(stage=Stage.PRE_48H, boundary_48h_at__lte=now)
        .order_by("boundary_48h_at")
        .values_list("reference", flat=True)
    )
