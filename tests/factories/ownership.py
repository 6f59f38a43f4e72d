"""Handovers and actions for tests, made by the real services."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from core.models import Event
from mispers.models import Incident
from officers.models import Officer
from ownership.models import Action, Capacity, CustodyLink, Handover
from ownership.selectors.custody import holding_of
from ownership.services.actions import NewAction, set_action
from ownership.services.handovers import offer_handover


def an_offer(
    by: Officer,
    to: Officer,
    incidents: Incident | Sequence[Incident],
    now: datetime,
    capacity: Capacity = Capacity.INSPECTOR,
    **over: Any,
) -> Handover:
    """An offer of one or several incidents, with a briefing each."""
    some = [incidents] if isinstance(incidents, Incident) else incidents
    items = [{"incident": each.reference, "briefing": f"About {each.person}"} for each in some]
    given: dict[str, Any] = {"bcu": some[0].bcu_id, "items": items, **over}
    return offer_handover(by=by, now=now, capacity=capacity, to=to, **given)


def an_action(
    incident: Incident, by: Officer, now: datetime, responsible: Officer | None = None, **over: Any
) -> Action:
    """An action due in two hours, for the officer who sets it unless told otherwise."""
    given: dict[str, Any] = {
        "title": "Knock at the neighbours' doors",
        "due_at": now + timedelta(hours=2),
        **over,
    }
    action = NewAction(responsible=responsible or by, **given)
    return set_action(reference=incident.reference, action=action, by=by, now=now)


def held(incident: Incident, capacity: Capacity) -> Officer:
    """Who holds the incident now."""
    holding = holding_of(incident, capacity)
    assert holding is not None
    return holding.officer


def chain(incident: Incident, capacity: Capacity) -> list[CustodyLink]:
    """The links of a chain in order."""
    return list(
        CustodyLink.objects.select_related("officer").filter(incident=incident, capacity=capacity)
    )


def kinds_on(incident: Incident) -> list[str]:
    """The kinds of event on the incident's trail, in order."""
    events = Event.objects.filter(stream=incident.reference).order_by("seq")
    return list(events.values_list("kind", flat=True))
