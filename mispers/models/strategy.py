"""The investigation strategy and its hypotheses."""

from django.db import models
from simple_history.models import HistoricalRecords

from core.db.protection import never_erased
from core.text import cut
from mispers.models.entry import Entry


class Strategy(Entry):
    """An investigation strategy written for this person (PLAN-1); a new one replaces the last."""

    text = models.TextField()

    class Meta(Entry.Meta):
        verbose_name_plural = "strategies"
        triggers = never_erased()

    def __str__(self) -> str:
        return f"Strategy of {self.recorded_at:%Y-%m-%d %H:%M}"


class Hypothesis(Entry):
    """What may have happened, with what would confirm and what would refute it.

    Open until concluded with evidence and its supplier; untested, it is no ground for closure.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        SUPPORTED = "supported", "Supported"
        REFUTED = "refuted", "Refuted"

    statement = models.TextField()
    would_confirm = models.TextField()
    would_refute = models.TextField()
    status = models.CharField(max_length=12, choices=Status, default=Status.OPEN)
    evidence = models.TextField(blank=True)
    supplier = models.CharField(max_length=200, blank=True)
    concluded_by = models.ForeignKey(
        "officers.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    concluded_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta(Entry.Meta):
        verbose_name_plural = "hypotheses"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    status="open",
                    concluded_at__isnull=True,
                    concluded_by__isnull=True,
                    evidence="",
                )
                | (
                    models.Q(
                        status__in=["supported", "refuted"],
                        concluded_at__isnull=False,
                        concluded_by__isnull=False,
                    )
                    & ~models.Q(evidence="")
                    & ~models.Q(supplier="")
                ),
                name="hypothesis_concluded_with_evidence",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()}: {cut(self.statement, 60)}"
