"""What a reviewer wrote about a sampled record, and what came of it."""

from django.db import models

from core.db.protection import never_erased
from core.text import cut


class Review(models.Model):
    """One reviewer's review of one sampled record; written once."""

    item = models.OneToOneField(
        "assurance.SampleItem", on_delete=models.PROTECT, related_name="review"
    )
    reviewed_by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        triggers = never_erased()

    def __str__(self) -> str:
        return f"Review of item {self.item_id}"


class ReviewAnswer(models.Model):
    """What the reviewer says, in words, about one of the policy's principles."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="answers")
    principle = models.CharField(max_length=24)
    words = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "principle"], name="answer_once"),
            models.CheckConstraint(condition=models.Q(words__regex=r"\S"), name="answer_in_words"),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.principle}: {cut(self.words, 40)}"


class Finding(models.Model):
    """Something found that becomes work: an action with an owner and a date."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="findings")
    text = models.TextField()
    action = models.OneToOneField(
        "ownership.Action", on_delete=models.PROTECT, related_name="finding"
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(text__regex=r"\S"), name="finding_in_words")
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return cut(self.text, 60)
