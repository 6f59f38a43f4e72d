"""Chains, handovers, actions, deadlines and the inbox."""

from ownership.models.action import Action, ActionLink
from ownership.models.chain import Capacity, CustodyLink, Holding
from ownership.models.deadline import Deadline
from ownership.models.delivery import Delivery
from ownership.models.handover import Handover, HandoverItem
from ownership.models.inbox import InboxItem
from ownership.models.notice_choices import NoticeChoices, PushDevice

__all__ = [
    "Action",
    "ActionLink",
    "Capacity",
    "CustodyLink",
    "Deadline",
    "Delivery",
    "Handover",
    "HandoverItem",
    "Holding",
    "InboxItem",
    "NoticeChoices",
    "PushDevice",
]
