"""A review being written, saved as it goes."""

from django.db import models


class ReviewDraft(models.Model):
    """What one reviewer has typed about one sampled record; gone once it is recorded.

    data holds the raw words by field name, so that nothing typed is lost, even what is wrong.
    """

    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.CASCADE, related_name="review_drafts"
    )
    item = models.ForeignKey(
        "assurance.SampleItem", on_delete=models.PROTECT, related_name="drafts"
    )
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "item"], name="review_draft_once_per_officer"
            )
        ]

    def __str__(self) -> str:
        return f"Draft of {self.saved_at:%Y-%m-%d %H:%M}"
