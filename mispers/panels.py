"""The parts of an incident's overview that intake gives."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mispers.earlier import what_earlier_reports_relied_on
from mispers.extensions import Act, Panel, register_act, register_panel
from mispers.models import Incident
from officers.models import Officer
from officers.permissions import Permission


def register() -> None:
    """Put what earlier reports relied on first, and offer a correction; called once when ready."""
    register_panel(Panel("mispers/report/relied_on.html", order=0, context=_relied_on))
    register_act(Act("Correct the report", "incident-correct", 80, Permission.CORRECT))


def _relied_on(incident: Incident, officer: Officer, now: datetime) -> Mapping[str, Any]:
    if not incident.is_open:
        return {"relied_on": []}
    return {"relied_on": what_earlier_reports_relied_on(incident, officer)}
