"""What one officer hands over at the end of a shift, and what the next one takes on.

Each sheet takes a fixed number of queries, however many incidents are on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from mispers.models import Incident
from mispers.rules.stages import Stage
from officers.models import Officer, Shift
from officers.rules.roles import Role
from officers.rules.turns import lasts_too_long, turn_at
from ownership.models import Action, Capacity, HandoverItem
from ownership.selectors.actions import RUNNING
from ownership.selectors.briefing import Draft, drafts_of
from ownership.selectors.duty import (
    Boundary,
    Watch,
    boundary_of,
    is_on_duty_when_due,
    with_duty_when_due,
)
from ownership.selectors.risk import is_high, risks_of
from ownership.selectors.work import held_by, on_offer
from riskassessment.models import RiskAssessment

SOON = timedelta(hours=12)


@dataclass(frozen=True)
class Unanswered:
    """An action whose officer is off duty when it falls due, and who is on duty then.

    at: when it falls due, or now where it is overdue (UTC). there: frontline officers first.
    """

    action: Action
    at: datetime
    there: Sequence[Officer]


@dataclass(frozen=True)
class SheetLine:
    """One incident that the officer holds in one capacity; role: of whom it goes to by rule."""

    incident: Incident
    capacity: Capacity
    role: Role
    draft: Draft
    waiting: HandoverItem | None

    @property
    def key(self) -> str:
        """What tells this line from any other on the sheet."""
        return f"{self.capacity}_{self.incident.pk}"


@dataclass(frozen=True)
class Sheet:
    """Everything to hand over, by line; to: by role, whom the rota has on duty after the boundary.

    actions: what falls due in the next shift with nobody on duty for it.
    """

    boundary: Boundary
    lines: Sequence[SheetLine]
    to: dict[Role, Officer | None]
    actions: Sequence[Unanswered]


def sheet_of(officer: Officer, now: datetime) -> Sheet:
    """What the officer holds in either capacity, and their own actions besides."""
    boundary = boundary_of(officer, now)
    watch = Watch(officer.bcu_id, now, boundary.until)
    held = {each: held_by(officer, each) for each in (Capacity.INSPECTOR, Capacity.OWNER)}
    incidents = list({each.pk: each for some in held.values() for each in some}.values())
    drafts = drafts_of(incidents, boundary, now)
    risks = risks_of([each.pk for each in incidents])
    lines = [
        SheetLine(
            incident,
            capacity,
            role_to_take(incident, capacity, risks.get(incident.pk)),
            drafts[incident.pk],
            waiting.get(incident.pk),
        )
        for capacity, some in held.items()
        for waiting in [on_offer(some, capacity)]
        for incident in some
    ]
    to = {}
    for role in dict.fromkeys(line.role for line in lines):
        found = watch.on(role, boundary.at)
        to[role] = None if found is None or found.pk == officer.pk else found
    theirs = Action.objects.filter(Q(incident__in=incidents) | Q(responsible=officer))
    return Sheet(boundary, lines, to, unanswered(theirs, watch, boundary.until, now))


def role_to_take(incident: Incident, capacity: Capacity, risk: RiskAssessment | None) -> Role:
    """Who takes it on at a change of shift: by capacity, grade (OWN-3) and stage (OWN-4)."""
    if capacity is Capacity.INSPECTOR:
        return Role.DUTY_INSPECTOR
    if is_high(risk):
        return Role.SAFEGUARDING_DI
    return Role.MISSING_PERSONS_UNIT if incident.stage == Stage.POST_48H else Role.FRONTLINE


def unanswered(
    actions: QuerySet[Action], watch: Watch, until: datetime, now: datetime
) -> list[Unanswered]:
    """Of these, the running ones due by then whose officer is off duty when they fall due."""
    running = actions.filter(state__in=RUNNING, due_at__lt=until)
    found = with_duty_when_due(running.select_related("incident__person", "responsible"))
    due = []
    for action in found.order_by("due_at", "pk"):
        at = max(action.due_at, now)
        there = watch.all_on(at)
        is_late = action.due_at < now
        is_there = action.responsible in there if is_late else is_on_duty_when_due(action)
        if not is_there:
            due.append(Unanswered(action, at, there))
    return due


def left_unanswered(
    items: Sequence[HandoverItem], receiver: Officer, now: datetime
) -> Sequence[Unanswered]:
    """The same of the incidents that wait for a receiver, until the end of the shift they take."""
    until = end_of_shift_taken(receiver, now)
    waiting = [item for item in items if item.state == HandoverItem.State.OFFERED]
    if not waiting:
        return []
    watch = Watch(waiting[0].handover.bcu_id, now, until)
    theirs = Action.objects.filter(incident__in=[item.incident_id for item in waiting])
    return unanswered(theirs, watch, until, now)


def end_of_shift_taken(receiver: Officer, now: datetime) -> datetime:
    """Until when the receiver is on duty: in the shift they are on, or the next one soon."""
    shift = (
        Shift.objects.filter(officer=receiver, ends_at__gt=now, starts_at__lte=now + SOON)
        .order_by("starts_at")
        .first()
    )
    if shift is None or lasts_too_long(shift.starts_at, shift.ends_at):
        return turn_at(turn_at(now).ends_at).ends_at
    return shift.ends_at
