"""Training that a standard asks about."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from core.db.protection import never_erased

_SAME_OFFICER_AND_COURSE = """
    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM officers_training t
        WHERE t.id = NEW.corrects_id
          AND t.officer_id = NEW.officer_id AND t.course = NEW.course
    ) THEN
        RAISE EXCEPTION 'a correction of training is about the same officer and course';
    END IF;
    RETURN NEW;
"""


class Training(models.Model):
    """That an officer passed a course, and until when it counts (RISK-2, CHILD-2).

    Never edited: a correction is a further row, which takes the place of the one it corrects and
    says why; with counts=False it only takes that one away. lapses_on is the first day on which
    the course counts no more. Without recorded_by it came with the force's reference data.
    """

    class Course(models.TextChoices):
        RISK_ASSESSMENT = "risk_assessment", "Risk assessment"
        EXPLOITATION = "exploitation", "Child exploitation"

    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.PROTECT, related_name="training"
    )
    course = models.CharField(max_length=24, choices=Course)
    passed_on = models.DateField()
    lapses_on = models.DateField()
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="correction"
    )
    because = models.TextField(blank=True)
    counts = models.BooleanField(default=True)
    recorded_by = models.ForeignKey(
        "officers.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lapses_on__gt=F("passed_on")), name="training_lapses_after_pass"
            ),
            models.UniqueConstraint(
                fields=["officer", "course", "passed_on"],
                condition=Q(corrects__isnull=True),
                name="training_once_per_day",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, counts=True)
                | Q(corrects__isnull=False, because__regex=r"\S"),
                name="training_corrected_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True, recorded_at__isnull=True)
                | Q(recorded_by__isnull=False, recorded_at__isnull=False),
                name="training_recorded_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(recorded_by__isnull=True) | ~Q(recorded_by=F("officer")),
                name="training_recorded_by_another",
            ),
        ]
        indexes = [models.Index(fields=["officer", "course"], name="training_officer")]
        triggers = [
            *never_erased(),
            pgtrigger.Trigger(
                name="corrects_the_same",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_SAME_OFFICER_AND_COURSE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.course} until {self.lapses_on}"
