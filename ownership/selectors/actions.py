"""Reads of actions."""

from django.db.models import QuerySet

from core.errors import NotVisible
from mispers.models import Incident
from officers.models import Officer
from officers.selectors.visibility import Reader, bcus_seen_by
from ownership.models import Action
from ownership.selectors.duty import with_duty_when_due

RUNNING = (Action.State.OPEN, Action.State.PROPOSED)


def actions_visible_to(reader: Reader) -> QuerySet[Action]:
    """Actions on incidents of the BCUs the reader sees, earliest due first."""
    seen = bcus_seen_by(reader)
    found = Action.objects.select_related(
        "incident__person", "responsible", "set_by", "proposed_by", "ended_by"
    ).order_by("due_at", "pk")
    return with_duty_when_due(found if seen is None else found.filter(incident__bcu__in=seen))


def action_for(reader: Reader, action_id: int) -> Action:
    """The action, or NotVisible."""
    action = actions_visible_to(reader).filter(pk=action_id).first()
    if action is None:
        raise NotVisible
    return action


def action_on(reader: Reader, incident: Incident, action_id: int) -> Action:
    """The action, or NotVisible where it belongs to another incident."""
    action = action_for(reader, action_id)
    if action.incident_id != incident.pk:
        raise NotVisible
    return action


def actions_of(incident: Incident) -> QuerySet[Action]:
    """The incident's actions, earliest due first, with their chains."""
    return (
        with_duty_when_due(
            Action.objects.select_related(
                "incident", "responsible", "set_by", "proposed_by", "ended_by"
            )
        )
        .prefetch_related("chain__officer")
        .filter(incident=incident)
        .order_by("due_at", "pk")
    )


def running_actions_of(incident: Incident) -> QuerySet[Action]:
    """Those not yet ended."""
    return (
        Action.objects.select_related("responsible")
        .filter(incident=incident, state__in=RUNNING)
        .order_by("due_at", "pk")
    )


def running_actions_for(officer: Officer) -> QuerySet[Action]:
    """What this officer has to do, earliest due first."""
    return actions_visible_to(officer).filter(responsible=officer, state__in=RUNNING)
