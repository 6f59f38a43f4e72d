"""What an officer has been told: reminders and notices."""

from django.db import models

from ownership.rules.rungs import Rung


class InboxItem(models.Model):
    """One thing one officer was told, when, and when they read it; part of the record.

    For a reminder, deadline and rung say which, and due_at what the due time was: the same rung of
    the same due time is never raised twice to one officer. urgent: about a high-risk incident, or
    one not graded; it waits for nothing. unread_escalates_at (UTC): when somebody above is told,
    if by then nobody has read it. about: the reminder that an “unread” speaks of.
    """

    class Kind(models.TextChoices):
        REMINDER = "reminder", "Reminder"
        NOTICE = "notice", "Notice"
        UNREAD = "unread", "Reminder not read"

    officer = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="inbox")
    incident = models.ForeignKey(
        "mispers.Incident", null=True, on_delete=models.PROTECT, related_name="told"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    deadline = models.ForeignKey(
        "ownership.Deadline", null=True, on_delete=models.PROTECT, related_name="reminders"
    )
    rung = models.PositiveSmallIntegerField(null=True, choices=Rung)
    due_at = models.DateTimeField(null=True, blank=True)
    about = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="escalations"
    )
    urgent = models.BooleanField(default=False)
    title = models.CharField(max_length=300)
    link = models.CharField(max_length=200)
    raised_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    unread_escalates_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "rung", "due_at", "officer"],
                condition=models.Q(kind="reminder"),
                name="reminder_rung_once_per_officer",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="notice")
                | models.Q(
                    kind="reminder",
                    deadline__isnull=False,
                    rung__isnull=False,
                    due_at__isnull=False,
                )
                | models.Q(
                    kind="unread", deadline__isnull=False, rung__isnull=False, about__isnull=False
                ),
                name="reminder_names_deadline_and_rung",
            ),
            models.UniqueConstraint(
                fields=["about", "officer"],
                condition=models.Q(kind="unread"),
                name="unread_once_per_officer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["officer", "-raised_at"],
                condition=models.Q(read_at__isnull=True),
                name="inbox_unread",
            ),
            models.Index(
                fields=["unread_escalates_at", "id"],
                condition=models.Q(unread_escalates_at__isnull=False, read_at__isnull=True),
                name="inbox_unread_escalates",
            ),
        ]

    def __str__(self) -> str:
        return self.title
