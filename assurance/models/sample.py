"""Dip samples: a seeded draw of a BCU's records, each to be reviewed in words."""

from django.db import models

from core.db.protection import never_erased


class DipSample(models.Model):
    """One draw, kept with all that is needed to make it again: period, size, seed, population.

    period_from and period_to: reports recorded from the first instant up to, not including, the
    second (UTC). reference is also the name of its stream on the trail.
    """

    reference = models.CharField(max_length=24, unique=True)
    bcu = models.ForeignKey("officers.BCU", on_delete=models.PROTECT, related_name="dip_samples")
    period_from = models.DateTimeField()
    period_to = models.DateTimeField()
    size = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=64)
    population = models.PositiveIntegerField()
    drawn_by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["-drawn_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(period_to__gt=models.F("period_from")),
                name="sample_period_forward",
            ),
            models.CheckConstraint(condition=models.Q(size__gte=1), name="sample_of_at_least_one"),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return self.reference


class SampleItem(models.Model):
    """A record drawn: by lot, or always because of what was decided on it since its last sample.

    Always drawn are records closed past a barrier, those graded lower than is usual, and those
    graded in words used before.
    """

    class Why(models.TextChoices):
        LOT = "lot", "Drawn by lot"
        OVERRIDE = "override", "A barrier to closure was overridden"
        LOWER_GRADE = "lower_grade", "Graded lower than is usual"
        REPEAT = "repeat", "A rationale repeated an earlier one"

    sample = models.ForeignKey(DipSample, on_delete=models.PROTECT, related_name="items")
    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="sampled"
    )
    position = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=12, choices=Why)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "incident"], name="sample_incident_once"),
            models.UniqueConstraint(fields=["sample", "position"], name="sample_position_once"),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.sample_id} no. {self.position}"
