"""What became of a notice on its way out of the building: by e-mail, by web push."""

from django.db import models
from django.db.models import Q


class Delivery(models.Model):
    """One notice on one channel. The inbox needs none: a notice is in it the moment it is raised.

    next_try_at (UTC) is when it is to go, or to go again, and empty once nothing more will be
    tried. leased_until keeps other workers off while one sends; a worker that dies leaves the
    lease to run out, and it is sent again. attempts counts every start. reason says in words what
    went wrong last, or why it was never sent.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        PUSH = "push", "Phone or browser"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed, will be tried again"
        DROPPED = "dropped", "Not sent"

    item = models.ForeignKey(
        "ownership.InboxItem", on_delete=models.PROTECT, related_name="deliveries"
    )
    officer = models.ForeignKey(
        "officers.Officer", on_delete=models.PROTECT, related_name="deliveries"
    )
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["item_id", "channel"]
        constraints = [
            models.UniqueConstraint(fields=["item", "channel"], name="delivery_once_per_channel"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["waiting", "failed"], next_try_at__isnull=False, sent_at__isnull=True
                )
                | Q(
                    state="sent",
                    next_try_at__isnull=True,
                    leased_until__isnull=True,
                    sent_at__isnull=False,
                )
                | (
                    Q(
                        state="dropped",
                        next_try_at__isnull=True,
                        leased_until__isnull=True,
                        sent_at__isnull=True,
                    )
                    & ~Q(reason="")
                ),
                name="delivery_state_and_times",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=Q(next_try_at__isnull=False),
                name="delivery_to_be_tried",
            ),
            models.Index(
                fields=["officer", "channel"],
                condition=Q(next_try_at__isnull=False),
                name="delivery_of_officer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} of {self.item_id}: {self.state}"
