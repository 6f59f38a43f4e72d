"""What stands in the way of closure, as a table, and that no rank goes past what nobody may."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.errors import Barred, Invalid
from mispers.models import Incident
from mispers.registries import barriers_to
from mispers.rules.stages import Stage
from mispers.services.interviews import ask_return_interview
from mispers.services.reopening import reopen_incident
from mispers.services.searches import SearchDetails, record_search
from mispers.services.strategy import conclude_hypothesis
from officers.models import Officer
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.endings import (
    A_CHILD,
    AN_HOUR,
    OURS,
    ask,
    close,
    interview,
    locate,
    locate_unseen,
    stage_of,
    standing,
    suppose_abroad,
)
from tests.factories.incidents import log_incident

pytestmark = pytest.mark.django_db
Prepare = Callable[[Incident, Officer, datetime], object]


def dead(incident: Incident, by: Officer, now: datetime) -> None:
    locate(incident, by, now, condition="deceased")


def dead_confirmed(incident: Incident, by: Officer, now: datetime) -> None:
    locate(incident, by, now, condition="deceased", coroner_reference="INL/2026/81")


def seen_then_doubted(incident: Incident, by: Officer, now: datetime) -> None:
    locate(incident, by, now)
    locate_unseen(incident, by, now + AN_HOUR / 60)


def seen_and_supposed(incident: Incident, by: Officer, now: datetime) -> None:
    suppose_abroad(incident, by, now)
    locate(incident, by, now)


def seen_and_interviewed(incident: Incident, by: Officer, now: datetime) -> None:
    locate(incident, by, now)
    interview(incident, by, now)


def asked(incident: Incident, by: Officer, now: datetime) -> None:
    seen_and_interviewed(incident, by, now)
    ask(incident, by, now)


@pytest.mark.parametrize(
    ("prepare", "person", "expected"),
    [
        (None, {}, {"LOCATED", "END-1", "END-2", "RATIONALE"}),
        (None, A_CHILD, {"LOCATED", "END-1", "END-2", "END-3", "RATIONALE"}),
        (suppose_abroad, {}, {"LOCATED", "END-1", "HYP-1", "END-2", "RATIONALE"}),
        (locate_unseen, {}, {"END-1", "END-2", "RATIONALE"}),
        (seen_then_doubted, {}, {"END-1", "END-2", "RATIONALE"}),
        (locate, {}, {"END-2", "RATIONALE"}),
        (locate, A_CHILD, {"END-2", "END-3", "RATIONALE"}),
        (seen_and_supposed, {}, {"END-2", "RATIONALE"}),
        (seen_and_interviewed, {}, {"RATIONALE"}),
        (asked, {}, set()),
        (dead, A_CHILD, {"END-1", "RATIONALE"}),
        (dead_confirmed, A_CHILD, {"RATIONALE"}),
    ],
)
def test_what_stands_in_the_way_of_closed(
    prepare: Prepare | None, person: Any, expected: set[str], cn: Unit, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now, **person)
    if prepare:
        prepare(incident, cn.frontline, now)
    assert standing(incident, cn.inspector, now) == expected


@pytest.mark.parametrize(
    ("target", "prepare", "expected"),
    [
        (Stage.CLOSURE, None, {"LOCATED"}),
        (Stage.CLOSURE, locate_unseen, set()),
        (Stage.POST_48H, None, set()),
        (Stage.PRE_48H, None, set()),
    ],
)
def test_what_stands_in_the_way_of_the_other_stages(
    target: Stage, prepare: Prepare | None, expected: set[str], cn: Unit, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now)
    if prepare:
        prepare(incident, cn.frontline, now)
    assert standing(incident, cn.inspector, now, target) == expected


def test_only_the_interviews_and_the_rationale_may_be_overridden(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now, **A_CHILD)
    suppose_abroad(incident, cn.frontline, now)
    found = barriers_to(Incident.objects.get(pk=incident.pk), Stage.CLOSED, cn.superintendent, now)
    may_pass = {barrier.code: barrier.overridable for barrier in found}
    assert {code for code, may in may_pass.items() if may} & OURS == {"END-2", "END-3", "RATIONALE"}
    assert not may_pass["END-4"]
    for barrier in found:
        assert barrier.message
        assert barrier.source
        assert barrier.lift_who
        assert barrier.lift_where.startswith(f"/incidents/{incident.reference}/")


@pytest.mark.parametrize(
    "role", [Role.FRONTLINE, Role.DUTY_INSPECTOR, Role.SAFEGUARDING_DI, Role.SUPERINTENDENT]
)
def test_nobody_however_senior_closes_on_likely_abroad(role: Role, cn: Unit, now: datetime) -> None:
    """IX-68-18: a knock at the door and a supposition were the ground of a closure."""
    incident = log_incident(cn.frontline, now)
    record_search(
        incident.reference,
        SearchDetails(
            place="1 Tallow Street",
            kind="home",
            extent="knock",
            covered="The front door.",
            not_covered="All of the inside.",
            searched_by=str(cn.frontline),
            searched_at=now,
            result="No answer.",
        ),
        by=cn.frontline,
        now=now,
    )
    suppose_abroad(incident, cn.frontline, now)
    officer = cn.another(role)
    with pytest.raises(Barred) as refused:
        ask(incident, officer, now)
    codes = {barrier.code for barrier in refused.value.barriers}
    assert {"LOCATED", "END-1", "HYP-1"} <= codes
    assert "May have gone abroad without telling anyone" in refused.value.message
    with pytest.raises(Barred, match="not tested"):
        ask(incident, officer, now, outcome="not_missing", evidence="Likely abroad.")
    locate_unseen(incident, cn.frontline, now)
    with pytest.raises(Barred) as refused:
        ask(incident, officer, now)
    assert {"END-1", "HYP-1"} <= {barrier.code for barrier in refused.value.barriers}
    assert stage_of(incident) == Stage.CLOSURE


def test_a_hypothesis_that_was_refuted_no_longer_stands(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    hypothesis = suppose_abroad(incident, cn.frontline, now)
    assert "HYP-1" in standing(incident, cn.inspector, now)
    conclude_hypothesis(
        incident.reference,
        hypothesis=hypothesis,
        by=cn.frontline,
        now=now,
        status="refuted",
        evidence="No record of travel; the passport is in the flat.",
        supplier="Border Force",
    )
    assert "HYP-1" not in standing(incident, cn.inspector, now)


def test_being_seen_before_does_not_answer_a_new_report(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    close(incident, cn.frontline, cn.superintendent, now)
    again = now + timedelta(days=11)
    reopen_incident(incident.reference, by=cn.frontline, now=again, reason="Reported again.")
    assert {"LOCATED", "END-1", "END-2"} <= standing(incident, cn.inspector, again)
    with pytest.raises(Barred):
        ask(incident, cn.frontline, again)
    with pytest.raises(Invalid, match="before they were reported missing"):
        locate(incident, cn.frontline, again, seen_at=now)


def test_a_return_interview_asked_for_lifts_end_3(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now, **A_CHILD)
    locate(incident, cn.frontline, now)
    ask_return_interview(
        incident.reference, by=cn.frontline, now=now, requested_at=now, authority="Camden"
    )
    assert "END-3" not in standing(incident, cn.inspector, now)


def test_an_interview_before_they_were_located_does_not_count(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    interview(incident, cn.frontline, now)
    later = now + AN_HOUR
    locate(incident, cn.frontline, later, at=later)
    assert "END-2" in standing(incident, cn.inspector, later)
