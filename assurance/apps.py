"""The room of assurance and what it adds to the house."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    """Listens to every event once all apps are ready."""

    name = "assurance"
    verbose_name = "Assurance"

    def ready(self) -> None:
        """Register the reactions, tabs and panel."""
        from assurance import wiring
        from assurance.reactions import standards  # noqa: F401 - registers itself

        wiring.register()
