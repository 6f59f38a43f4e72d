"""Actions: set, passed on, given more time, ended."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from core.trail import Payload, kind


@dataclass(frozen=True, kw_only=True)
class OfAction(Payload):
    """Whose the action is, and when it is due."""

    action: int
    responsible: int
    due_at: datetime


class ActionFields(TypedDict):
    """The fields of `OfAction`, for what adds to them."""

    action: int
    responsible: int
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class ActionSet(OfAction):
    """What is to be done."""

    title: str
    priority: str


@dataclass(frozen=True, kw_only=True)
class ActionReassigned(OfAction):
    """before: whose it was."""

    reason: str
    before: int


@dataclass(frozen=True, kw_only=True)
class ActionExtended(OfAction):
    """due_before: when it was due."""

    reason: str
    due_before: datetime


@dataclass(frozen=True, kw_only=True)
class ActionCompleted(OfAction):
    """What came of it."""

    result: str


@dataclass(frozen=True, kw_only=True)
class NotPursuedProposed(OfAction):
    """Why it is not to be pursued."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class NotPursued(NotPursuedProposed):
    """proposed_by: whoever asked for it."""

    proposed_by: int | None


ACTION_SET = kind("action.set", "Action set", ActionSet)
ACTION_REASSIGNED = kind("action.reassigned", "Action reassigned", ActionReassigned)
ACTION_EXTENDED = kind("action.extended", "Action's due time changed", ActionExtended)
ACTION_COMPLETED = kind("action.completed", "Action completed", ActionCompleted)
ACTION_NOT_PURSUED_PROPOSED = kind(
    "action.not_pursued_proposed", "Action proposed not to be pursued", NotPursuedProposed
)
ACTION_NOT_PURSUED = kind("action.not_pursued", "Action not pursued", NotPursued)
