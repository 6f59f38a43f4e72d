"""What this app adds to the others' pages: owner and inspector, tabs, acts and menu entries."""

from datetime import datetime

from django.db.models import QuerySet

from core.registries.navigation import NavItem, register_nav
from mispers.models import Incident
from mispers.registries import (
    Act,
    Filter,
    Tab,
    register_act,
    register_filter,
    register_provider,
    register_tab,
)
from officers.models import Officer
from officers.rules.permitted import MAY, Permission
from officers.rules.roles import Role
from ownership import events
from ownership.models import Action, ActionLink, Capacity, Handover, HandoverItem
from ownership.selectors.changed import CHANGED
from ownership.selectors.custody import INSPECTOR, OWNER, narrowed_by_holder
from ownership.selectors.handovers import waiting_for
from ownership.selectors.late import LATE
from ownership.selectors.next_due import NEXT_DUE, OVERDUE
from ownership.selectors.offers import OFFERED
from ownership.selectors.unread import UNREAD
from riskassessment.words import fields as words

# What of an incident's strip this app knows.
PROVIDERS = (OWNER, INSPECTOR, NEXT_DUE, OVERDUE, LATE, OFFERED, UNREAD, CHANGED)
# Anybody may look at the board of their BCU; these work by it.
BOARD_IN_MENU = frozenset(
    {
        Role.DUTY_INSPECTOR.value,
        Role.SAFEGUARDING_DI.value,
        Role.MISSING_PERSONS_UNIT.value,
        Role.SUPERINTENDENT.value,
        Role.ASSURANCE_BOARD.value,
    }
)


def register() -> None:
    """Called once when the app is ready."""
    for provider in PROVIDERS:
        register_provider(provider)
    for capacity in Capacity:
        register_filter(capacity.value, _held_in(capacity))
    register_tab(Tab("Actions", "incident-actions", order=40))
    register_tab(Tab("Ownership", "incident-ownership", order=50))
    register_tab(Tab("Reminders", "incident-reminders", order=75))
    register_act(Act("Set an action", "action-new", 40, Permission.SET_ACTION))
    register_act(Act("Hand over", "incident-hand-over", 50, Permission.HAND_OVER))
    working = frozenset(role.value for role in MAY[Permission.HAND_OVER])
    register_nav(NavItem("My work", "my-work", order=0))
    register_nav(NavItem("Handovers", "handovers", 25, working, count=_offers_waiting))
    register_nav(NavItem("Board", "boards", 15, BOARD_IN_MENU))
    _look_for_phrases()


def _look_for_phrases() -> None:
    words.register(events.ACTION_SET, lambda said: said.action, Action, "title", "detail")
    words.register(events.ACTION_COMPLETED, lambda said: said.action, Action, "result")
    words.register_texts(
        events.ACTION_NOT_PURSUED_PROPOSED,
        lambda said: {"reason": said.reason},
        holds=[(Action, "not_pursued_reason")],
    )
    words.register_texts(
        events.ACTION_REASSIGNED,
        lambda said: {"reason": said.reason},
        holds=[(ActionLink, "reason")],
    )
    words.register_texts(events.ACTION_EXTENDED, lambda said: {"reason": said.reason})
    words.register_texts(
        events.OFFERED,
        _typed_in_offer,
        holds=[(HandoverItem, "briefing"), (HandoverItem, "worry"), (Handover, "reason")],
    )
    for kind in (events.DECLINED, events.REVIEW_ASKED):
        words.register_texts(
            kind, lambda said: {"reason": said.reason}, holds=[(HandoverItem, "reason")]
        )


def _typed_in_offer(said: events.Offered) -> dict[str, str]:
    """What somebody wrote: a briefing as drafted repeats words that were looked at before."""
    item = HandoverItem.objects.get(pk=said.item)
    return {
        "briefing": "" if item.drafted else item.briefing,
        "worry": item.worry,
        "reason": said.reason,
    }


def _held_in(capacity: Capacity) -> Filter:
    def narrow(incidents: QuerySet[Incident], value: str, now: datetime) -> QuerySet[Incident]:
        return narrowed_by_holder(incidents, capacity, value)

    return narrow


def _offers_waiting(officer: Officer, now: datetime) -> int:
    return waiting_for(officer).count()
