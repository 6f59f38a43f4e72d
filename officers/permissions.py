"""Whether somebody may do something at a moment, by the one table (`officers.rules.permitted`)."""

from datetime import datetime

from core.errors import NotPermitted
from officers.models import Officer
from officers.rules.permitted import MAY, Permission
from officers.rules.roles import Role
from officers.selectors.duty import roles_of


def check_may(officer: Officer, permission: Permission, now: datetime, bcu: str = "") -> None:
    """Raise NotPermitted unless the posting or the rota's role of this moment allows it.

    bcu: where it is done, for somebody who covers another than their own.
    """
    if Role(officer.role) in MAY[permission] or roles_of(officer, now, bcu) & MAY[permission]:
        return
    raise NotPermitted(f"Your role does not let you {permission.label}.")


def may(officer: Officer, permission: Permission, now: datetime, bcu: str = "") -> bool:
    """Whether `check_may` would pass; for buttons and navigation."""
    try:
        check_may(officer, permission, now, bcu)
    except NotPermitted:
        return False
    return True


def permissions_of(officer: Officer, now: datetime, bcu: str = "") -> frozenset[Permission]:
    """Everything the officer may do at this moment in a BCU (or their own), in one query."""
    held = roles_of(officer, now, bcu)
    return frozenset(permission for permission, roles in MAY.items() if held & roles)
