"""What every page says about who is signed in: the officer, their duty now, and their menu."""

from typing import Any, cast

from django.http import HttpRequest

from core import clock
from core.registries.navigation import menu
from officers.models import Officer, Shift
from officers.rules.roles import Role
from officers.selectors.duty import read_duty


def signed_in(request: HttpRequest) -> Officer:
    """The officer whose browser asks, with the BCUs they cover; for views that need a sign-in."""
    if not isinstance(request.user, Officer):
        raise TypeError("This view was reached without a sign-in.")
    _duty(request)
    return request.user


def signed_in_officer(request: HttpRequest) -> dict[str, Any]:
    """`officer` with role_label and on_duty, and `nav`; one query beside the menu's own counts."""
    officer = getattr(request, "user", None)
    if not isinstance(officer, Officer):
        return {"officer": None, "nav": None}
    now = clock.now()
    shifts = _duty(request)
    here = [shift.role for shift in shifts if shift.bcu_id == officer.bcu_id]
    officer.on_duty = bool(shifts)
    officer.role_label = Role(here[0] if here else officer.role).label
    nav = menu(officer, {officer.role, *here}, now, request.path)
    return {"officer": officer, "nav": nav}


def _duty(request: HttpRequest) -> list[Shift]:
    """The shifts of this moment, read once a request."""
    shifts: list[Shift] | None = getattr(request, "duty_shifts", None)
    if shifts is None:
        shifts = read_duty(cast(Officer, request.user), clock.now())
        request.duty_shifts = shifts  # type: ignore[attr-defined]  # a request takes attributes
    return shifts
