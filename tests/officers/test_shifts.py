"""Shifts added, changed, taken out, covered and repeated; what was there stays on the record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client as Browser

from core.errors import Conflict, Invalid, NotPermitted, NotVisible
from core.models import Event
from officers.models import Officer, Shift
from officers.rules.bank_holidays import bank_holiday, clock_change
from officers.rules.roles import Role
from officers.rules.turns import Turn, turn_of_duty
from officers.rules.weekly import WeeklyPattern
from officers.selectors.duty import on_duty, read_duty, roles_of
from officers.selectors.gaps import gaps_ahead
from officers.selectors.shifts import to_cover
from officers.services.absences import record_absence
from officers.services.shifts import add_shift, change_shift, cover_shift, take_out_shift
from officers.services.weekly import repeat_shifts
from ownership.models import Capacity
from ownership.selectors.receivers import receivers
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.officers import nobody_on, on_shift
from tests.factories.ownership import an_action, held
from tests.moments import NOW, london
from tests.rest import Rest

SignIn = Callable[[Officer], Browser]
HOUR = timedelta(hours=1)
LATER = NOW + 48 * HOUR


def an_added_shift(cn: Unit, officer: Officer, **over: object) -> Shift:
    given = {
        "bcu": "CN", "role": Role.FRONTLINE, "officer": officer,
        "starts_at": LATER, "ends_at": LATER + 8 * HOUR, **over,
    }  # fmt: skip
    return add_shift(by=cn.inspector, now=NOW, **given)  # type: ignore[arg-type]  # its arguments


def test_a_changed_shift_stands_in_the_place_of_the_first_and_both_stay(cn: Unit) -> None:
    first, second = cn.another(), cn.another()
    before = an_added_shift(cn, first)
    after = change_shift(
        shift=before.pk, role=Role.FRONTLINE, officer=second,
        starts_at=LATER + HOUR, ends_at=LATER + 9 * HOUR, by=cn.superintendent, now=NOW,
    )  # fmt: skip
    assert not Shift.objects.filter(officer=first).exists()
    assert Shift.every.get(pk=before.pk).taken_out_by == cn.superintendent
    assert after.replaces == before
    event = Event.objects.get(kind="rota.shift_changed")
    assert event.actor == cn.superintendent
    assert f"not {first} as Frontline officer in CN from 10:00 BST on 20 Jul 2026" in event.summary
    assert event.data["before"]["shift"] == before.pk
    with pytest.raises(Conflict, match=f"{cn.superintendent} took this shift out"):
        take_out_shift(shift=before.pk, by=cn.inspector, now=NOW)


def test_of_a_running_shift_only_the_rest_is_taken_out_and_only_the_end_changed(cn: Unit) -> None:
    officer = cn.another()
    running = on_shift(officer, NOW - 2 * HOUR, NOW + 6 * HOUR)
    with pytest.raises(Invalid, match="change only its end"):
        change_shift(
            shift=running.pk, role=Role.FRONTLINE, officer=cn.another(),
            starts_at=running.starts_at, ends_at=running.ends_at, by=cn.inspector, now=NOW,
        )  # fmt: skip
    longer = change_shift(
        shift=running.pk, role=Role.FRONTLINE, officer=officer,
        starts_at=running.starts_at, ends_at=NOW + 8 * HOUR, by=cn.inspector, now=NOW,
    )  # fmt: skip
    rest = take_out_shift(shift=longer.pk, by=cn.inspector, now=NOW)
    assert (rest.starts_at, rest.ends_at) == (NOW, NOW + 8 * HOUR)
    kept = Shift.objects.get(officer=officer)
    assert (kept.starts_at, kept.ends_at) == (NOW - 2 * HOUR, NOW)
    with pytest.raises(Conflict, match="This shift is over"):
        take_out_shift(shift=kept.pk, by=cn.inspector, now=NOW + HOUR)


def test_the_database_keeps_every_shift_as_it_was(cn: Unit) -> None:
    shift = an_added_shift(cn, cn.another())
    with pytest.raises(InternalError, match="Cannot delete"), transaction.atomic():
        shift.delete()
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(ends_at=LATER + 9 * HOUR)
    with pytest.raises(IntegrityError, match="taken_out_by_and_when"), transaction.atomic():
        Shift.objects.filter(pk=shift.pk).update(taken_out_at=NOW)


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"ends_at": LATER}, "ends_at"),
        ({"ends_at": LATER + 25 * HOUR}, "ends_at"),
        ({"starts_at": NOW - 8 * HOUR, "ends_at": NOW}, "ends_at"),
        ({"role": Role.RECORDS}, "role"),
    ],
)
def test_a_wrong_shift_is_refused_at_its_field(
    cn: Unit, over: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        an_added_shift(cn, cn.another(), **over)
    assert [error.field for error in refused.value.errors] == [field]


def test_somebody_of_another_bcu_covers_sees_and_acts_there_for_the_shift_alone(
    cn: Unit, ne: Unit, browser_as: SignIn, clock_at: Callable[[datetime], datetime],
    api: Callable[..., Rest],
) -> None:  # fmt: skip
    clock_at(NOW)
    reference = log_incident(cn.frontline, NOW).reference
    nobody_on(Role.DUTY_INSPECTOR)
    covering = ne.another(Role.FRONTLINE)
    start, end = NOW + 12 * HOUR, NOW + 20 * HOUR
    an_added_shift(cn, covering, role=Role.DUTY_INSPECTOR, starts_at=start, ends_at=end)
    assert on_duty("CN", Role.DUTY_INSPECTOR, start).officer == covering
    assert roles_of(covering, start, "CN") == {Role.FRONTLINE, Role.DUTY_INSPECTOR}
    assert roles_of(covering, start) == {Role.FRONTLINE}
    seen = {}
    minute = timedelta(minutes=1)
    # From an hour before until an hour after: the time in which incidents are handed over.
    for moment in (start - HOUR - minute, start - HOUR, start, end + HOUR - minute, end + HOUR):
        clock_at(moment)
        page = browser_as(covering).get(f"/incidents/{reference}/")
        rest = api(covering, bcus=[cn.bcu, ne.bcu]).get(f"/api/v1/incidents/{reference}/")
        assert page.status_code == rest.status_code
        seen[moment] = page.status_code
    assert list(seen.values()) == [404, 200, 200, 200, 404]
    clock_at(start)
    log = {"text": "Rang the mother."}
    there = api(covering, bcus=[cn.bcu, ne.bcu])
    assert there.post(f"/api/v1/incidents/{reference}/log/", log).status_code == 201
    # A client that sees less than the officer narrows what is seen through it.
    assert api(covering).get(f"/api/v1/incidents/{reference}/").status_code == 404
    clock_at(end + HOUR)
    assert there.post(f"/api/v1/incidents/{reference}/log/", log).status_code == 404


def test_reading_their_duty_widens_what_an_officer_sees_and_what_is_over_narrows_it(
    cn: Unit, ne: Unit
) -> None:
    covering = ne.another()
    on_shift(covering, NOW, NOW + 8 * HOUR, bcu=cn.bcu)
    (running,) = read_duty(covering, NOW)
    assert running.bcu_id == "CN"
    assert covering.bcus_seen() == ("NE", "CN")
    assert read_duty(covering, NOW + 9 * HOUR) == []
    assert covering.bcus_seen() == ("NE",)
    board = ne.another(Role.ASSURANCE_BOARD)
    read_duty(board, NOW)
    assert board.bcus_seen() is None


def test_an_inspector_who_covers_is_offered_what_the_bcu_holds_and_accepts_it(
    cn: Unit, ne: Unit, now: datetime, api: Callable[..., Rest]
) -> None:
    incident = log_incident(cn.frontline, now)
    covering = ne.another(Role.DUTY_INSPECTOR)
    offer = {
        "capacity": "inspector", "to": str(covering.pk), "bcu": "CN",
        "items": [{"incident": incident.reference}],
    }  # fmt: skip
    rest = api(cn.inspector)
    assert rest.post("/api/v1/handovers/", offer).status_code == 400
    assert covering not in receivers("CN", now)
    on_shift(covering, now + HOUR, now + 9 * HOUR, bcu=cn.bcu)
    assert covering in receivers("CN", now)
    made = rest.post("/api/v1/handovers/", offer)
    assert made.status_code == 201, made.content
    there = api(covering, bcus=[cn.bcu, ne.bcu])
    path = f"/api/v1/handovers/{made.json()['id']}/accept/"
    assert there.post(path, {}).json()["state"] == "accepted"
    assert held(incident, Capacity.INSPECTOR) == covering
    # Whoever is responsible for an action must see the incident, which they do while they cover.
    assert an_action(incident, cn.inspector, now, covering).responsible == covering
    with pytest.raises(Invalid, match="cannot see incidents of CN"):
        an_action(incident, cn.inspector, now, ne.another())


@pytest.mark.parametrize(
    ("day", "hours", "change"),
    [
        (date(2026, 3, 28), 7, "The clocks go forward"),
        (date(2026, 10, 24), 9, "The clocks go back"),
    ],
)
def test_repeated_nights_have_no_gap_and_no_overlap_where_the_clocks_change(
    cn: Unit, day: date, hours: int, change: str
) -> None:
    now = turn_of_duty(day, Turn.EARLY).starts_at - timedelta(days=7)
    nobody_on(Role.SAFEGUARDING_DI)
    for turn in Turn:
        pattern = WeeklyPattern(
            turn=turn, first_day=day - timedelta(days=1), weekdays=range(7), weeks=1
        )
        repeat_shifts(
            bcu="CN", role=Role.SAFEGUARDING_DI, officer=cn.another(Role.SAFEGUARDING_DI),
            pattern=pattern, by=cn.superintendent, now=now,
        )  # fmt: skip
    shifts = list(Shift.objects.filter(role=Role.SAFEGUARDING_DI).order_by("starts_at"))
    assert len(shifts) == 21
    for before, after in pairwise(shifts):
        assert before.ends_at == after.starts_at
    lengths = {(s.ends_at - s.starts_at) for s in shifts}
    assert lengths == {8 * HOUR, hours * HOUR}
    gaps = gaps_ahead(["CN"], shifts[0].starts_at, shifts[-1].ends_at)
    assert not [gap for gap in gaps if gap.role == Role.SAFEGUARDING_DI]
    # Somebody is on duty in each of the hours that the change leaves out or doubles.
    for hour in range(25):
        moment = london(f"{day} 23:00") + hour * HOUR
        assert not on_duty("CN", Role.SAFEGUARDING_DI, moment).is_fallback
    assert clock_change(day + timedelta(days=1)) == change
    assert clock_change(day) == ""


def test_repeating_again_adds_nothing_and_one_clash_keeps_all_out(cn: Unit) -> None:
    officer = cn.another()
    pattern = WeeklyPattern(turn=Turn.LATE, first_day=date(2026, 7, 20), weekdays=[0, 2], weeks=3)

    def repeat(pattern: WeeklyPattern) -> list[Shift]:
        return repeat_shifts(
            bcu="CN", role=Role.FRONTLINE, officer=officer, pattern=pattern,
            by=cn.inspector, now=NOW,
        )  # fmt: skip

    assert len(repeat(pattern)) == 6
    assert repeat(pattern) == []
    assert Event.objects.filter(kind="rota.repeated").count() == 1
    clash = replace(pattern, turn=Turn.EARLY, first_day=date(2026, 7, 19), weekdays=[6, 0])
    on_shift(officer, london("2026-07-20 08:00"), london("2026-07-20 09:00"))
    with pytest.raises(Conflict, match=r"20 Jul 2026: .* already on the rota"):
        repeat(clash)
    assert Shift.objects.filter(officer=officer).count() == 7


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2026, 12, 25), "Christmas Day"),
        (date(2026, 12, 28), "Boxing Day (observed)"),
        (date(2026, 4, 6), "Easter Monday"),
        (date(2026, 3, 17), ""),  # Saint Patrick's Day is one in Northern Ireland alone.
        (date(2026, 1, 2), ""),  # And this one in Scotland.
    ],
)
def test_bank_holidays_are_those_of_england_and_wales(day: date, name: str) -> None:
    assert bank_holiday(day) == name


def test_an_absent_officers_shift_is_covered_once_and_by_whom_it_says(cn: Unit, ne: Unit) -> None:
    officer, colleague = cn.another(), cn.another()
    shift = an_added_shift(cn, officer)
    record_absence(
        officer=officer, kind="sick", starts_at=NOW, ends_at=LATER + 100 * HOUR,
        by=cn.inspector, now=NOW,
    )  # fmt: skip
    (away,) = to_cover(NOW, bcu="CN")
    assert away.pk == shift.pk
    with pytest.raises(NotVisible):
        cover_shift(shift=away.pk, officer=ne.frontline, by=ne.frontline, now=NOW)
    with pytest.raises(NotPermitted):
        cover_shift(shift=away.pk, officer=cn.another(), by=colleague, now=NOW)
    cover = cover_shift(shift=away.pk, officer=colleague, by=colleague, now=NOW)
    assert cover.covers == away
    assert not to_cover(NOW, bcu="CN").exists()
    with pytest.raises(Conflict, match=f"{colleague} stands in already"):
        cover_shift(shift=away.pk, officer=ne.frontline, by=cn.inspector, now=NOW)
    with pytest.raises(Conflict, match="is away until"):
        an_added_shift(cn, officer)
    with pytest.raises(IntegrityError, match="shift_covered_by_one"), transaction.atomic():
        Shift.objects.create(
            bcu=cn.bcu, role=Role.FRONTLINE, officer=ne.frontline,
            starts_at=LATER, ends_at=LATER + HOUR, covers=away,
        )  # fmt: skip
