"""How this app joins the others when the site starts."""

from django.apps import AppConfig


class OwnershipConfig(AppConfig):
    """Chains, handovers, actions and deadlines; knows nothing of reviews."""

    name = "ownership"
    verbose_name = "Who answers for what"

    def ready(self) -> None:
        """Join the others, as the wiring lists it."""
        from ownership import wiring

        wiring.wire()
