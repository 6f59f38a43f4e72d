"""Rules about chains and actions that need more than the one table."""

from collections.abc import Collection, Sequence
from datetime import datetime

from core.errors import NotPermitted
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import MAY, Permission
from officers.rules.roles import Role
from officers.selectors.duty import is_on_duty, roles_of, sees_bcu
from ownership.models import Action, Capacity, Handover, HandoverItem, Holding
from ownership.rules.rungs import Rung
from ownership.selectors.handovers import climbed_in, handovers_visible_to, rungs_reached


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


def check_may_answer(
    officer: Officer, handover: Handover, items: Sequence[HandoverItem], now: datetime
) -> None:
    """Raise NotPermitted unless it was offered to the officer, or the ladder has reached them."""
    check_may(officer, Permission.HAND_OVER, now)
    if handover.receiver_id == officer.pk:
        return
    if stepping_in(officer, items, now) != {item.pk for item in items}:
        raise NotPermitted(
            f"This was offered to {handover.receiver}: nobody else can accept it until it has "
            "waited so long that it has climbed to them."
        )


def check_may_decline(officer: Officer, handover: Handover, now: datetime) -> None:
    """Raise NotPermitted unless the offer was made to this very officer."""
    check_may(officer, Permission.HAND_OVER, now)
    if handover.receiver_id != officer.pk:
        raise NotPermitted(f"This was offered to {handover.receiver}: only they can send it back.")


def stepping_in(officer: Officer, items: Sequence[HandoverItem], now: datetime) -> set[int]:
    """The keys of the waiting items that the officer may accept in the receiver's place.

    By the rung that an item's reminders have reached: first the duty inspector on duty, then a
    superintendent. Never whoever holds it: they have it already. Four queries for any number.
    """
    rungs = rungs_reached(items)
    if not rungs:
        return set()
    roles = roles_of(officer, now)
    rung = _own_rung(roles, is_on_duty=is_on_duty(officer, now))
    if rung is None:
        return set()
    theirs = set(
        Holding.objects.filter(
            officer=officer, incident__in=[item.incident_id for item in items]
        ).values_list("incident_id", "capacity")
    )
    able = {
        (capacity, bcu): can_receive(officer, Capacity(capacity), bcu, now)
        for capacity, bcu in {(item.capacity, item.handover.bcu_id) for item in items}
    }
    return {
        item.pk
        for item in items
        if rungs.get(item.pk, -1) >= rung
        and (item.incident_id, item.capacity) not in theirs
        and able[item.capacity, item.handover.bcu_id]
    }


def handovers_climbed_to(officer: Officer, now: datetime) -> list[Handover]:
    """Handovers of others of which the officer may accept something by now, oldest first."""
    items = list(climbed_in(officer).exclude(handover__receiver=officer))
    reached = stepping_in(officer, items, now) if items else set()
    wanted = {item.handover_id for item in items if item.pk in reached}
    if not wanted:
        return []
    return list(handovers_visible_to(officer).filter(pk__in=wanted).order_by("offered_at", "pk"))


def _own_rung(roles: Collection[Role], *, is_on_duty: bool) -> int | None:
    """The lowest rung of the ladder at which somebody of these roles stands."""
    if Role.DUTY_INSPECTOR in roles and is_on_duty:
        return Rung.INSPECTOR
    return Rung.SUPERINTENDENT if Role.SUPERINTENDENT in roles else None


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


def check_may_see_answered_for(reader: Officer, whose: Officer, now: datetime) -> None:
    """Raise NotPermitted unless it is their own, or their role may look at what others had."""
    if reader.pk != whose.pk:
        check_may(reader, Permission.SEE_ANSWERED_FOR, now)
