"""Rules of assurance that need more than the one table."""

from datetime import datetime

from core.errors import NotPermitted
from mispers.models import Incident
from officers.models import Officer
from officers.permissions import check_may
from officers.rules.permitted import Permission
from officers.selectors.visibility import Reader
from ownership.models import CustodyLink


def check_reader_may(reader: Reader, permission: Permission, now: datetime) -> None:
    """Raise NotPermitted for an officer without the permission; a client system has its scopes."""
    if isinstance(reader, Officer):
        check_may(reader, permission, now)


def check_independent(officer: Officer, incident: Incident) -> None:
    """Raise NotPermitted for whoever has ever answered for the record: somebody else reviews it."""
    if CustodyLink.objects.filter(incident=incident, officer=officer).exists():
        raise NotPermitted("You have answered for this incident: somebody else reviews it.")


def is_independent(officer: Officer, incident: Incident) -> bool:
    """Whether `check_independent` would pass; for buttons."""
    try:
        check_independent(officer, incident)
    except NotPermitted:
        return False
    return True
