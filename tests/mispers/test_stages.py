"""Every stage, every way to change it, every role: what is not listed here is refused."""

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from core.errors import Barred, Conflict, NotPermitted
from mispers.models import Incident
from mispers.presenters import stage_diagram
from mispers.rules.stages import MOVES, Move, Stage
from mispers.services.authorising import authorise_closure
from mispers.services.boundary import pass_boundary
from mispers.services.closure import ask_closure, refuse_closure
from mispers.services.reopening import reopen_incident
from officers.models import Officer
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.endings import all_overrides, ask, close, interview, locate, stage_of
from tests.factories.incidents import log_incident

TWO_DAYS = timedelta(hours=48)
WORKING = {
    Role.FRONTLINE,
    Role.DUTY_INSPECTOR,
    Role.SAFEGUARDING_DI,
    Role.MISSING_PERSONS_UNIT,
    Role.SUPERINTENDENT,
}
INSPECTING = {Role.DUTY_INSPECTOR, Role.SAFEGUARDING_DI, Role.SUPERINTENDENT}

# (stage, what is done) -> (who may, the stage after it); None is the clock.
ALLOWED: dict[tuple[Stage, str], tuple[set[Role] | None, Stage]] = {
    (Stage.PRE_48H, "pass_48h"): (None, Stage.POST_48H),
    (Stage.PRE_48H, "locate"): (WORKING, Stage.CLOSURE),
    (Stage.POST_48H, "locate"): (WORKING, Stage.CLOSURE),
    # A newer entry supersedes; the stage stays.
    (Stage.CLOSURE, "locate"): (WORKING, Stage.CLOSURE),
    (Stage.PRE_48H, "ask_not_missing"): (WORKING, Stage.CLOSURE),
    (Stage.POST_48H, "ask_not_missing"): (WORKING, Stage.CLOSURE),
    (Stage.CLOSURE, "authorise"): (INSPECTING, Stage.CLOSED),
    (Stage.CLOSURE, "refuse"): (INSPECTING, Stage.PRE_48H),
    (Stage.CLOSED, "reopen"): (WORKING, Stage.PRE_48H),
}
ACTS = ("pass_48h", "locate", "ask", "ask_not_missing", "authorise", "refuse", "reopen")
# Who is let near an act at all; the others are told that they may not, whatever the stage.
MAY_TRY = {
    "locate": WORKING,
    "ask": WORKING,
    "ask_not_missing": WORKING,
    "authorise": INSPECTING,
    "refuse": INSPECTING,
    "reopen": WORKING,
}


def in_stage(stage: Stage, cn: Unit, now: datetime) -> Incident:
    """An incident brought to a stage by the services; in closure, it has been asked for."""
    asker = cn.another(Role.FRONTLINE)
    incident = log_incident(asker, now)
    if stage == Stage.POST_48H:
        assert pass_boundary(incident.reference, now=now + TWO_DAYS)
    elif stage == Stage.CLOSURE:
        locate(incident, asker, now)
        ask(incident, asker, now)
    elif stage == Stage.CLOSED:
        close(incident, asker, cn.another(Role.DUTY_INSPECTOR), now)
    assert stage_of(incident) == stage
    return incident


def do(act: str, incident: Incident, by: Officer, now: datetime) -> None:
    """Try to change the stage as an officer would, with everything given that is needed."""
    reference = incident.reference
    acts: dict[str, Callable[[], object]] = {
        "pass_48h": lambda: pass_boundary(reference, now=now + TWO_DAYS),
        "locate": lambda: locate(incident, by, now),
        "ask": lambda: ask_closure(reference, by=by, now=now, rationale="Enough."),
        "ask_not_missing": lambda: ask_closure(
            reference,
            by=by,
            now=now,
            rationale="A misunderstanding.",
            outcome="not_missing",
            evidence="She was in her room; PC Noor spoke with her.",
        ),
        "authorise": lambda: authorise_closure(
            reference, by=by, now=now, overrides=all_overrides(incident, by, now)
        ),
        "refuse": lambda: refuse_closure(reference, by=by, now=now, reason="Not yet."),
        "reopen": lambda: reopen_incident(reference, by=by, now=now, reason="Reported again."),
    }
    acts[act]()


