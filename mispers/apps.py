"""Registers the incident's barriers, tabs and menu."""

from django.apps import AppConfig


class MispersConfig(AppConfig):
    """The incident; knows nothing of grades, chains and reviews."""

    name = "mispers"
    verbose_name = "Missing-person incidents"

    def ready(self) -> None:
        """Give this app's kinds of event, and its part of an incident's pages."""
        from mispers import barriers, events, menu, tabs  # noqa: F401 - events register
        from mispers.presenters import panels
        from mispers.registries import register_filter, register_provider
        from mispers.selectors import incidents, strips
        from mispers.services import reference

        for provider in strips.PROVIDERS:
            register_provider(provider)
        for name, narrow in incidents.FILTERS.items():
            register_filter(name, narrow)
        barriers.register()
        tabs.register()
        menu.register()
        panels.register()
        reference.register()
