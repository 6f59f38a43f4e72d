"""The tabs of an incident that this app gives, and what it offers to do on the overview."""

from mispers.models import Incident
from mispers.registries import Act, Tab, register_act, register_tab
from officers.rules.permitted import Permission


def register() -> None:
    """Put the overview first and the timeline last; called once when the app is ready."""
    register_tab(Tab("Overview", "incident", order=0))
    register_tab(Tab("Known", "incident-known", order=15))
    register_tab(Tab("Investigation", "incident-investigation", order=20))
    register_tab(Tab("Closure", "incident-closure", order=60))
    register_tab(Tab("Timeline", "incident-timeline", order=90))
    register_act(Act("Record a search", "record-search", 20, Permission.RECORD))
    register_act(Act("Add to the log", "add-log-entry", 30, Permission.RECORD, shown=_always))
    register_act(Act("Record how they were located", "record-located", 60, Permission.LOCATE))
    register_act(
        Act(
            "Reopen the incident",
            "reopen-incident",
            70,
            Permission.REOPEN,
            shown=lambda incident: not incident.is_open,
        )
    )


def _always(incident: Incident) -> bool:
    return True
