"""A report being written, saved as it goes."""

import uuid

from django.db import models


class ReportDraft(models.Model):
    """What an officer has typed into the report form so far, until it becomes an incident."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.CASCADE, related_name="report_drafts"
    )
    data = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    incident = models.OneToOneField(
        "mispers.Incident", null=True, blank=True, on_delete=models.PROTECT, related_name="draft"
    )

    class Meta:
        ordering = ["-saved_at"]

    def __str__(self) -> str:
        return f"Draft of {self.saved_at:%Y-%m-%d %H:%M}"
