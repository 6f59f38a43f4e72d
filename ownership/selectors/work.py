"""What one officer has on their hands: incidents, actions, offers."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from mispers.models import Incident
from mispers.rules.strip import IncidentStrip
from mispers.selectors.incidents import open_incidents_visible_to
from officers.models import Officer
from ownership.models import Capacity, HandoverItem

MOST = 300
_NEVER = datetime.max.replace(tzinfo=UTC)


def held_by(officer: Officer, capacity: Capacity) -> list[Incident]:
    """Open incidents the officer holds in the capacity, oldest report first."""
    return list(
        open_incidents_visible_to(officer)
        .filter(holdings__capacity=capacity, holdings__officer=officer)
        .order_by("reported_at", "pk")[:MOST]
    )


def by_urgency(strips: Iterable[IncidentStrip]) -> list[IncidentStrip]:
    """What falls due first stands first; then by report."""
    return sorted(
        strips,
        key=lambda strip: (
            strip.next_due.at if strip.next_due else _NEVER,
            strip.reported_at,
            strip.incident_id,
        ),
    )


def on_offer(incidents: Sequence[Incident], capacity: Capacity) -> dict[int, HandoverItem]:
    """{incident pk: its waiting offer in the capacity}, in one query."""
    waiting = HandoverItem.objects.select_related("handover__receiver", "incident").filter(
        incident__in=incidents, capacity=capacity, state=HandoverItem.State.OFFERED
    )
    return {item.incident_id: item for item in waiting}


def sent_back(incidents: Sequence[Incident], capacity: Capacity) -> dict[int, HandoverItem]:
    """{incident pk: its last offer in the capacity, where that came back}, in one query."""
    last = (
        HandoverItem.objects.select_related("decided_by")
        .filter(incident__in=incidents, capacity=capacity)
        .order_by("incident_id", "-pk")
        .distinct("incident_id")
    )
    return {item.incident_id: item for item in last if item.state == HandoverItem.State.DECLINED}
