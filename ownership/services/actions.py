"""Actions: set for a named officer by a due time, reassigned, moved, and ended with a result."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from core.errors import FieldError, Invalid, NotPermitted
from core.text import at_time
from mispers.models import Incident
from mispers.services.gateway import check_open, incident_for_change, record
from mispers.services.history import keep_version
from officers.models import Officer
from officers.rules.permitted import Permission
from ownership import events
from ownership.errors import AlreadyProposed, NotProposed
from ownership.models import Action, ActionLink
from ownership.models.chain import Basis
from ownership.permissions import check_may_end
from ownership.services.changing_actions import (
    fields_of,
    for_change,
    tell_another,
    wrong_due,
    wrong_officer,
    wrong_reason,
)

State = Action.State
LONGEST_TITLE = 200


@dataclass(frozen=True, kw_only=True)
class NewAction:
    """What is to be done, by whom, and by when (UTC). priority: of Action.Priority."""

    title: str
    responsible: Officer
    due_at: datetime
    detail: str = ""
    priority: str = Action.Priority.ROUTINE

    def errors(self, incident: Incident, now: datetime) -> list[FieldError]:
        """What is wrong with it as an action on this incident, each part at its field."""
        return [
            *_wrong_title(self.title.strip()),
            *wrong_due(self.due_at, now),
            *wrong_officer(self.responsible, incident, now),
        ]


def set_action(
    *,
    reference: str,
    action: NewAction,
    by: Officer,
    now: datetime,
    version: int | None = None,
    after_closure: bool = False,
) -> Action:
    """Set an action on an open incident; its chain starts with the officer named (ACT-1).

    after_closure: from the finding of a dip sample, on a closed record too.
    Raises Invalid for a due time that is not ahead or an officer who cannot see the incident.
    """
    permission = Permission.DIP_SAMPLE if after_closure else Permission.SET_ACTION
    with incident_for_change(
        reference, by=by, now=now, permission=permission, version=version
    ) as incident:
        if not after_closure:
            check_open(incident)
        if errors := action.errors(incident, now):
            raise Invalid(errors)
        made = Action(
            incident=incident,
            title=action.title.strip(),
            detail=action.detail.strip(),
            priority=action.priority,
            due_at=action.due_at,
            responsible=action.responsible,
            set_by=by,
            set_at=now,
        )
        keep_version(made, by=by, now=now)
        to = made.responsible
        ActionLink.objects.create(action=made, officer=to, taken_at=now, basis=Basis.SET)
        record(
            incident,
            events.ACTION_SET,
            events.ActionSet(**fields_of(made), title=made.title, priority=made.priority),
            by=by,
            now=now,
            summary=f"{by} set an action for {to}, due {at_time(made.due_at)}: “{made.title}”.",
        )
        tell_another(to, made, incident, f"{by} set you an action: {made.title}", by, now)
        return made


def reassign_action(
    *,
    action_id: int,
    by: Officer,
    now: datetime,
    responsible: Officer,
    reason: str,
    version: int | None = None,
) -> Action:
    """Make somebody else responsible, with the reason; the chain keeps who was before.

    A proposal not to pursue it falls: a new officer means that it is to be done.
    """
    with for_change(action_id, by, now, Permission.SET_ACTION, version) as (
        action,
        incident,
    ):
        errors = [*wrong_reason(reason), *wrong_officer(responsible, incident, now)]
        if responsible.pk == action.responsible_id:
            message = f"{responsible} is responsible for it already."
            errors.append(FieldError("responsible", "already_responsible", message))
        if errors:
            raise Invalid(errors)
        before = action.responsible
        last = ActionLink.objects.filter(action=action).latest("taken_at").taken_at
        ActionLink.objects.create(
            action=action,
            officer=responsible,
            taken_at=max(now, last + timedelta(microseconds=1)),
            basis=Basis.REASSIGNED,
            reason=reason.strip(),
        )
        action.responsible, action.state = responsible, State.OPEN
        keep_version(action, by=by, now=now)
        record(
            incident,
            events.ACTION_REASSIGNED,
            events.ActionReassigned(**fields_of(action), reason=reason.strip(), before=before.pk),
            by=by,
            now=now,
            summary=f"{by} reassigned the action “{action.title}” from {before} to {responsible}: "
            f"{reason.strip()}",
        )
        tell_another(
            responsible, action, incident, f"{by} passed you an action: {action.title}", by, now
        )
        title = f"{responsible} has your action now: {action.title}"
        tell_another(before, action, incident, title, by, now)
        return action


def extend_action(
    *,
    action_id: int,
    by: Officer,
    now: datetime,
    due_at: datetime,
    reason: str,
    version: int | None = None,
) -> Action:
    """Give the action another due time, with the reason. A proposal not to pursue it falls."""
    with for_change(action_id, by, now, Permission.SET_ACTION, version) as (
        action,
        incident,
    ):
        errors = [*wrong_due(due_at, now), *wrong_reason(reason)]
        if due_at == action.due_at:
            errors.append(FieldError("due_at", "unchanged", "It is due then already."))
        if errors:
            raise Invalid(errors)
        before, action.due_at, action.state = action.due_at, due_at, State.OPEN
        keep_version(action, by=by, now=now)
        record(
            incident,
            events.ACTION_EXTENDED,
            events.ActionExtended(**fields_of(action), reason=reason.strip(), due_before=before),
            by=by,
            now=now,
            summary=f"{by} moved the due time of “{action.title}” from {at_time(before)} to "
            f"{at_time(due_at)}: {reason.strip()}",
        )
        title = f"{by} moved your action to {at_time(due_at)}: {action.title}"
        tell_another(action.responsible, action, incident, title, by, now)
        return action


def complete_action(
    *, action_id: int, by: Officer, now: datetime, result: str, version: int | None = None
) -> Action:
    """End the action with its result (ACT-2); on a closed incident too, where it is still owed."""
    with for_change(action_id, by, now, Permission.RECORD, version) as (action, incident):
        check_may_end(by, action, now)
        if not result.strip():
            raise Invalid.field("result", "required", "Say what was done, and what came of it.")
        action.state, action.result = State.COMPLETED, result.strip()
        action.ended_by, action.ended_at = by, now
        keep_version(action, by=by, now=now)
        record(
            incident,
            events.ACTION_COMPLETED,
            events.ActionCompleted(**fields_of(action), result=action.result),
            by=by,
            now=now,
            summary=f"{by} completed the action “{action.title}”: {action.result}",
        )
        tell_another(action.set_by, action, incident, f"{by} completed: {action.title}", by, now)
        return action


def propose_not_pursued(
    *, action_id: int, by: Officer, now: datetime, reason: str, version: int | None = None
) -> Action:
    """Propose, with the reason, that the action is not pursued; it stays due until approved."""
    with for_change(action_id, by, now, Permission.RECORD, version) as (action, incident):
        check_may_end(by, action, now)
        if action.state == State.PROPOSED:
            raise AlreadyProposed(
                f"{action.proposed_by} has proposed already that it is not pursued."
            )
        if errors := wrong_reason(reason):
            raise Invalid(errors)
        action.state, action.not_pursued_reason = State.PROPOSED, reason.strip()
        action.proposed_by = by
        keep_version(action, by=by, now=now)
        record(
            incident,
            events.ACTION_NOT_PURSUED_PROPOSED,
            events.NotPursuedProposed(**fields_of(action), reason=reason.strip()),
            by=by,
            now=now,
            summary=f"{by} proposed not to pursue the action “{action.title}”: {reason.strip()}",
        )
        return action


def approve_not_pursued(
    *, action_id: int, by: Officer, now: datetime, version: int | None = None
) -> Action:
    """An inspector other than the proposer agrees: the action ends without a result (ACT-2)."""
    permission = Permission.APPROVE_NOT_PURSUED
    with for_change(action_id, by, now, permission, version) as (action, incident):
        if action.state != State.PROPOSED:
            raise NotProposed("Nobody has proposed that it is not pursued.")
        if action.proposed_by_id == by.pk:
            raise NotPermitted("You proposed it: another inspector approves it.")
        action.state, action.ended_by, action.ended_at = State.NOT_PURSUED, by, now
        keep_version(action, by=by, now=now)
        record(
            incident,
            events.ACTION_NOT_PURSUED,
            events.NotPursued(
                **fields_of(action),
                reason=action.not_pursued_reason,
                proposed_by=action.proposed_by_id,
            ),
            by=by,
            now=now,
            summary=f"{by} approved that the action “{action.title}” is not pursued, as "
            f"{action.proposed_by} proposed: {action.not_pursued_reason}",
        )
        title = f"{by} agreed not to pursue: {action.title}"
        tell_another(action.responsible, action, incident, title, by, now)
        return action


def _wrong_title(title: str) -> list[FieldError]:
    if not title:
        return [FieldError("title", "required", "Say what is to be done.")]
    if len(title) > LONGEST_TITLE:
        return [FieldError("title", "too_long", f"Use at most {LONGEST_TITLE} characters.")]
    return []
