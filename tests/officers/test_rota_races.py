"""Two at once on the rota: one takes the shift, and the other is told who did."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from core.errors import Conflict
from officers.models import Shift
from officers.rules.roles import Role
from officers.services import rota_checks, shifts, swaps
from officers.services.absences import record_absence
from officers.services.shifts import add_shift, cover_shift
from officers.services.swaps import accept_swap, offer_swap
from tests.conftest import Unit, a_unit
from tests.factories.officers import on_shift
from tests.moments import NOW
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

START = NOW + timedelta(days=1)
END = START + timedelta(hours=8)


@pytest.fixture
def unit(transactional_db: None) -> Unit:
    return a_unit("CN")


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the rota's lock off, and let two threads check before either writes."""
    wait = meeting(2)
    check = rota_checks.check_free

    def check_and_wait(shift: Shift, **over: list[int]) -> None:
        check(shift, **over)
        wait()

    for module in (shifts, swaps):
        monkeypatch.setattr(module, "lock", lambda *_: None)
        monkeypatch.setattr(module, "check_free", check_and_wait)


def the_same_shift_twice(unit: Unit) -> list[object]:
    """Two inspectors put the same officer on overlapping shifts."""
    officer = unit.another()

    def put_on(minutes: int) -> Callable[[], Shift]:
        later = timedelta(minutes=minutes)
        return lambda: add_shift(
            bcu="CN", role=Role.FRONTLINE, officer=officer, starts_at=START + later,
            ends_at=END + later, by=unit.inspector, now=NOW,
        )  # fmt: skip

    return at_once(put_on(0), put_on(30))


def test_of_two_who_put_an_officer_on_overlapping_shifts_one_is_told(unit: Unit) -> None:
    answers = the_same_shift_twice(unit)
    assert sum(isinstance(each, Conflict) for each in answers) == 1
    assert Shift.objects.filter(starts_at__gte=START).count() == 1


def test_control_without_the_lock_both_shifts_are_on_the_rota(unit: Unit, no_lock: None) -> None:
    the_same_shift_twice(unit)
    assert Shift.objects.filter(starts_at__gte=START).count() == 2


def two_cover(unit: Unit) -> list[object]:
    """Two colleagues take an absent officer's shift on themselves."""
    away = on_shift(unit.another(), START, END)
    record_absence(
        officer=away.officer, kind="sick", starts_at=START, ends_at=END, by=away.officer, now=NOW
    )
    first, second = unit.another(), unit.another()
    return at_once(
        lambda: cover_shift(shift=away.pk, officer=first, by=first, now=NOW),
        lambda: cover_shift(shift=away.pk, officer=second, by=second, now=NOW),
    )


def test_of_two_who_take_the_same_cover_one_has_it_and_the_other_learns_who(unit: Unit) -> None:
    answers = two_cover(unit)
    (cover,) = Shift.objects.filter(covers__isnull=False)
    (refused,) = (each for each in answers if isinstance(each, Conflict))
    assert refused.message == f"{cover.officer} stands in already."


def test_even_without_the_lock_the_database_gives_the_cover_to_one(
    unit: Unit, no_lock: None
) -> None:
    answers = two_cover(unit)
    (refused,) = (each for each in answers if isinstance(each, Conflict))
    # The control: without the lock nobody can be named, for both found the shift free.
    assert refused.message == "Somebody stands in already."
    assert Shift.objects.filter(covers__isnull=False).count() == 1


def test_a_swap_accepted_twice_at_once_moves_the_shift_once(unit: Unit) -> None:
    giver, receiver = unit.another(), unit.another()
    shift = on_shift(giver, START, END)
    swap = offer_swap(shift=shift.pk, to=receiver, by=giver, now=NOW)
    answers = at_once(
        lambda: accept_swap(swap=swap.pk, by=receiver, now=NOW),
        lambda: accept_swap(swap=swap.pk, by=receiver, now=NOW),
    )
    assert sum(isinstance(each, Conflict) for each in answers) == 1
    assert Shift.objects.filter(starts_at=START).count() == 1
