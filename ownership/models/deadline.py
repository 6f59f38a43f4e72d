"""What is due, by when, from whom: the one table behind reminders and overdue marks."""

from datetime import datetime

from django.db import models

from mispers.rules.codes import DueFrom
from ownership.rules.subjects import Subject, subject_of


class Deadline(models.Model):
    """One thing due on an incident under a protocol code.

    subject tells several of one code apart, as the types of rules/subjects.py spell it; about is
    the same, read.
    met_at and cancelled_at end it; both empty means open. next_rung_at is when the next reminder
    is to be raised, empty when none is left: the sweep reads nothing else. because is the event
    that made it due at once, and late_from when its standard then counts it as missed (UTC).
    """

    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="deadlines"
    )
    code = models.CharField(max_length=12)
    subject = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    due_from = models.CharField(max_length=12, choices=DueFrom)
    officer = models.ForeignKey(
        "officers.Officer",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deadlines",
        help_text="Who it is due from, where that is not the holder of a chain.",
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("core.Event", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    because = models.ForeignKey(
        "core.Event", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    late_from = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.ForeignKey(
        "core.Event", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    next_rung = models.PositiveSmallIntegerField(default=0)
    next_rung_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "code", "subject"],
                condition=models.Q(met_at__isnull=True, cancelled_at__isnull=True),
                name="deadline_open_once",
            ),
            models.CheckConstraint(
                condition=models.Q(met_at__isnull=True, met_by__isnull=True)
                | models.Q(met_at__isnull=False, met_by__isnull=False),
                name="deadline_met_by_an_event",
            ),
            models.CheckConstraint(
                condition=models.Q(because__isnull=True, late_from__isnull=True)
                | models.Q(because__isnull=False, late_from__gte=models.F("due_at")),
                name="deadline_at_once_by_an_event",
            ),
            models.CheckConstraint(
                condition=models.Q(met_at__isnull=True) | models.Q(cancelled_at__isnull=True),
                name="deadline_met_or_cancelled",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_rung_at", "id"],
                condition=models.Q(
                    next_rung_at__isnull=False, met_at__isnull=True, cancelled_at__isnull=True
                ),
                name="deadline_rung_due",
            ),
            models.Index(
                fields=["incident", "due_at"],
                condition=models.Q(met_at__isnull=True, cancelled_at__isnull=True),
                name="deadline_open_by_incident",
            ),
            models.Index(fields=["incident", "code"], name="deadline_by_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} due {self.due_at:%Y-%m-%d %H:%M}"

    @property
    def about(self) -> Subject:
        """What it is about."""
        return subject_of(self.code, self.subject)

    @property
    def missed_from(self) -> datetime:
        """When its standard counts it as missed (UTC): later than due only where due at once."""
        return self.late_from or self.due_at
