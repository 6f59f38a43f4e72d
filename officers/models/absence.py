"""Officers who are away."""

from django.db import models
from django.db.models import F, Q


class Absence(models.Model):
    """That an officer is away from starts_at until ends_at (UTC).

    ended_at: when they came back before that. No reason beyond the kind is asked for: what is
    wrong with somebody's health is no business of the rota's readers.
    """

    class Kind(models.TextChoices):
        SICK = "sick", "Sick"
        LEAVE = "leave", "On leave"
        DUTY_ELSEWHERE = "duty_elsewhere", "On duty elsewhere"
        OTHER = "other", "Away for another reason"

    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.PROTECT, related_name="absences"
    )
    kind = models.CharField(max_length=16, choices=Kind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__lte=F("ends_at")),
                name="absence_ended_before_its_end",
            ),
        ]
        indexes = [models.Index(fields=["officer", "starts_at"], name="absence_of_officer")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.kind} from {self.starts_at:%Y-%m-%d %H:%M}"
