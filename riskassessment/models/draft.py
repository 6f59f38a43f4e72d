"""An assessment being written, saved as it goes."""

from django.db import models


class RiskDraft(models.Model):
    """What an officer has typed into the grading page of an incident; gone once it is recorded.

    data holds the raw words by field name, so that nothing typed is lost, even what is wrong.
    regrades: the assessment that this one is to take the place of, where an inspector grades again.
    """

    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.CASCADE, related_name="risk_drafts"
    )
    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="risk_drafts"
    )
    data = models.JSONField(default=dict)
    regrades = models.ForeignKey(
        "riskassessment.RiskAssessment",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "incident"], name="risk_draft_once_per_officer"
            )
        ]

    def __str__(self) -> str:
        return f"Draft of {self.saved_at:%Y-%m-%d %H:%M}"
