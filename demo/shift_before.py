"""The shift before offers what it holds to whoever signs in as the duty inspector."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from mispers.rules.stages import OPEN_STAGES
from officers.models import Officer
from ownership.models import Capacity, Holding
from ownership.services.shifts import ShiftLine, hand_over_shift


def offer_the_shift(
    *, bcu: str, to: Officer, now: datetime, but: Collection[str] = frozenset()
) -> int:
    """Offer every open incident that another inspector of the BCU answers for; how many.

    but: references that stay where they are.
    """
    held = (
        Holding.objects.filter(
            capacity=Capacity.INSPECTOR, incident__bcu=bcu, incident__stage__in=OPEN_STAGES
        )
        .exclude(officer=to)
        .exclude(incident__reference__in=but)
        .select_related("officer", "incident")
        .order_by("incident_id")
    )
    lines: dict[Officer, list[ShiftLine]] = defaultdict(list)
    for holding in held:
        line = ShiftLine(holding.incident.reference, Capacity.INSPECTOR, to)
        lines[holding.officer].append(line)
    for giver, given in lines.items():
        hand_over_shift(by=giver, now=now, lines=given)
    return sum(len(given) for given in lines.values())
