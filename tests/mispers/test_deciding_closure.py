"""Who decides a closure, what they may go past, and how nobody missing is closed early."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from core.errors import Barred, Conflict, Invalid
from mispers.models import BarrierOverride, Incident
from mispers.registries import barriers_to
from mispers.rules.stages import Stage
from mispers.services.authorising import authorise_closure
from mispers.services.closure import refuse_closure
from officers.models import Officer, Shift
from officers.rules.roles import Role
from ownership.models import Capacity
from tests.conftest import Unit
from tests.factories.endings import (
    A_CHILD,
    AN_HOUR,
    all_overrides,
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
from tests.factories.ownership import held

pytestmark = pytest.mark.django_db


def end_4(incident: Incident, by: Officer, now: datetime) -> list[str]:
    fresh = Incident.objects.get(pk=incident.pk)
    return [b.message for b in barriers_to(fresh, Stage.CLOSED, by, now) if b.code == "END-4"]


def test_another_inspector_decides(cn: Unit, now: datetime) -> None:
    asker = cn.another(Role.DUTY_INSPECTOR)
    incident = log_incident(cn.frontline, now)
    assert "has not been asked for" in end_4(incident, asker, now)[0]
    locate(incident, cn.frontline, now)
    ask(incident, asker, now)
    assert "asked for this closure yourself" in end_4(incident, asker, now)[0]
    assert "is not decided" in end_4(incident, cn.another(), now)[0]
    assert end_4(incident, cn.another(Role.DUTY_INSPECTOR), now) == []
    overrides = all_overrides(incident, asker, now)
    with pytest.raises(Barred) as refused:
        authorise_closure(incident.reference, by=asker, now=now, overrides=overrides)
    assert [barrier.code for barrier in refused.value.barriers] == ["END-4"]
    with pytest.raises(Barred):
        refuse_closure(incident.reference, by=asker, now=now, reason="No.")


def test_the_owner_does_not_authorise(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    owner = held(incident, Capacity.OWNER)
    Shift.objects.create(
        bcu=cn.bcu,
        role=Role.DUTY_INSPECTOR,
        officer=owner,
        starts_at=now - AN_HOUR,
        ends_at=now + AN_HOUR,
    )
    locate(incident, owner, now)
    ask(incident, cn.another(), now)
    overrides = all_overrides(incident, owner, now)
    with pytest.raises(Barred) as refused:
        authorise_closure(incident.reference, by=owner, now=now, overrides=overrides)
    assert {barrier.code for barrier in refused.value.barriers} == {"END-4"}


def test_each_override_has_its_reason_and_stays_on_the_record(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now, **A_CHILD)
    locate(incident, cn.frontline, now)
    request = ask(incident, cn.frontline, now)
    by = cn.another(Role.DUTY_INSPECTOR)
    overrides = all_overrides(incident, by, now)
    codes = {override["code"] for override in overrides}
    assert {"END-2", "END-3"} <= codes
    with pytest.raises(Barred) as refused:
        authorise_closure(incident.reference, by=by, now=now, overrides=overrides[1:])
    assert {b.code for b in refused.value.barriers} == {overrides[0]["code"]}
    blank = [{**overrides[0], "reason": " "}, *overrides[1:]]
    with pytest.raises(Invalid, match="Give a reason"):
        authorise_closure(incident.reference, by=by, now=now, overrides=blank)
    authorise_closure(incident.reference, by=by, now=now, overrides=overrides)
    kept = BarrierOverride.objects.filter(closure=request)
    assert {o.code for o in kept} == codes
    assert all(o.reason == "Not needed in this case." and o.message for o in kept)


@pytest.mark.parametrize("code", ["END-1", "HYP-1", "END-4"])
def test_what_nobody_may_go_past_is_not_passed_with_a_reason(
    code: str, cn: Unit, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now)
    locate(incident, cn.frontline, now)
    ask(incident, cn.frontline if code != "END-4" else cn.superintendent, now)
    suppose_abroad(incident, cn.frontline, now)
    if code in {"END-1", "HYP-1"}:
        locate_unseen(incident, cn.frontline, now + AN_HOUR)
    by = cn.superintendent
    overrides = [*all_overrides(incident, by, now), {"code": code, "reason": "I say so."}]
    with pytest.raises(Barred) as refused:
        authorise_closure(incident.reference, by=by, now=now, overrides=overrides)
    assert code in {barrier.code for barrier in refused.value.barriers}


def test_what_does_not_stand_cannot_be_overridden(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    locate(incident, cn.frontline, now)
    interview(incident, cn.frontline, now)
    ask(incident, cn.frontline, now)
    with pytest.raises(Invalid) as wrong:
        authorise_closure(
            incident.reference,
            by=cn.another(Role.DUTY_INSPECTOR),
            now=now,
            overrides=[{"code": "END-2", "reason": "No need."}],
        )
    assert [error.field for error in wrong.value.errors] == ["overrides[0].code"]


@pytest.mark.parametrize(
    ("minutes", "role", "stands"),
    [
        (59, Role.DUTY_INSPECTOR, True),
        (59, Role.SUPERINTENDENT, False),
        (60, Role.DUTY_INSPECTOR, False),
    ],
)
@pytest.mark.parametrize("outcome", ["not_missing", "duplicate"])
def test_in_the_first_hour_a_superintendent_decides_that_nobody_is_missing(
    outcome: str, minutes: int, role: Role, stands: bool, cn: Unit, now: datetime
) -> None:
    incident, twin = (log_incident(cn.frontline, now) for _ in range(2))
    of = {"duplicate_of": twin.reference} if outcome == "duplicate" else {}
    ask(incident, cn.frontline, now, outcome=outcome, evidence="PC Noor spoke with her.", **of)
    then, by = now + timedelta(minutes=minutes), cn.another(role)
    assert standing(incident, by, then) == ({"HOLD"} if stands else set())
    overrides = all_overrides(incident, by, then)
    if stands:
        with pytest.raises(Barred, match="only a superintendent"):
            authorise_closure(incident.reference, by=by, now=then, overrides=overrides)
        return
    authorise_closure(incident.reference, by=by, now=then, overrides=overrides)
    assert Incident.objects.get(pk=incident.pk).outcome == outcome


def test_a_report_logged_late_has_its_first_hour_from_the_logging(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now, reported_at=now - timedelta(hours=20))
    ask(incident, cn.frontline, now, outcome="not_missing", evidence="PC Noor spoke with her.")
    assert standing(incident, cn.inspector, now + AN_HOUR / 2) == {"HOLD"}


def test_a_duplicate_names_another_open_incident(cn: Unit, ne: Unit, now: datetime) -> None:
    incident, twin, closed = (log_incident(cn.frontline, now) for _ in range(3))
    elsewhere = log_incident(ne.frontline, now)
    close(closed, cn.frontline, cn.superintendent, now)
    wrong = {
        "": "required",
        incident.reference: "unknown_incident",
        elsewhere.reference: "unknown_incident",
        closed.reference: "incident_closed",
    }
    for reference, code in wrong.items():
        with pytest.raises(Invalid) as refused:
            ask(
                incident,
                cn.frontline,
                now,
                outcome="duplicate",
                evidence="The same caller.",
                duplicate_of=reference,
            )
        assert [(e.field, e.code) for e in refused.value.errors] == [("duplicate_of", code)]
    ask(
        incident,
        cn.frontline,
        now,
        outcome="duplicate",
        evidence="The same caller.",
        duplicate_of=twin.reference,
    )
    close(twin, cn.frontline, cn.superintendent, now)
    later, by = now + AN_HOUR, cn.another(Role.DUTY_INSPECTOR)
    with pytest.raises(Conflict, match="nobody would be looking"):
        authorise_closure(
            incident.reference, by=by, now=later, overrides=all_overrides(incident, by, later)
        )


@pytest.mark.parametrize(
    ("over", "field", "code"),
    [
        ({"seen_at": None}, "seen_at", "required"),
        ({"seen_in_person_by": None}, "seen_in_person_by", "required"),
        ({"seen_at": datetime.fromisoformat("2026-07-18T08:00:00Z")}, "seen_at", "too_early"),
        ({"seen_at": datetime.fromisoformat("2026-07-19T08:00:00Z")}, "seen_at", "in_future"),
        ({"at": datetime.fromisoformat("2026-07-19T08:00:00Z")}, "at", "in_future"),
        ({"condition": "fine"}, "condition", "invalid_choice"),
        ({"place": "x" * 301}, "place", "max_length"),
        ({"how": "  "}, "how", "required"),
    ],
)
def test_a_located_entry_is_refused_at_its_field(
    over: dict[str, Any], field: str, code: str, cn: Unit, now: datetime
) -> None:
    incident = log_incident(cn.frontline, now)
    with pytest.raises(Invalid) as wrong:
        locate(incident, cn.frontline, now, **over)
    assert [(error.field, error.code) for error in wrong.value.errors] == [(field, code)]
    assert stage_of(incident) == Stage.PRE_48H


def test_closure_is_asked_for_once(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    locate(incident, cn.frontline, now)
    ask(incident, cn.frontline, now)
    with pytest.raises(Conflict, match=str(cn.frontline)):
        ask(incident, cn.another(), now)


def test_a_location_recorded_meanwhile_is_named(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    read = incident.version
    locate(incident, cn.frontline, now)
    with pytest.raises(Conflict, match=str(cn.frontline)) as refused:
        locate(incident, cn.another(), now, version=read)
    assert refused.value.code == "already_located"
