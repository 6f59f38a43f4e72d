"""The tabs of an incident that this app gives."""

from mispers.extensions import Tab, register_tab


def register() -> None:
    """Put the overview first and the timeline last; called once when the app is ready."""
    register_tab(Tab("Overview", "incident", order=0))
    register_tab(Tab("Investigation", "incident-investigation", order=20))
    register_tab(Tab("Closure", "incident-closure", order=60))
    register_tab(Tab("Timeline", "incident-timeline", order=90))
