"""What everything recorded under an incident shares."""

from django.db import models


class Entry(models.Model):
    """An abstract entry: which incident, who recorded it and when (UTC)."""

    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="%(class)s_entries"
    )
    recorded_by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["-recorded_at", "-pk"]
