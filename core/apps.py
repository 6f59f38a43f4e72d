"""Registers what every app stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """The trail, the forms and the common parts of the API."""

    name = "core"
    verbose_name = "What every app stands on"

    def ready(self) -> None:
        """Join the others, as the wiring lists it."""
        from core import wiring

        wiring.wire()
