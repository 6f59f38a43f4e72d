"""The rota's page: gaps found ahead, who may change it, the same cost for any number."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser

from officers.models import Officer, Shift
from officers.rules.roles import Role
from officers.selectors.gaps import gaps_ahead
from tests.conftest import Unit
from tests.factories.officers import a_bcu, an_officer, nobody_on, on_shift
from tests.moments import NOW

SignIn = Callable[[Officer], Browser]


def test_every_stretch_without_anybody_is_a_gap_and_touching_shifts_leave_none(db: None) -> None:
    inspector = an_officer(Role.DUTY_INSPECTOR, a_bcu("CN"))
    hour = timedelta(hours=1)
    on_shift(inspector, NOW - hour, NOW + hour)
    on_shift(inspector, NOW + hour, NOW + 3 * hour)
    on_shift(inspector, NOW + 5 * hour, NOW + 9 * hour)
    gaps = [
        (gap.starts_at, gap.ends_at)
        for gap in gaps_ahead(["CN"], NOW, NOW + 10 * hour)
        if gap.role == Role.DUTY_INSPECTOR
    ]
    assert gaps == [
        (NOW + 3 * hour, NOW + 5 * hour),
        (NOW + 9 * hour, NOW + 10 * hour),
    ]


def test_a_role_without_any_shift_is_one_gap_and_somebody_who_left_fills_none(cn: Unit) -> None:
    cn.inspector.is_active = False
    cn.inspector.save()
    gaps = gaps_ahead(["CN"], NOW, NOW + timedelta(hours=48))
    assert [(gap.role, gap.ends_at - gap.starts_at) for gap in gaps] == [
        (Role.DUTY_INSPECTOR, timedelta(hours=48))
    ]


def test_the_page_names_the_fallback_where_nobody_is_on_duty(
    cn: Unit, browser_as: SignIn, now: datetime
) -> None:
    nobody_on(Role.SAFEGUARDING_DI)
    page = browser_as(cn.inspector).get("/rota/").content.decode()
    assert "Nobody as Safeguarding DI" in page
    assert "answers as the fallback" in page


@pytest.mark.parametrize(
    ("role", "own", "status"),
    [
        (Role.FRONTLINE, True, 403),
        (Role.MISSING_PERSONS_UNIT, True, 403),
        (Role.SAFEGUARDING_DI, True, 403),
        (Role.DUTY_INSPECTOR, True, 200),
        (Role.SUPERINTENDENT, True, 200),
        (Role.DUTY_INSPECTOR, False, 404),
        (Role.SUPERINTENDENT, False, 404),
        (Role.RECORDS, False, 403),
    ],
)
def test_who_may_open_the_form_for_a_shift(
    cn: Unit, ne: Unit, browser_as: SignIn, now: datetime, role: Role, own: bool, status: int
) -> None:
    officer = an_officer(role, cn.bcu if own else ne.bcu)
    assert browser_as(officer).get("/rota/CN/add/").status_code == status


def test_a_bcu_that_does_not_exist_is_not_found(
    cn: Unit, browser_as: SignIn, now: datetime
) -> None:
    assert browser_as(cn.inspector).get("/rota/XX/add/").status_code == 404


def test_what_was_typed_stays_when_a_shift_is_refused(
    cn: Unit, browser_as: SignIn, now: datetime
) -> None:
    answer = browser_as(cn.inspector).post(
        "/rota/CN/add/",
        {
            "officer": cn.frontline.pk,
            "role": "duty_inspector",
            "starts_at_day": "19/7/2026",
            "starts_at_time": "15:00",
            "ends_at_day": "19/7/2026",
            "ends_at_time": "14:00",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The end must be after the start" in page
    assert 'value="15:00"' in page
    assert not Shift.objects.filter(officer=cn.frontline, role="duty_inspector").exists()
