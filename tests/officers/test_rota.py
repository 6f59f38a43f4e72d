"""Turns of duty by the clock on the wall, a rota filled, a shift added by hand."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from core.errors import Conflict, Invalid, NotPermitted, NotVisible
from core.models import Event
from officers.models import Shift
from officers.rules.roles import Rank, Role
from officers.rules.turns import ROTA_ROLES, Turn, turn_at, turn_of_duty, turns_from
from officers.selectors.duty import NobodyToAnswer, on_duty, roles_of
from officers.services.rota import fill_rota
from officers.services.shifts import add_shift
from tests.conftest import Unit
from tests.factories.officers import a_bcu, an_officer, on_shift
from tests.moments import NOW, london


@pytest.mark.parametrize(
    ("day", "turn", "hours"),
    [
        (date(2026, 7, 18), Turn.EARLY, 8),
        (date(2026, 7, 18), Turn.LATE, 8),
        (date(2026, 7, 18), Turn.NIGHT, 8),
        (date(2026, 3, 28), Turn.NIGHT, 7),  # The clocks go forward at 01:00 on 29 March.
        (date(2026, 10, 24), Turn.NIGHT, 9),  # They go back at 02:00 on 25 October.
    ],
)
def test_a_turn_is_as_long_as_the_clock_on_the_wall_makes_it(
    day: date, turn: Turn, hours: int
) -> None:
    duty = turn_of_duty(day, turn)
    assert duty.ends_at - duty.starts_at == timedelta(hours=hours)


@pytest.mark.parametrize("start", [date(2026, 3, 27), date(2026, 10, 23)])
def test_turns_leave_no_gap_and_no_overlap_when_the_clocks_change(start: date) -> None:
    turns = turns_from(start, 4)
    assert len(turns) == 12
    for before, after in pairwise(turns):
        assert before.ends_at == after.starts_at


@pytest.mark.parametrize(
    ("moment", "turn"),
    [
        ("2026-07-18 06:59", Turn.NIGHT),
        ("2026-07-18 07:00", Turn.EARLY),
        ("2026-07-18 15:00", Turn.LATE),
        ("2026-07-18 22:59", Turn.LATE),
        ("2026-07-18 23:00", Turn.NIGHT),
        ("2026-07-19 00:30", Turn.NIGHT),
    ],
)
def test_the_running_turn_is_found_by_local_time(moment: str, turn: Turn) -> None:
    assert turn_at(london(moment)).turn == turn


@pytest.mark.django_db
@pytest.mark.parametrize("start", [date(2026, 3, 27), date(2026, 7, 17), date(2026, 10, 23)])
def test_a_filled_rota_has_somebody_in_every_role_on_every_turn(start: date) -> None:
    bcu = a_bcu("CN")
    for role, needed in ROTA_ROLES.items():
        for _ in range(needed * 4):
            an_officer(role, bcu)
    fill_rota(bcu="CN", start=start, days=4, now=NOW)
    moment = turns_from(start, 1)[0].starts_at
    while moment < turns_from(start, 4)[-1].ends_at:
        for role in ROTA_ROLES:
            assert not on_duty("CN", role, moment).is_fallback
        moment += timedelta(hours=4)


@pytest.mark.django_db
def test_nobody_is_on_two_turns_at_once_or_without_eight_hours_between() -> None:
    bcu = a_bcu("CN")
    for _ in range(4):
        an_officer(Role.DUTY_INSPECTOR, bcu)
    fill_rota(bcu="CN", start=date(2026, 7, 1), days=30, now=NOW)
    by_officer: dict[int, list[Shift]] = {}
    for shift in Shift.objects.order_by("starts_at"):
        by_officer.setdefault(shift.officer_id, []).append(shift)
    assert len(by_officer) == 4
    for shifts in by_officer.values():
        for before, after in pairwise(shifts):
            assert after.starts_at - before.ends_at >= timedelta(hours=8)


@pytest.mark.django_db
def test_filling_the_same_days_twice_changes_nothing() -> None:
    bcu = a_bcu("CN")
    an_officer(Role.DUTY_INSPECTOR, bcu)
    assert fill_rota(bcu="CN", start=date(2026, 7, 1), days=2, now=NOW) == 6
    assert fill_rota(bcu="CN", start=date(2026, 7, 1), days=2, now=NOW) == 0
    assert Event.objects.filter(stream="rota-CN", kind="rota.filled").count() == 1


@pytest.mark.django_db
def test_the_fallback_officer_is_kept_off_the_rota_and_steps_into_a_gap() -> None:
    bcu = a_bcu("CN")
    an_officer(Role.DUTY_INSPECTOR, bcu)
    fill_rota(bcu="CN", start=date(2026, 7, 18), days=1, now=NOW)
    assert not Shift.objects.filter(officer=bcu.fallback_officer).exists()
    in_a_gap = on_duty(bcu, Role.SAFEGUARDING_DI, NOW)
    assert in_a_gap.is_fallback
    assert in_a_gap.officer == bcu.fallback_officer


@pytest.mark.django_db
def test_a_gap_without_a_fallback_officer_is_an_error_in_plain_words() -> None:
    bcu = a_bcu("CN", fallback=False)
    with pytest.raises(NobodyToAnswer, match="Nobody is on duty as Safeguarding DI in CN"):
        on_duty(bcu, Role.SAFEGUARDING_DI, NOW)


def test_an_inspector_adds_a_shift_and_the_trail_says_so(cn: Unit) -> None:
    sergeant = cn.another(Role.FRONTLINE, rank=Rank.PS)
    add_shift(
        bcu="CN",
        role=Role.DUTY_INSPECTOR,
        officer=sergeant,
        starts_at=NOW,
        ends_at=NOW + timedelta(hours=6),
        by=cn.inspector,
        now=NOW,
    )
    assert on_duty("CN", Role.DUTY_INSPECTOR, NOW).officer == sergeant
    assert Role.DUTY_INSPECTOR in roles_of(sergeant, NOW)
    event = Event.objects.get(stream="rota-CN")
    assert event.actor == cn.inspector
    assert "10:00 BST on 18 Jul 2026" in event.summary


@pytest.mark.parametrize(
    ("hours_from", "hours_to", "code"),
    [(2, 1, "ends_before_start"), (0, 25, "too_long"), (-9, -1, "in_the_past")],
)
def test_a_shift_with_impossible_times_is_refused_at_its_field(
    cn: Unit, hours_from: int, hours_to: int, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        add_shift(
            bcu="CN",
            role=Role.FRONTLINE,
            officer=cn.another(),
            starts_at=NOW + timedelta(hours=hours_from),
            ends_at=NOW + timedelta(hours=hours_to),
            by=cn.inspector,
            now=NOW,
        )
    assert [(e.field, e.code) for e in refused.value.errors] == [("ends_at", code)]


def test_the_same_shift_twice_is_a_conflict(cn: Unit) -> None:
    officer = cn.another()
    on_shift(officer, NOW, NOW + timedelta(hours=8))
    with pytest.raises(Conflict, match="already on the rota"):
        add_shift(
            bcu="CN",
            role=Role.FRONTLINE,
            officer=officer,
            starts_at=NOW,
            ends_at=NOW + timedelta(hours=8),
            by=cn.inspector,
            now=NOW,
        )


def test_only_an_inspector_or_superintendent_of_the_bcu_changes_its_rota(
    cn: Unit, ne: Unit
) -> None:
    shift = {
        "bcu": "CN",
        "role": Role.FRONTLINE,
        "officer": cn.another(),
        "starts_at": NOW,
        "ends_at": NOW + timedelta(hours=8),
        "now": NOW,
    }
    with pytest.raises(NotPermitted):
        add_shift(**shift, by=cn.frontline)  # type: ignore[arg-type]  # a dictionary of its fields
    with pytest.raises(NotVisible):
        add_shift(**shift, by=ne.inspector)  # type: ignore[arg-type]  # a dictionary of its fields
