"""Everything that ownership registers elsewhere: events, reactions, barriers, pages, words."""

from datetime import datetime

from django.db.models import QuerySet

from core import trail
from core.registries.navigation import NavItem, register_nav
from core.trail import Reaction
from mispers import events as incident_events
from mispers.models import Incident
from mispers.registries import (
    Act,
    Filter,
    Tab,
    register_acts,
    register_annotation,
    register_barriers,
    register_filter,
    register_provider,
    register_tabs,
)
from officers import events as officer_events
from officers.rules.permitted import MAY, Permission
from officers.rules.roles import Role
from ownership import events
from ownership.barriers import barriers
from ownership.models import Action, ActionLink, Capacity, Handover, HandoverItem
from ownership.reactions import (
    actions,
    chains,
    endings,
    exploitation,
    first_steps,
    handing_over,
    risk,
    rota,
)
from ownership.selectors.changed import CHANGED
from ownership.selectors.custody import INSPECTOR, OWNER, narrowed_by_holder
from ownership.selectors.handovers import waiting_for
from ownership.selectors.inbox import unread_count
from ownership.selectors.late import LATE
from ownership.selectors.next_due import NEXT_DUE, OVERDUE, only_overdue, with_due_columns
from ownership.selectors.offers import OFFERED
from ownership.selectors.texts import offer_texts
from ownership.selectors.unread import UNREAD
from riskassessment import events as risk_events
from riskassessment.language.fields import asked_for, in_row, look_for_phrases
from riskassessment.selectors import review_clock

KINDS = trail.kinds_in(events)

_ON_OFFER = (events.OFFERED, events.WITHDRAWN)
_POST = ("ownership.tasks.send_post",)

# Event by event, in the order in which they run: chains before deadlines, since what falls due
# falls due from somebody.
REACTIONS = (
    Reaction(officer_events.GAPS_FOUND, rota.tell_superintendents),
    Reaction(
        incident_events.REPORTED,
        chains.start_when_reported,
        records=(events.TAKEN,),
        sends=_POST,
    ),
    Reaction(incident_events.REPORTED, first_steps.on_reported),
    Reaction(incident_events.CORRECTED, exploitation.on_correction),
    Reaction(
        incident_events.STAGE_CHANGED,
        chains.follow_the_stage,
        records=(events.TAKEN, *_ON_OFFER),
        sends=_POST,
    ),
    Reaction(incident_events.STAGE_CHANGED, endings.on_stage_changed),
    Reaction(incident_events.REOPENED, endings.on_reopened),
    Reaction(incident_events.STRATEGY_WRITTEN, first_steps.on_strategy),
    Reaction(incident_events.SEARCHED, first_steps.on_searched),
    Reaction(incident_events.LOGGED_ON_CLOSED, chains.tell_of_new_information, sends=_POST),
    Reaction(incident_events.LOGGED_ON_CLOSED, endings.on_logged_on_closed),
    Reaction(incident_events.NEW_INFORMATION_DECIDED, endings.on_new_information_decided),
    Reaction(incident_events.NOTIFIED, first_steps.on_notified),
    Reaction(incident_events.EXPLOITATION_RECORDED, exploitation.on_investigation),
    Reaction(incident_events.LOCATED, endings.on_located),
    Reaction(incident_events.PREVENTION_INTERVIEW, endings.on_prevention_interview),
    # After what else is done with these kinds, where anything is.
    *(Reaction(kind, risk.on_something_significant) for kind in review_clock.KINDS),
    Reaction(risk_events.ASSESSED, chains.offer_by_grade, records=_ON_OFFER, sends=_POST),
    Reaction(risk_events.ASSESSED, risk.on_assessed),
    Reaction(risk_events.ENDORSED, risk.on_endorsed),
    Reaction(risk_events.RETURNED, risk.on_returned),
    Reaction(events.OFFERED, handing_over.on_offered),
    Reaction(events.ACCEPTED, handing_over.on_accepted),
    Reaction(events.DECLINED, handing_over.on_offer_ended),
    Reaction(events.WITHDRAWN, handing_over.on_offer_ended),
    Reaction(events.REVIEW_ASKED, risk.on_review_asked),
    Reaction(events.SHIFT_ENDED, handing_over.on_shift_ended),
    Reaction(events.LEFT_WAITING, handing_over.on_left_waiting),
    Reaction(events.ACTION_SET, actions.on_action_set),
    Reaction(events.ACTION_REASSIGNED, actions.on_action_reassigned),
    Reaction(events.ACTION_EXTENDED, actions.on_action_extended),
    Reaction(events.ACTION_COMPLETED, actions.on_action_ended),
    Reaction(events.ACTION_NOT_PURSUED, actions.on_action_ended),
)

