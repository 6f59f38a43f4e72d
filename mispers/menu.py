"""The pages of this app in the site's menu."""

from core.navigation import NavItem, register_nav


def register() -> None:
    """Put the lists of incidents into the menu; called once when the app is ready."""
    register_nav(NavItem("Open incidents", "open-incidents", order=20))
    register_nav(NavItem("Search", "search", order=70))
