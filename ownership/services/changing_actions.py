"""What changes of an action share: the lock, its events' fields, whom to tell, what is wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.urls import reverse

from core.errors import FieldError, StaleVersion
from core.text import at_time
from mispers.models import Incident
from mispers.services.gateway import incident_for_change
from officers.models import Officer
from officers.rules.permitted import Permission
from officers.selectors.duty import sees_bcu
from ownership.errors import AlreadyEnded
from ownership.events import ActionFields
from ownership.models import Action
from ownership.selectors.actions import action_for
from ownership.services.telling import tell


@contextmanager
def for_change(
    action_id: int, by: Officer, now: datetime, permission: Permission, version: int | None
) -> Iterator[tuple[Action, Incident]]:
    """The action as it is under its incident's lock, not ended, in the version expected."""
    reference = action_for(by, action_id).incident.reference
    with incident_for_change(reference, by=by, now=now, permission=permission) as incident:
        action = action_for(by, action_id)
        if action.ended_at is not None:
            raise AlreadyEnded(
                f"{action.ended_by} ended this action, {at_time(action.ended_at)}: "
                f"{action.get_state_display().lower()}."
            )
        if version is not None and version != action.version:
            raise StaleVersion(
                "This action has changed since you opened it. Look at what is new, then send "
                "yours again."
            )
        action.version += 1
        # Who is responsible, or when, may be about to change.
        del action.on_duty_when_due  # type: ignore[attr-defined]  # annotated by the selector
        yield action, incident


def fields_of(action: Action) -> ActionFields:
    """The fields that every event of an action carries."""
    return {
        "action": action.pk,
        "responsible": action.responsible_id,
        "due_at": action.due_at,
    }


def tell_another(
    officer: Officer, action: Action, incident: Incident, title: str, by: Officer, now: datetime
) -> None:
    """Tell whoever did not do it themselves."""
    if officer.pk == by.pk:
        return
    link = reverse("action", args=[incident.reference, action.pk])
    tell(officer, incident=incident, title=title, link=link, now=now)


def wrong_due(due_at: datetime, now: datetime) -> list[FieldError]:
    """What is wrong with a due time."""
    if due_at <= now:
        return [FieldError("due_at", "not_ahead", "The due time must be in the future.")]
    return []


def wrong_reason(reason: str) -> list[FieldError]:
    """What is wrong with a reason."""
    return [] if reason.strip() else [FieldError("reason", "required", "Give the reason.")]


def wrong_officer(officer: Officer, incident: Incident, now: datetime) -> list[FieldError]:
    """What is wrong with who is to be responsible."""
    if officer.is_active and sees_bcu(officer, incident.bcu_id, now):
        return []
    message = f"{officer} cannot see incidents of {incident.bcu_id}."
    return [FieldError("responsible", "cannot_see_incident", message)]
