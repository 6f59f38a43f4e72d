"""Handovers: offered by one named officer, taken on by another, incident by incident."""

from django.db import models

from ownership.models.chain import Capacity


class Handover(models.Model):
    """An offer of one or many incidents to a named officer.

    giver is None when the clock offers (a high grade to the Safeguarding DI, the 48-hour boundary
    to the Missing Persons Unit); reason says why.
    """

    class State(models.TextChoices):
        OFFERED = "offered", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        PART_ACCEPTED = "part_accepted", "Accepted in part"
        DECLINED = "declined", "Sent back"
        WITHDRAWN = "withdrawn", "Withdrawn"

    bcu = models.ForeignKey("officers.BCU", on_delete=models.PROTECT, related_name="handovers")
    capacity = models.CharField(max_length=12, choices=Capacity)
    giver = models.ForeignKey(
        "officers.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receiver = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    offered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity__in=Capacity.values), name="handover_capacity_known"
            ),
            models.CheckConstraint(
                condition=models.Q(giver__isnull=True) | ~models.Q(giver=models.F("receiver")),
                name="handover_to_another",
            ),
        ]
        indexes = [models.Index(fields=["receiver", "-offered_at"], name="handover_receiver")]

    def __str__(self) -> str:
        return f"Handover {self.pk} as {self.capacity}"

    @property
    def state(self) -> State:
        """What became of it as a whole, from its items."""
        states = {item.state for item in self.items.all()}
        if len(states) == 1:
            return self.State(states.pop())
        if HandoverItem.State.ACCEPTED in states:
            return self.State.PART_ACCEPTED
        for state in (self.State.OFFERED, self.State.DECLINED):
            if state.value in states:
                return state
        return self.State.WITHDRAWN


class HandoverItem(models.Model):
    """One incident within a handover, decided on its own.

    Until accepted the holder of the chain stays the holder.
    """

    class State(models.TextChoices):
        OFFERED = "offered", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Sent back"
        WITHDRAWN = "withdrawn", "Withdrawn"

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="items")
    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="handover_items"
    )
    capacity = models.CharField(max_length=12, choices=Capacity)
    briefing = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.OFFERED)
    decided_by = models.ForeignKey(
        "officers.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "incident"], name="handover_incident_once"),
            models.UniqueConstraint(
                fields=["incident", "capacity"],
                condition=models.Q(state="offered"),
                name="handover_one_open_offer",
            ),
            models.CheckConstraint(
                condition=models.Q(state="offered", decided_at__isnull=True)
                | (~models.Q(state="offered") & models.Q(decided_at__isnull=False)),
                name="handover_item_decided_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | models.Q(reason__regex=r"\S"),
                name="handover_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} in handover {self.handover_id}"
