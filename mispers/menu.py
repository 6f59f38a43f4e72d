"""The pages of this app in the site's menu."""

from core.registries.navigation import NavItem, register_nav
from officers.rules.permitted import MAY, Permission


def register() -> None:
    """Put reporting, the lists and the look-ups into the menu; called once when ready."""
    register_nav(NavItem("Report", "report", order=10, roles=frozenset(MAY[Permission.LOG_REPORT])))
    register_nav(NavItem("Open incidents", "open-incidents", order=20))
    register_nav(NavItem("Look somebody up", "people", order=60))
    register_nav(NavItem("Search", "search", order=70))
