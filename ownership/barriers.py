"""What stands in the way of closing: work not ended, an owner who would authorise themselves."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from core.barriers import Barrier
from core.text import agreeing, counted, listed
from mispers.models import Incident
from mispers.rules.codes import Code, row_of
from mispers.rules.stages import Stage
from officers.models import Officer
from ownership.models import Action, Capacity
from ownership.selectors.actions import running_actions_of
from ownership.selectors.custody import holding_of

NAMED = 5


def barriers(
    incident: Incident, target: Stage, by: Officer | None, now: datetime
) -> Iterable[Barrier]:
    """ACT-2 may be overridden by the authorising inspector; END-4 by nobody."""
    if target != Stage.CLOSED:
        return
    running = list(running_actions_of(incident))
    if running:
        yield _actions_running(incident, running)
    owner = holding_of(incident, Capacity.OWNER)
    if by is not None and owner is not None and owner.officer_id == by.pk:
        yield Barrier(
            code=Code.END_4,
            message="You own this incident: an inspector who does not own it authorises closure.",
            source=f"Protocol {Code.END_4}: whoever led the search does not decide alone that it "
            "is over",
            lift_who="Another inspector, by authorising; or hand the incident over first",
            lift_where=reverse("incident-hand-over", args=[incident.reference]),
            overridable=row_of(Code.END_4).is_overridable,
        )


def _actions_running(incident: Incident, running: list[Action]) -> Barrier:
    named = [f"“{action.title}” ({action.responsible})" for action in running[:NAMED]]
    if len(running) > NAMED:
        named.append(f"{len(running) - NAMED} more")
    who = sorted({str(action.responsible) for action in running})
    is_are = agreeing(len(running), "is", "are")
    return Barrier(
        code=Code.ACT_2,
        message=f"{counted(len(running), 'action')} {is_are} not ended: {listed(named)}.",
        source=f"Protocol {Code.ACT_2}: an action has a result, or an inspector agrees not to "
        "pursue it",
        lift_who=listed(who),
        lift_where=reverse("incident-actions", args=[incident.reference]),
        overridable=row_of(Code.ACT_2).is_overridable,
    )
