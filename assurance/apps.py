"""The room of assurance and what it adds to the house."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    """Standards on every record, samples, packs; all other apps know nothing of it."""

    name = "assurance"
    verbose_name = "Assurance"

    def ready(self) -> None:
        """Join the others, as the wiring lists it."""
        from assurance import wiring

        wiring.wire()
