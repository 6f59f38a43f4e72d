"""What an officer has been told: reminders and notices."""

from django.db import models


class InboxItem(models.Model):
    """One thing one officer was told, when, and when they read it; part of the record.

    For a reminder, deadline and rung say which; the same rung is never raised twice to one officer.
    """

    class Kind(models.TextChoices):
        REMINDER = "reminder", "Reminder"
        NOTICE = "notice", "Notice"

    class Rung(models.IntegerChoices):
        BEFORE = 0, "Due soon"
        DUE = 1, "Due now"
        INSPECTOR = 2, "Overdue: to the inspector"
        SUPERINTENDENT = 3, "Overdue: to the superintendent"

    officer = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="inbox")
    incident = models.ForeignKey(
        "mispers.Incident", null=True, on_delete=models.PROTECT, related_name="told"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    deadline = models.ForeignKey(
        "ownership.Deadline", null=True, on_delete=models.PROTECT, related_name="reminders"
    )
    rung = models.PositiveSmallIntegerField(null=True, choices=Rung)
    title = models.CharField(max_length=300)
    link = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    emailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "rung", "officer"],
                condition=models.Q(kind="reminder"),
                name="reminder_rung_once_per_officer",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="notice")
                | models.Q(kind="reminder", deadline__isnull=False, rung__isnull=False),
                name="reminder_names_deadline_and_rung",
            ),
        ]
        indexes = [
            models.Index(
                fields=["officer", "-raised_at"],
                condition=models.Q(read_at__isnull=True),
                name="inbox_unread",
            )
        ]

    def __str__(self) -> str:
        return self.title
