"""Grading: definitions by date, assessments with their reasons, endorsement, the words used."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RiskassessmentConfig(AppConfig):
    """Grades incidents, or rather lets officers do so; knows nothing of chains or reviews."""

    name = "riskassessment"
    verbose_name = "Risk assessment"

    def ready(self) -> None:
        """Give this app's kinds of event, its reactions and its part of an incident's pages."""
        from riskassessment import events, wiring  # noqa: F401 - events register
        from riskassessment.api import words_kept
        from riskassessment.reactions import words  # noqa: F401 - registers
        from riskassessment.services import reference

        wiring.register()
        words_kept.register()
        reference.register()
        post_migrate.connect(reference.load_after_migrating, sender=self)