BARRIERS = (barriers,)


# What of an incident's strip this app knows.
PROVIDERS = (OWNER, INSPECTOR, NEXT_DUE, OVERDUE, LATE, OFFERED, UNREAD, CHANGED)


def _held_in(capacity: Capacity) -> Filter:
    def narrow(incidents: QuerySet[Incident], value: str, now: datetime) -> QuerySet[Incident]:
        return narrowed_by_holder(incidents, capacity, value)

    return narrow


FILTERS = {
    **{capacity.value: _held_in(capacity) for capacity in Capacity},
    "overdue": only_overdue,
}
ANNOTATIONS = (with_due_columns,)

TABS = (
    Tab("Actions", "incident-actions", order=40),
    Tab("Ownership", "incident-ownership", order=50),
    Tab("Reminders", "incident-reminders", order=75),
)

ACTS = (
    Act("Set an action", "action-new", 40, Permission.SET_ACTION),
    Act("Hand over", "incident-hand-over", 50, Permission.HAND_OVER),
)

# Anybody may look at the board of their BCU; these work by it.
_WORK_BY_BOARD = frozenset(
    {
        Role.DUTY_INSPECTOR,
        Role.SAFEGUARDING_DI,
        Role.MISSING_PERSONS_UNIT,
        Role.SUPERINTENDENT,
        Role.ASSURANCE_BOARD,
    }
)

NAV = (
    NavItem("My work", "my-work", order=0),
    NavItem("Board", "boards", order=15, roles=_WORK_BY_BOARD),
    NavItem("Inbox", "inbox", order=20, count=lambda officer, _now: unread_count(officer)),
    NavItem(
        "Handovers",
        "handovers",
        order=25,
        roles=MAY[Permission.HAND_OVER],
        count=lambda officer, _now: waiting_for(officer).count(),
    ),
)

WORDS = (
    asked_for(
        events.OFFERED,
        offer_texts,
        holds=[(HandoverItem, "briefing"), (HandoverItem, "worry"), (Handover, "reason")],
    ),
    asked_for(
        events.DECLINED, lambda said: {"reason": said.reason}, holds=[(HandoverItem, "reason")]
    ),
    asked_for(
        events.REVIEW_ASKED, lambda said: {"reason": said.reason}, holds=[(HandoverItem, "reason")]
    ),
    in_row(events.ACTION_SET, lambda said: said.action, Action, "title", "detail"),
    asked_for(
        events.ACTION_REASSIGNED,
        lambda said: {"reason": said.reason},
        holds=[(ActionLink, "reason")],
    ),
    asked_for(events.ACTION_EXTENDED, lambda said: {"reason": said.reason}),
    in_row(events.ACTION_COMPLETED, lambda said: said.action, Action, "result"),
    asked_for(
        events.ACTION_NOT_PURSUED_PROPOSED,
        lambda said: {"reason": said.reason},
        holds=[(Action, "not_pursued_reason")],
    ),
)


def wire() -> None:
    """Called once, when the site starts."""
    trail.react(*REACTIONS)
    register_barriers(*BARRIERS)
    for provider in PROVIDERS:
        register_provider(provider)
    for name, narrow in FILTERS.items():
        register_filter(name, narrow)
    for annotate in ANNOTATIONS:
        register_annotation(annotate)
    register_tabs(*TABS)
    register_acts(*ACTS)
    register_nav(*NAV)
    look_for_phrases(*WORDS)
