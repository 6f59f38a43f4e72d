"""What an assessment was made from, and who said so."""

from django.db import models

from core.db.protection import never_erased


class InformationItem(models.Model):
    """A piece of information with its supplier, their contact details and when it was obtained.

    contact: how to reach them, or in words why nobody can.
    """

    assessment = models.ForeignKey(
        "riskassessment.RiskAssessment", on_delete=models.PROTECT, related_name="information"
    )
    text = models.TextField()
    supplier = models.CharField(max_length=200)
    contact = models.CharField(max_length=200)
    obtained_at = models.DateTimeField()

    class Meta:
        ordering = ["obtained_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(text__regex=r"\S", supplier__regex=r"\S"),
                name="information_has_supplier",
            ),
            models.CheckConstraint(
                condition=models.Q(contact__regex=r"\S"), name="information_says_how_to_reach"
            ),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"From {self.supplier}"


class SourceLookedAt(models.Model):
    """Whether a source was looked at, and if not, why not."""

    class Source(models.TextChoices):
        INFORMANT = "informant", "Informant"
        FAMILY = "family", "Family"
        CARERS = "carers", "Carers"
        ASSOCIATES = "associates", "Associates"
        EARLIER_REPORTS = "earlier_reports", "Earlier reports"
        PNC = "pnc", "PNC"
        PND = "pnd", "PND"
        LOCAL_INTELLIGENCE = "local_intelligence", "Local intelligence"
        PARTNER_AGENCIES = "partner_agencies", "Partner agencies"

    assessment = models.ForeignKey(
        "riskassessment.RiskAssessment", on_delete=models.PROTECT, related_name="sources"
    )
    source = models.CharField(max_length=24, choices=Source)
    checked = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "source"], name="source_once_per_assessment"
            ),
            models.CheckConstraint(
                condition=models.Q(checked=True) | models.Q(reason__regex=r"\S"),
                name="source_checked_or_why_not",
            ),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.source}: {'looked at' if self.checked else 'not looked at'}"
