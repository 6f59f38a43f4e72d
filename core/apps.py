"""Registers what every app stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The trail, the forms and the common parts of the API."""

    name = "core"
    verbose_name = "What every app stands on"

    def ready(self) -> None:
        """What is put on the trail is told to the pages that are open."""
        from core.push import channel  # noqa: F401 - it registers itself
