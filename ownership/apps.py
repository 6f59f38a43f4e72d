"""How this app joins the others when the site starts."""

from django.apps import AppConfig


class OwnershipConfig(AppConfig):
    """Chains start, offers are made and barriers stand because this app registers them here."""

    name = "ownership"
    verbose_name = "Who answers for what"

    def ready(self) -> None:
        """Chains react to an event before deadlines do: what falls due falls due from somebody."""
        from importlib import import_module

        from ownership import barriers, wiring  # noqa: F401 - registers itself
        from ownership.selectors import next_due as due_facts

        # The order in which reactions register themselves is the order in which they run.
        for subject in ("chains", "rota", "exploitation", "deadlines"):
            import_module(f"ownership.reactions.{subject}")
        wiring.register()
        due_facts.register()
