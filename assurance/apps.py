"""The room of assurance and what it adds to the house."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    """Listens to every event once all apps are ready."""

    name = "assurance"
    verbose_name = "Assurance"

    def ready(self) -> None:
        """Register the reactions, tabs and panel."""
        from assurance import (
            joints,
            reactions,  # noqa: F401 - they register themselves
        )

        joints.register()
