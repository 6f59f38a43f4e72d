"""Registers the app of officers and client systems."""

from django.apps import AppConfig


class OfficersConfig(AppConfig):
    """Who people are; knows nothing of incidents."""

    name = "officers"
    verbose_name = "Officers, roles and the duty rota"

    def ready(self) -> None:
        """Join the others, as the wiring lists it."""
        from officers import wiring

        wiring.wire()
