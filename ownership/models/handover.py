"""Handovers: offered by one named officer, taken on by another, incident by incident."""

import pgtrigger
from django.db import models

from ownership.models.chain import Capacity

_AN_ANSWER_STANDS = """
    RAISE EXCEPTION 'an answer stands: incident % in handover % was % already',
        OLD.incident_id, OLD.handover_id, OLD.state;
"""
_HIGH_RISK_NEVER_IN_SILENCE = """
    IF NEW.risk = '' AND 'high' = (
        SELECT a.grade FROM riskassessment_riskassessment a
        WHERE a.incident_id = NEW.incident_id ORDER BY a.made_at DESC, a.id DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION 'high risk is accepted with an answer to it: incident %', NEW.incident_id;
    END IF;
    RETURN NEW;
"""


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

    Until accepted the holder of the chain stays the holder. briefing: what the next officer needs
    to know; drafted: it stands as drafted from the record. worry: what worries the giver, in their
    words. risk: what whoever accepted said of it; with high risk never left out.
    reason: the question with which it went back, or why a review of the risk was asked for.
    """

    class State(models.TextChoices):
        OFFERED = "offered", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Sent back"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Risk(models.TextChoices):
        RECONFIRMED = "reconfirmed", "Risk re-confirmed"
        REVIEW_ASKED = "review_asked", "Review of the risk asked for"

    handover = models.ForeignKey(Handover, on_delete=models.PROTECT, related_name="items")
    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="handover_items"
    )
    capacity = models.CharField(max_length=12, choices=Capacity)
    briefing = models.TextField(blank=True)
    drafted = models.BooleanField(default=False)
    worry = models.TextField(blank=True)
    risk = models.CharField(max_length=12, choices=Risk, blank=True)
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
            models.CheckConstraint(
                condition=models.Q(risk="") | models.Q(risk__in=["reconfirmed", "review_asked"]),
                name="handover_risk_answer_known",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="an_answer_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'offered'"),
                func=_AN_ANSWER_STANDS,
            ),
            pgtrigger.Trigger(
                name="high_risk_answered",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.state = 'accepted'"),
                func=_HIGH_RISK_NEVER_IN_SILENCE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} in handover {self.handover_id}"
