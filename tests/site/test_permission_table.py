"""The table of permissions, written out in full, and the pair that reads it."""

from datetime import datetime, timedelta

import pytest

from core.errors import NotPermitted
from officers.permissions import check_may, may, permissions_of
from officers.rules.permitted import MAY, Permission
from officers.rules.roles import Role
from tests.conftest import Unit
from tests.factories.officers import on_shift

ROLES = (
    Role.FRONTLINE, Role.DUTY_INSPECTOR, Role.SAFEGUARDING_DI, Role.MISSING_PERSONS_UNIT,
    Role.SUPERINTENDENT, Role.ASSURANCE_BOARD, Role.RECORDS,
)  # fmt: skip

# One column for each of ROLES, in that order.
TABLE = """
    log_report            yes yes yes yes yes no  no
    record                yes yes yes yes yes no  no
    correct               yes yes yes yes yes no  no
    assess_risk           yes yes yes yes yes no  no
    endorse_risk          no  yes yes no  yes no  no
    set_action            yes yes yes yes yes no  no
    approve_not_pursued   no  yes yes no  yes no  no
    hand_over             yes yes yes yes yes no  no
    locate                yes yes yes yes yes no  no
    ask_closure           yes yes yes yes yes no  no
    authorise_closure     no  yes yes no  yes no  no
    close_early           no  no  no  no  yes no  no
    reopen                yes yes yes yes yes no  no
    dip_sample            no  no  no  no  yes yes no
    see_standards         no  yes yes yes yes yes yes
    disclose              no  no  no  no  no  no  yes
    edit_rota             no  yes no  no  yes no  no
    see_training          no  yes yes yes yes yes no
    record_training       no  yes no  no  yes no  no
    see_risk_figures      no  yes yes yes yes yes no
    see_answered_for      no  no  no  no  yes yes yes
"""
CELLS = {
    (Permission(name), role): {"yes": True, "no": False}[answer]
    for name, *answers in (line.split() for line in TABLE.strip().splitlines())
    for role, answer in zip(ROLES, answers, strict=True)
}


def test_the_table_has_every_permission_and_every_role() -> None:
    assert len(CELLS) == len(Permission) * len(Role)
    assert set(CELLS) == {(permission, role) for permission in Permission for role in Role}
    assert set(MAY) == set(Permission)


def test_the_table_says_what_is_enforced() -> None:
    wrong = {cell for cell, allowed in CELLS.items() if (cell[1] in MAY[cell[0]]) != allowed}
    assert not wrong


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_check_raises_where_the_question_says_no(cn: Unit, now: datetime, role: Role) -> None:
    officer = cn.another(role)
    for permission in Permission:
        allowed = CELLS[permission, role]
        assert may(officer, permission, now) is allowed, permission
        if allowed:
            check_may(officer, permission, now)
        else:
            with pytest.raises(NotPermitted, match=permission.label):
                check_may(officer, permission, now)
    assert permissions_of(officer, now) == {each for each in Permission if CELLS[each, role]}


@pytest.mark.django_db
def test_the_rota_adds_a_role_for_the_length_of_the_shift(cn: Unit, now: datetime) -> None:
    officer = cn.another(Role.FRONTLINE)
    on_shift(officer, now, now + timedelta(hours=8), Role.DUTY_INSPECTOR)
    permission = Permission.AUTHORISE_CLOSURE
    minute = timedelta(minutes=1)
    moments = (now - minute, now, now + timedelta(hours=8) - minute, now + timedelta(hours=8))
    assert [may(officer, permission, each) for each in moments] == [False, True, True, False]
    assert may(officer, Permission.LOG_REPORT, now)


@pytest.mark.django_db
def test_a_shift_in_another_bcu_gives_its_role_there_and_not_at_home(
    cn: Unit, ne: Unit, now: datetime
) -> None:
    officer = cn.another(Role.FRONTLINE)
    on_shift(officer, now, now + timedelta(hours=8), Role.DUTY_INSPECTOR, ne.bcu)
    assert not may(officer, Permission.AUTHORISE_CLOSURE, now)
    assert may(officer, Permission.AUTHORISE_CLOSURE, now, "NE")