def expected(stage: Stage, act: str, role: Role) -> str:
    """The stage afterwards, or how it is refused."""
    roles, after = ALLOWED.get((stage, act), (set(), stage))
    if roles is None or (act == "pass_48h" and not roles):
        return after.value
    if role not in MAY_TRY[act]:
        return "not permitted"
    return after.value if role in roles else "refused"


def outcome(act: str, incident: Incident, by: Officer, now: datetime) -> str:
    """What comes of an act; undone afterwards, so that the next role finds the same stage."""
    with transaction.atomic():
        try:
            do(act, incident, by, now)
        except NotPermitted:
            return "not permitted"
        except (Conflict, Barred):
            return "refused"
        finally:
            after = stage_of(incident)
            transaction.set_rollback(True)
        return after


@pytest.mark.django_db
@pytest.mark.parametrize(("stage", "act"), [*itertools.product(Stage, ACTS)])
def test_every_stage_act_and_role(stage: Stage, act: str, cn: Unit, now: datetime) -> None:
    incident = in_stage(stage, cn, now)
    officers = {role: cn.another(role) for role in Role}
    came = {role: outcome(act, incident, officer, now) for role, officer in officers.items()}
    assert came == {role: expected(stage, act, role) for role in Role}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hours", "after"), [(1, Stage.PRE_48H), (49, Stage.POST_48H)], ids=["before", "after"]
)
def test_a_refused_closure_goes_back_by_the_clock(
    hours: int, after: Stage, cn: Unit, now: datetime
) -> None:
    incident = in_stage(Stage.CLOSURE, cn, now)
    then = now + timedelta(hours=hours)
    refuse_closure(incident.reference, by=cn.inspector, now=then, reason="Not yet.")
    assert stage_of(incident) == after


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reported_hours_ago", "after"), [(1, Stage.PRE_48H), (49, Stage.POST_48H)]
)
def test_a_reopened_incident_goes_by_the_clock_of_the_new_report(
    reported_hours_ago: int, after: Stage, cn: Unit, now: datetime
) -> None:
    incident = in_stage(Stage.CLOSED, cn, now)
    then = now + timedelta(days=12)
    reported = then - timedelta(hours=reported_hours_ago)
    reopen_incident(
        incident.reference, by=cn.frontline, now=then, reason="Again.", reported_at=reported
    )
    assert stage_of(incident) == after
    incident = Incident.objects.get(pk=incident.pk)
    assert incident.boundary_48h_at == reported + TWO_DAYS
    assert (incident.outcome, incident.closed_at) == ("", None)


@pytest.mark.django_db
def test_refused_and_asked_again_with_the_location_that_stands(cn: Unit, now: datetime) -> None:
    incident = in_stage(Stage.CLOSURE, cn, now)
    refuse_closure(incident.reference, by=cn.inspector, now=now, reason="Interview first.")
    interview(incident, cn.frontline, now)
    ask(incident, cn.frontline, now)
    assert stage_of(incident) == Stage.CLOSURE


def test_the_declared_moves_and_the_state_machine_agree() -> None:
    stage_diagram.check_agreement()


def test_a_move_declared_alone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    further = Move("shortcut", Stage.PRE_48H, Stage.CLOSED, "nobody looked")
    monkeypatch.setattr(stage_diagram, "MOVES", (*MOVES, further))
    with pytest.raises(stage_diagram.Disagreement, match=r"declared only: .*shortcut"):
        stage_diagram.diagram()


def test_a_transition_of_the_machine_alone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage_diagram, "MOVES", MOVES[1:])
    with pytest.raises(stage_diagram.Disagreement, match=r"state machine only: .*pass_48h"):
        stage_diagram.diagram()


def test_the_committed_diagram_is_current() -> None:
    call_command("stage_diagram", "--check")


def test_a_diagram_that_is_out_of_date_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage_diagram, "_FRAME", "Another frame. {lines}{rows}")
    with pytest.raises(CommandError, match="out of date"):
        call_command("stage_diagram", "--check")
