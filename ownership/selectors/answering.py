"""Everybody who answered at one instant: the owner, the inspector, and each action's officer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from mispers.models import Incident
from officers.models import Officer
from ownership.models import Action
from ownership.selectors.actions import actions_of
from ownership.selectors.custody import Period, chain_of

RESPONSIBLE = "responsible"


@dataclass(frozen=True)
class ActionPeriod:
    """One stretch in which an officer was responsible for an action; it ends with the action."""

    action: Action
    officer: Officer
    taken_at: datetime
    until: datetime | None
    basis: str
    capacity: str = RESPONSIBLE
    is_fallback: bool = False
    handover: None = None


def everybody_at(incident: Incident, at: datetime) -> Sequence[Period | ActionPeriod]:
    """Owner, inspector and who was responsible for each action not ended, at `at` (UTC).

    A period holds its first instant and not its last, so that there is one of each and never two.
    """
    periods: list[Period | ActionPeriod] = [
        *chain_of(incident),
        *_periods_of_actions(incident),
    ]
    return [
        each for each in periods if each.taken_at <= at and (each.until is None or at < each.until)
    ]


def _periods_of_actions(incident: Incident) -> list[ActionPeriod]:
    found = []
    for action in actions_of(incident):
        for link, following in pairwise([*action.chain.all(), None]):
            if link is None:
                continue
            until = following.taken_at if following else action.ended_at
            found.append(ActionPeriod(action, link.officer, link.taken_at, until, link.basis))
    return found
