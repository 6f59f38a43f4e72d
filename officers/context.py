"""What every page says about who is signed in: the officer, their duty now, and their menu."""

from typing import Any

from django.http import HttpRequest

from core import clock
from core.navigation import menu
from officers.models import Officer, Shift
from officers.roles import Role


def signed_in(request: HttpRequest) -> Officer:
    """The officer whose browser asks; only for views that need a sign-in."""
    if not isinstance(request.user, Officer):
        raise TypeError("This view was reached without a sign-in.")
    return request.user


def signed_in_officer(request: HttpRequest) -> dict[str, Any]:
    """`officer` with role_label and on_duty, and `nav`; one query beside the menu's own counts."""
    officer = getattr(request, "user", None)
    if not isinstance(officer, Officer):
        return {"officer": None, "nav": []}
    now = clock.now()
    shifts = list(
        Shift.objects.filter(officer=officer, starts_at__lte=now, ends_at__gt=now).order_by(
            "-starts_at", "-pk"
        )
    )
    here = [shift.role for shift in shifts if shift.bcu_id == officer.bcu_id]
    officer.on_duty = bool(shifts)
    officer.role_label = Role(here[0] if here else officer.role).label
    nav = menu(officer, {officer.role, *here}, now, request.path)
    return {"officer": officer, "nav": nav}
