"""What one officer has on their hands: incidents, actions, offers."""

from collections.abc import Sequence
from datetime import UTC, datetime

from mispers.models import Incident
from mispers.presenters.header import IncidentLine, incident_line
from mispers.registries import facts_of
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


def lines_of(incidents: Sequence[Incident], now: datetime) -> dict[int, IncidentLine]:
    """{incident pk: its line}, in a fixed number of queries."""
    facts = facts_of(incidents, now)
    return {each.pk: incident_line(each, facts[each.pk], now) for each in incidents}


def by_urgency(lines: Sequence[IncidentLine]) -> list[IncidentLine]:
    """What falls due first stands first; then by report."""
    return sorted(
        lines,
        key=lambda line: (
            line.header.next_due.at if line.header.next_due else _NEVER,
            line.incident.reported_at,
            line.incident.pk,
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
