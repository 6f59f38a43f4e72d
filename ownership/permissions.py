"""Rules about chains and actions that need more than the one table."""

from datetime import datetime

from core.errors import NotPermitted
from officers.duty import is_on_duty, roles_of, sees_bcu
from officers.models import Officer
from officers.permissions import MAY, Permission, check_may
from officers.roles import Role
from ownership.models import Action, Capacity, Handover, Holding


def commands_handovers(officer: Officer, now: datetime) -> bool:
    """Whether they may offer what others hold: the duty inspector on duty, a superintendent."""
    roles = roles_of(officer, now)
    if Role.SUPERINTENDENT in roles:
        return True
    return Role.DUTY_INSPECTOR in roles and is_on_duty(officer, now)


def check_may_offer(officer: Officer, holder_id: int | None, now: datetime) -> None:
    """Raise NotPermitted unless the officer holds it, or commands handovers in the BCU."""
    if officer.pk != holder_id and not commands_handovers(officer, now):
        raise NotPermitted(
            "Only its holder, the duty inspector on duty or a superintendent can offer an incident."
        )


def check_may_answer(officer: Officer, handover: Handover, now: datetime) -> None:
    """Raise NotPermitted unless the offer was made to this very officer."""
    check_may(officer, Permission.HAND_OVER, now)
    if handover.receiver_id != officer.pk:
        raise NotPermitted(
            f"This was offered to {handover.receiver}: nobody else can accept it or send it back."
        )


def check_may_withdraw(officer: Officer, handover: Handover, now: datetime) -> None:
    """Raise NotPermitted unless the officer gave it, or commands handovers in the BCU."""
    check_may(officer, Permission.HAND_OVER, now)
    if handover.giver_id != officer.pk and not commands_handovers(officer, now):
        raise NotPermitted(
            "Only who offered it, the duty inspector on duty or a superintendent can withdraw it."
        )


def can_withdraw(officer: Officer, handover: Handover, now: datetime) -> bool:
    """Whether `check_may_withdraw` would pass; for buttons."""
    try:
        check_may_withdraw(officer, handover, now)
    except NotPermitted:
        return False
    return True


def can_receive(officer: Officer, capacity: Capacity, bcu: str, now: datetime) -> bool:
    """Whether the officer could answer for incidents of the BCU in this capacity."""
    sees_it = sees_bcu(officer, bcu, now)
    works = bool(roles_of(officer, now, bcu) & MAY[Permission.HAND_OVER])
    has_rank = capacity is not Capacity.INSPECTOR or officer.is_inspecting
    return officer.is_active and sees_it and works and has_rank


def check_may_end(officer: Officer, action: Action, now: datetime) -> None:
    """Raise NotPermitted unless the officer has to do with the action.

    They are responsible for it, set it, hold the incident, or have an inspecting role.
    """
    check_may(officer, Permission.RECORD, now)
    if officer.pk in {action.responsible_id, action.set_by_id}:
        return
    if roles_of(officer, now) & MAY[Permission.APPROVE_NOT_PURSUED]:
        return
    if Holding.objects.filter(incident=action.incident_id, officer=officer).exists():
        return
    raise NotPermitted(
        f"{action.responsible} is responsible for this action: they record its result, or who set "
        "it, or the incident's owner or an inspector."
    )


def can_end(officer: Officer, action: Action, now: datetime) -> bool:
    """Whether `check_may_end` would pass; for buttons."""
    try:
        check_may_end(officer, action, now)
    except NotPermitted:
        return False
    return True


def can_approve(officer: Officer, action: Action, now: datetime) -> bool:
    """Whether the officer may approve that the action is not pursued."""
    if action.state != Action.State.PROPOSED or action.proposed_by_id == officer.pk:
        return False
    return bool(roles_of(officer, now) & MAY[Permission.APPROVE_NOT_PURSUED])
