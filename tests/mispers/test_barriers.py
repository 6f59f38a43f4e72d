"""What stands in the way of closure, as a table, and that no rank goes past what nobody may."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from core.errors import Barred, Conflict, Invalid
from mispers.extensions import barriers_to, facts_of
from mispers.models import BarrierOverride, Incident
from mispers.services.authorising import authorise_closure
from mispers.services.closure import refuse_closure
from mispers.services.interviews import ask_return_interview
from mispers.services.reopening import reopen_incident
from mispers.services.searches import record_search
from mispers.services.strategy import conclude_hypothesis
from mispers.stages import Stage
from officers.models import Officer, Shift
from officers.roles import Role
from tests.conftest import Unit
from tests.factories.endings import (
    all_overrides,
    ask,
    close,
    interview,
    locate,
    stage_of,
    suppose_abroad,
)
from tests.factories.incidents import log_incident

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
OURS = {"LOCATED", "END-1", "END-2", "END-3", "HYP-1", "RATIONALE", "HOLD"}
A_CHILD = {"date_of_birth": date(2012, 3, 4)}
Prepare = Callable[[Incident, Officer, datetime], object]


def standing(incident: Incident, by: Officer, now: datetime, to: Stage = Stage.CLOSED) -> set[str]:
    """Codes of this app's barriers, but for END-4, which has tests of its own."""
    fresh = Incident.objects.get(pk=incident.pk)
    return {barrier.code for barrier in barriers_to(fresh, to, by, now)} & OURS


def unseen(incident: Incident, by: Officer, now: datetime) -> None:
    locate(incident, by, now, seen_in_person_by=None, seen_at=None)


def dead(incident: Incident, by: Officer, now: datetime) -> None:
    locate(incident, by, now, condition="deceased")


def dead_confirmed(incident: Incident, by: Officer, now: datetime) -> None:
    locate(incident, by, now, condition="deceased", coroner_reference="INL/2026/81")


def seen_then_doubted(incident: Incident, by: Officer, now: datetime) -> None:
    locate(incident, by, now)
    unseen(incident, by, now + AN_HOUR / 60)


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
        (unseen, {}, {"END-1", "END-2", "RATIONALE"}),
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
        (Stage.CLOSURE, unseen, set()),
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
        by=cn.frontline,
        now=now,
        place="1 Tallow Street",
        kind="home",
        extent="knock",
        covered="The front door.",
        not_covered="All of the inside.",
        searched_by=str(cn.frontline),
        searched_at=now,
        result="No answer.",
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
    unseen(incident, cn.frontline, now)
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
    owner = facts_of([incident], now)[incident.pk]["owner"].officer
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
        unseen(incident, cn.frontline, now + AN_HOUR)
    by = cn.superintendent
    overrides = [*all_overrides(incident, by, now), {"code": code, "reason": "I say so."}]
    with pytest.raises(Barred) as refused:
        authorise_closure(incident.reference, by=by, now=now, overrides=overrides)
    assert code in {barrier.code for barrier in refused.value.barriers}


def test_what_does_not_stand_cannot_be_overridden(cn: Unit, now: datetime) -> None:
    incident = log_incident(cn.frontline, now)
    seen_and_interviewed(incident, cn.frontline, now)
    ask(incident, cn.frontline, now)
    with pytest.raises(Invalid) as wrong:
        authorise_closure(
            incident.reference,
            by=cn.another(Role.DUTY_INSPECTOR),
            now=now,
            overrides=[{"code": "END-2", "reason": "No need."}],
        )
    assert [error.field for error in wrong.value.errors] == ["overrides.0.code"]


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
