"""Training that a standard asks about."""

from django.db import models


class Training(models.Model):
    """That an officer passed a course, and until when it counts (RISK-2, CHILD-2)."""

    class Course(models.TextChoices):
        RISK_ASSESSMENT = "risk_assessment", "Risk assessment"
        EXPLOITATION = "exploitation", "Child exploitation"

    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.PROTECT, related_name="training"
    )
    course = models.CharField(max_length=24, choices=Course)
    passed_on = models.DateField()
    lapses_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lapses_on__gt=models.F("passed_on")),
                name="training_lapses_after_pass",
            ),
            models.UniqueConstraint(
                fields=["officer", "course", "passed_on"], name="training_once_per_day"
            ),
        ]
        indexes = [models.Index(fields=["officer", "course"], name="training_officer")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.course} until {self.lapses_on}"
