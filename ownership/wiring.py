"""Everything that ownership registers elsewhere: events, reactions, barriers, pages, words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import QuerySet

from core import trail
from core.registries.navigation import NavItem, register_nav
from core.trail import Reaction
from mispers import events as incident_events
from mispers.models import Incident
from mispers.registries import (
    Act,
    Fact,
    Filter,
    Tab,
    register_acts,
    register_annotation,
    register_barriers,
    register_fact,
    register_filter,
    register_tabs,
)
from officers import events as officer_events
from officers.rules.permitted import MAY, Permission
from officers.rules.roles import Role
from ownership import events
from ownership.barriers import barriers
from ownership.models import Action, ActionLink, Capacity, Handover, HandoverItem
from ownership.reactions import chains, deadlines, exploitation, rota
from ownership.selectors.custody import Held, holders_as_at, holders_of, narrowed_by_holder
from ownership.selectors.handovers import waiting_for
from ownership.selectors.inbox import unread_count
from ownership.selectors.next_due import Overdue, next_due, only_overdue, overdue, with_due_columns
from ownership.selectors.words import typed_in_offer
from riskassessment import events as risk_events
from riskassessment.selectors import review_clock
from riskassessment.words.fields import asked_for, in_row, look_for_phrases, said

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
    Reaction(incident_events.REPORTED, exploitation.on_report),
    Reaction(incident_events.REPORTED, deadlines.on_reported),
    Reaction(incident_events.CORRECTED, exploitation.on_correction),
    Reaction(
        incident_events.STAGE_CHANGED,
        chains.follow_the_stage,
        records=(events.TAKEN, *_ON_OFFER),
        sends=_POST,
    ),
    Reaction(incident_events.STAGE_CHANGED, deadlines.on_stage_changed),
    Reaction(incident_events.REOPENED, exploitation.on_report),
    Reaction(incident_events.REOPENED, deadlines.on_reopened),
    Reaction(incident_events.STRATEGY_WRITTEN, deadlines.on_strategy),
    Reaction(incident_events.SEARCHED, deadlines.on_searched),
    Reaction(incident_events.LOGGED_ON_CLOSED, chains.tell_of_new_information, sends=_POST),
    Reaction(incident_events.LOGGED_ON_CLOSED, deadlines.on_logged_on_closed),
    Reaction(incident_events.NEW_INFORMATION_DECIDED, deadlines.on_new_information_decided),
    Reaction(incident_events.NOTIFIED, deadlines.on_notified),
    Reaction(incident_events.EXPLOITATION_RECORDED, exploitation.on_investigation),
    Reaction(incident_events.LOCATED, deadlines.on_located),
    Reaction(incident_events.PREVENTION_INTERVIEW, deadlines.on_prevention_interview),
    # After what else is done with these kinds, where anything is.
    *(Reaction(kind, deadlines.on_something_significant) for kind in review_clock.KINDS),
    Reaction(risk_events.ASSESSED, chains.offer_by_grade, records=_ON_OFFER, sends=_POST),
    Reaction(risk_events.ASSESSED, deadlines.on_assessed),
    Reaction(risk_events.ENDORSED, deadlines.on_endorsed),
    Reaction(risk_events.RETURNED, deadlines.on_returned),
    Reaction(events.TAKEN, deadlines.on_taken),
    Reaction(events.OFFERED, deadlines.on_offered),
    Reaction(events.ACCEPTED, deadlines.on_accepted),
    Reaction(events.DECLINED, deadlines.on_offer_ended),
    Reaction(events.WITHDRAWN, deadlines.on_offer_ended),
    Reaction(events.REVIEW_ASKED, deadlines.on_review_asked),
    Reaction(events.SHIFT_ENDED, deadlines.on_shift_ended),
    Reaction(events.LEFT_WAITING, deadlines.on_left_waiting),
    Reaction(events.ACTION_SET, deadlines.on_action_set),
    Reaction(events.ACTION_REASSIGNED, deadlines.on_action_reassigned),
    Reaction(events.ACTION_EXTENDED, deadlines.on_action_extended),
    Reaction(events.ACTION_COMPLETED, deadlines.on_action_ended),
    Reaction(events.ACTION_NOT_PURSUED, deadlines.on_action_ended),
)

BARRIERS = (barriers,)


def _holder(capacity: Capacity) -> tuple[Fact, Filter]:
    """Who holds a capacity, beside an incident; and the incidents narrowed by it."""

    def load(incidents: Sequence[Incident], now: datetime) -> Mapping[int, Held]:
        return holders_of(incidents, capacity)

    def as_at(incidents: Sequence[Incident], at: datetime) -> Mapping[int, Held]:
        return holders_as_at(incidents, capacity, at)

    def narrow(incidents: QuerySet[Incident], value: str, now: datetime) -> QuerySet[Incident]:
        return narrowed_by_holder(incidents, capacity, value)

    return Fact(capacity.value, load=load, as_json=_as_json, as_at=as_at), narrow


def _as_json(held: Held | None) -> dict[str, str] | None:
    return held.as_json() if held else None


_HOLDERS = {capacity.value: _holder(capacity) for capacity in Capacity}

FACTS = (
    *(fact for fact, _ in _HOLDERS.values()),
    Fact("next_due", next_due, as_json=lambda value: value.as_json() if value else None),
    Fact("overdue", overdue, missing=Overdue(), as_json=lambda value: value.as_json()),
)
FILTERS = {**{name: narrow for name, (_, narrow) in _HOLDERS.items()}, "overdue": only_overdue}
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
        typed_in_offer,
        holds=[(HandoverItem, "briefing"), (HandoverItem, "worry"), (Handover, "reason")],
    ),
    said(events.DECLINED, "reason", holds=[(HandoverItem, "reason")]),
    said(events.REVIEW_ASKED, "reason", holds=[(HandoverItem, "reason")]),
    in_row(events.ACTION_SET, "action", Action, "title", "detail"),
    said(events.ACTION_REASSIGNED, "reason", holds=[(ActionLink, "reason")]),
    said(events.ACTION_EXTENDED, "reason"),
    in_row(events.ACTION_COMPLETED, "action", Action, "result"),
    said(events.ACTION_NOT_PURSUED_PROPOSED, "reason", holds=[(Action, "not_pursued_reason")]),
)


def wire() -> None:
    """Called once, when the site starts."""
    trail.react(*REACTIONS)
    register_barriers(*BARRIERS)
    for fact in FACTS:
        register_fact(fact)
    for name, narrow in FILTERS.items():
        register_filter(name, narrow)
    for annotate in ANNOTATIONS:
        register_annotation(annotate)
    register_tabs(*TABS)
    register_acts(*ACTS)
    register_nav(*NAV)
    look_for_phrases(*WORDS)
