"""Grading: definitions by date, assessments with their reasons, endorsement, the words used."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RiskassessmentConfig(AppConfig):
    """Grades incidents, or rather lets officers do so; knows nothing of chains or reviews."""

    name = "riskassessment"
    verbose_name = "Risk assessment"

    def ready(self) -> None:
        """Join the others, as the wiring lists it; see that the grades have their meanings."""
        from riskassessment import wiring
        from riskassessment.services import reference

        wiring.wire()
        post_migrate.connect(reference.load_after_migrating, sender=self)
