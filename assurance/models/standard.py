"""How one record stands on one standard, kept so that a BCU's counts need not evaluate it again."""

from django.db import models

from assurance.rules.verdict import State


class StandardState(models.Model):
    """The last evaluation of one standard on one incident; the record's own page evaluates afresh.

    next_change_at: when time alone will change it (its due time), empty when only an event can.
    """

    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="standards"
    )
    code = models.CharField(max_length=12)
    state = models.CharField(max_length=16, choices=State)
    late = models.BooleanField(default=False)
    since = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    proved_by = models.ForeignKey(
        "core.Event", null=True, on_delete=models.PROTECT, related_name="+"
    )
    next_change_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "code"], name="standard_once_per_record"),
            models.CheckConstraint(
                condition=models.Q(state__in=["met", "not_met", "not_yet_due", "not_applicable"]),
                name="standard_state_known",
            ),
        ]
        indexes = [
            models.Index(fields=["code", "state", "since"], name="standard_by_code"),
            models.Index(
                fields=["next_change_at"],
                condition=models.Q(next_change_at__isnull=False),
                name="standard_changes_by_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"
