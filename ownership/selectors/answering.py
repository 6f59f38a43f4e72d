"""Everybody who answered at one instant: the owner, the inspector, and each action's officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from mispers.models import Incident
from officers.models import Officer, Shift
from ownership.models import Action, ActionLink
from ownership.selectors.actions import actions_of
from ownership.selectors.custody import Period, chain_of, shifts_behind

RESPONSIBLE = "responsible"


@dataclass(frozen=True)
class ActionPeriod:
    """One stretch in which an officer was responsible for an action; it ends with the action."""

    action: Action
    officer: Officer
    taken_at: datetime
    until: datetime | None
    basis: str
    basis_label: str
    reason: str
    shift: Shift | None
    capacity: str = RESPONSIBLE
    is_fallback: bool = False
    handover: None = None


Answered = Period | ActionPeriod
AnyPeriod = TypeVar("AnyPeriod", Answered, ActionPeriod)


def everybody_at(incident: Incident, at: datetime) -> list[Answered]:
    """Owner, inspector and who was responsible for each action not ended, at `at` (UTC).

    A period holds its first instant and not its last, so that there is one of each and never two.
    """
    periods: list[Answered] = [
        *chain_of(incident),
        *_chains_of(incident.bcu_id, list(actions_of(incident))),
    ]
    return in_force_at(periods, at)


def in_force_at(periods: Sequence[AnyPeriod], at: datetime) -> list[AnyPeriod]:
    """Those of the periods that hold the moment (UTC)."""
    return [
        each for each in periods if each.taken_at <= at and (each.until is None or at < each.until)
    ]


def chain_of_action(action: Action) -> list[ActionPeriod]:
    """Who was responsible for the action, from when it was set to when it ended."""
    return _chains_of(action.incident.bcu_id, [action])


def on_duty_at(bcu: str, officers: Sequence[Officer], at: datetime) -> dict[int, Shift]:
    """{officer pk: the shift in the BCU that they were on at `at`}, in one query."""
    shifts = Shift.objects.filter(
        bcu=bcu, officer__in={each.pk for each in officers}, starts_at__lte=at, ends_at__gt=at
    )
    return {shift.officer_id: shift for shift in shifts.order_by("starts_at", "pk")}


def _chains_of(bcu: str, actions: Sequence[Action]) -> list[ActionPeriod]:
    chains = {action.pk: list(action.chain.all()) for action in actions}
    links: list[ActionLink] = [link for chain in chains.values() for link in chain]
    shifts = shifts_behind(bcu, links)
    return [
        ActionPeriod(
            action=action,
            officer=link.officer,
            taken_at=link.taken_at,
            until=following.taken_at if following else action.ended_at,
            basis=link.basis,
            basis_label=link.get_basis_display(),
            reason=link.reason,
            shift=shifts.get(link.pk),
        )
        for action in actions
        for link, following in pairwise([*chains[action.pk], None])
        if link is not None
    ]
