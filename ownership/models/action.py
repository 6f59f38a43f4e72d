"""Actions of an investigation and who was responsible for each at any instant."""

import pgtrigger
from django.db import models
from simple_history.models import HistoricalRecords

from core.db.protection import never_erased
from ownership.models.chain import Link


class Action(models.Model):
    """Something to be done by a named officer by a time (ACT-1, ACT-2).

    responsible follows the chain of `ActionLink`s: the latest link's officer, kept by the database.
    Ended with a result, or not pursued with a reason that an inspector approved.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        COMPLETED = "completed", "Completed"
        PROPOSED = "proposed_not_pursued", "Proposed not to be pursued"
        NOT_PURSUED = "not_pursued", "Not pursued"

    class Priority(models.TextChoices):
        ROUTINE = "routine", "Routine"
        URGENT = "urgent", "Urgent"

    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="actions"
    )
    title = models.CharField(max_length=200)
    detail = models.TextField(blank=True)
    priority = models.CharField(max_length=8, choices=Priority, default=Priority.ROUTINE)
    due_at = models.DateTimeField()
    responsible = models.ForeignKey(
        "officers.Officer", on_delete=models.PROTECT, related_name="actions"
    )
    state = models.CharField(max_length=24, choices=State, default=State.OPEN)
    result = models.TextField(blank=True)
    not_pursued_reason = models.TextField(blank=True)
    proposed_by = models.ForeignKey(
        "officers.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_by = models.ForeignKey(
        "officers.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords(excluded_fields=["version"])

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    state__in=["open", "proposed_not_pursued"],
                    ended_at__isnull=True,
                    ended_by__isnull=True,
                )
                | models.Q(
                    state__in=["completed", "not_pursued"],
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                ),
                name="action_ended_by_and_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="completed") | models.Q(result__regex=r"\S"),
                name="action_completed_with_result",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["not_pursued", "proposed_not_pursued"])
                | models.Q(not_pursued_reason__regex=r"\S"),
                name="action_not_pursued_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="not_pursued")
                | ~models.Q(ended_by=models.F("proposed_by")),
                name="action_not_pursued_approved_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["responsible", "due_at"],
                condition=models.Q(state__in=["open", "proposed_not_pursued"]),
                name="action_open_by_officer",
            ),
            models.Index(fields=["incident", "due_at"], name="action_by_incident"),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.title


_ONLY_FORWARD = """
    IF EXISTS (
        SELECT 1 FROM ownership_actionlink l
        WHERE l.action_id = NEW.action_id AND l.taken_at >= NEW.taken_at
    ) THEN
        RAISE EXCEPTION 'a chain only grows forward: action % is already held at %',
            NEW.action_id, NEW.taken_at;
    END IF;
    RETURN NEW;
"""
_KEEP_RESPONSIBLE = """
    UPDATE ownership_action SET responsible_id = NEW.officer_id WHERE id = NEW.action_id;
    RETURN NEW;
"""


class ActionLink(Link):
    """One point of an action's responsibility chain, with the reason when it was reassigned."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="chain")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["action", "taken_at"], name="action_one_responsible_at_a_time"
            ),
            models.CheckConstraint(
                condition=~models.Q(basis="reassigned") | models.Q(reason__regex=r"\S"),
                name="action_reassigned_with_reason",
            ),
        ]
        triggers = [
            *never_erased(),
            pgtrigger.Trigger(
                name="only_forward",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_ONLY_FORWARD,
            ),
            pgtrigger.Trigger(
                name="keep_responsible",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_KEEP_RESPONSIBLE,
            ),
        ]

    def __str__(self) -> str:
        return f"Action {self.action_id} from {self.taken_at:%Y-%m-%d %H:%M}"
