"""Everything that mispers registers elsewhere: events, barriers, an incident's pages, the menu."""

from core import trail
from core.registries.navigation import NavItem, register_nav
from core.registries.reference import ReferenceData, register_reference
from mispers import events
from mispers.barriers import barriers_of_incident
from mispers.presenters import panels
from mispers.registries import (
    Act,
    Panel,
    Tab,
    register_acts,
    register_barriers,
    register_filter,
    register_panels,
    register_provider,
    register_tabs,
)
from mispers.selectors import incidents, strips
from mispers.services.reference import load_protocol
from officers.rules.permitted import MAY, Permission

KINDS = trail.kinds_in(events)

# What of an incident's strip this app knows, and how its lists are narrowed.
PROVIDERS = strips.PROVIDERS
FILTERS = incidents.FILTERS

BARRIERS = (barriers_of_incident,)

TABS = (
    Tab("Overview", "incident", order=0),
    Tab("Known", "incident-known", order=15),
    Tab("Investigation", "incident-investigation", order=20),
    Tab("Closure", "incident-closure", order=60),
    Tab("Timeline", "incident-timeline", order=90),
)

PANELS = (
    Panel("mispers/report/relied_on.html", order=0, context=panels.relied_on_panel),
    Panel("mispers/known/panel.html", order=1, context=panels.known_panel),
)

ACTS = (
    Act("Record a search", "record-search", 20, Permission.RECORD),
    Act("Add to the log", "add-log-entry", 30, Permission.RECORD, shown=lambda _incident: True),
    Act("Record how they were located", "record-located", 60, Permission.LOCATE),
    Act(
        "Reopen the incident",
        "reopen-incident",
        70,
        Permission.REOPEN,
        shown=lambda incident: not incident.is_open,
    ),
    Act("Correct the report", "incident-correct", 80, Permission.CORRECT),
)

NAV = (
    NavItem("Report", "report", order=10, roles=MAY[Permission.LOG_REPORT]),
    NavItem("Open incidents", "open-incidents", order=20),
    NavItem("Look somebody up", "people", order=60),
    NavItem("Search", "search", order=70),
    NavItem("Protocol", "protocol", order=95, seldom=True),
)

REFERENCE = (ReferenceData("Versions of the protocol", 50, load_protocol),)


def wire() -> None:
    """Called once, when the site starts."""
    for provider in PROVIDERS:
        register_provider(provider)
    for name, narrow in FILTERS.items():
        register_filter(name, narrow)
    register_barriers(*BARRIERS)
    register_tabs(*TABS)
    register_panels(*PANELS)
    register_acts(*ACTS)
    register_nav(*NAV)
    register_reference(*REFERENCE)
