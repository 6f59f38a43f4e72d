"""How this app joins the others when the site starts."""

from django.apps import AppConfig


class OwnershipConfig(AppConfig):
    """Chains start, offers are made and barriers stand because this app registers them here."""

    name = "ownership"
    verbose_name = "Who answers for what"

    def ready(self) -> None:
        """Chains react to an event before deadlines do: what falls due falls due from somebody."""
        from ownership import (  # noqa: F401 - they register themselves
            barriers,
            facts,
            reactions,
        )
        from ownership.deadlines import exploitation  # noqa: F401 - as above
        from ownership.deadlines import facts as due_facts
        from ownership.deadlines import reactions as deadlines  # noqa: F401 - as above

        facts.register()
        due_facts.register()
