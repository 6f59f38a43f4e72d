"""Registers the app of the incident."""

from django.apps import AppConfig


class MispersConfig(AppConfig):
    """The incident; knows nothing of grades, chains and reviews."""

    name = "mispers"
    verbose_name = "Missing-person incidents"

    def ready(self) -> None:
        """Join the others, as the wiring lists it."""
        from mispers import wiring

        wiring.wire()
