"""Disclosure packs that were made."""

from django.db import models

from core.db.protection import never_erased


class Disclosure(models.Model):
    """A pack of an incident: for whom, why, and exactly the bytes that went out, with their digest.

    redactions: {"text", "reason"} each; they name what was taken out and never go into a pack.
    """

    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="disclosures"
    )
    purpose = models.CharField(max_length=300)
    recipient = models.CharField(max_length=200)
    redactions = models.JSONField(default=list)
    made_by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(purpose__regex=r"\S", recipient__regex=r"\S"),
                name="disclosure_for_whom_and_why",
            )
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"Pack for {self.recipient}"

    @property
    def filename(self) -> str:
        """A name that says what it is and nothing about the person."""
        return f"{self.incident.reference}-disclosure-{self.pk}.zip"
