"""Disclosure packs that were made."""

from django.db import models

from core.protection import never_erased


class Disclosure(models.Model):
    """That a pack of an incident was made, for whom, why, and the digest of exactly what went out."""

    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="disclosures"
    )
    purpose = models.CharField(max_length=300)
    recipient = models.CharField(max_length=200)
    redactions = models.JSONField(default=list)
    made_by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-made_at", "-pk"]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"Pack for {self.recipient}"
