"""Asking for closure, the decision, what was overridden, and reopening."""

from django.db import models

from core.db.protection import never_erased
from core.text import cut
from mispers.models.entry import Entry
from mispers.rules.stages import Outcome


class ClosureRequest(Entry):
    """One request to close, decided once by somebody else (END-4).

    recorded_by asked. outcome is empty where the located entry gives it; not_missing and
    duplicate are asked for here, with their evidence.
    """

    class Decision(models.TextChoices):
        PENDING = "pending", "Waiting"
        AUTHORISED = "authorised", "Authorised"
        REFUSED = "refused", "Refused"

    rationale = models.TextField()
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    evidence = models.TextField(blank=True)
    duplicate_of = models.ForeignKey(
        "mispers.Incident", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(max_length=12, choices=Decision, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        "officers.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["incident"],
                condition=models.Q(decision="pending"),
                name="closure_one_pending_request",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    decision="pending", decided_by__isnull=True, decided_at__isnull=True
                )
                | models.Q(
                    decision__in=["authorised", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="closure_decided_by_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("recorded_by")),
                name="closure_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(decision="refused") | ~models.Q(refusal_reason=""),
                name="closure_refused_with_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=["not_missing", "duplicate"])
                | ~models.Q(evidence=""),
                name="closure_not_missing_needs_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"Closure request: {self.get_decision_display()}"


class BarrierOverride(models.Model):
    """A barrier that the authorising inspector went past, with the reason."""

    closure = models.ForeignKey(ClosureRequest, on_delete=models.PROTECT, related_name="overrides")
    code = models.CharField(max_length=16)
    message = models.TextField()
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["closure", "code"], name="override_once_per_code"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="override_with_reason"),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.code} overridden"


class Reopening(Entry):
    """That a closed incident was reopened, and why."""

    reason = models.TextField()

    class Meta(Entry.Meta):
        triggers = never_erased()

    def __str__(self) -> str:
        return f"Reopened: {cut(self.reason, 60)}"
