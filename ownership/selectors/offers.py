"""What nobody has accepted yet."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from mispers.models import Incident
from mispers.registries import Provider
from mispers.rules.strip import Offered
from ownership.models import HandoverItem


def offered(incidents: Sequence[Incident], now: datetime) -> dict[int, tuple[Offered, ...]]:
    """{incident pk: its waiting offers, the oldest first}; one query."""
    found: dict[int, list[Offered]] = defaultdict(list)
    waiting = HandoverItem.objects.filter(
        incident__in=incidents, state=HandoverItem.State.OFFERED
    ).select_related("handover__receiver")
    for item in waiting.order_by("handover__offered_at", "pk"):
        given = item.handover
        capacity, to = item.get_capacity_display(), str(given.receiver)
        found[item.incident_id].append(Offered(given.pk, capacity, to, given.offered_at))
    return {pk: tuple(offers) for pk, offers in found.items()}


OFFERED = Provider("offered", offered)
