"""Shifts that one officer offers to another."""

from django.db import models
from django.db.models import F, Q


class Swap(models.Model):
    """One officer's shift offered to another, who may give one of theirs in return.

    Nothing moves until the other accepts.
    """

    class State(models.TextChoices):
        OFFERED = "offered", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrawn"

    shift = models.ForeignKey("officers.Shift", on_delete=models.PROTECT, related_name="swaps")
    in_return = models.ForeignKey(
        "officers.Shift", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    giver = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State, default=State.OFFERED)
    offered_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shift"], condition=Q(state="offered"), name="swap_one_open_offer"
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("receiver")), name="swap_with_another_officer"
            ),
            models.CheckConstraint(
                condition=Q(state="offered", decided_at__isnull=True)
                | (~Q(state="offered") & Q(decided_at__isnull=False)),
                name="swap_decided_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Shift {self.shift_id} to {self.receiver_id}"
