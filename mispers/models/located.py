"""How the person was found, and the interviews on their return."""

from django.db import models
from simple_history.models import HistoricalRecords

from core.db.protection import never_erased
from mispers.models.entry import Entry
from mispers.rules import being_seen


class Located(Entry):
    """That the person was located, how, and which officer has seen them in person (END-1).

    Without seen_in_person_by nobody of the force has seen them: the incident cannot be closed.
    For a person found dead, coroner_reference is the confirmation that counts instead.
    """

    Condition = being_seen.Condition

    at = models.DateTimeField()
    place = models.CharField(max_length=300)
    condition = models.CharField(max_length=12, choices=Condition)
    seen_in_person_by = models.ForeignKey(
        "officers.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    how = models.TextField()
    coroner_reference = models.CharField(max_length=120, blank=True)

    class Meta(Entry.Meta):
        verbose_name_plural = "located"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seen_in_person_by__isnull=True, seen_at__isnull=True)
                | models.Q(seen_in_person_by__isnull=False, seen_at__isnull=False),
                name="located_seen_by_and_when",
            ),
            models.CheckConstraint(
                condition=models.Q(condition__in=["safe", "harmed", "deceased"]),
                name="located_condition_known",
            ),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"Located at {self.place}"

    @property
    def counts_as_seen(self) -> bool:
        """Whether it answers the report (END-1)."""
        return being_seen.counts_as_seen(
            self.condition,
            seen_by=self.seen_in_person_by_id,
            coroner_reference=self.coroner_reference,
        )


class PreventionInterview(Entry):
    """The prevention interview (END-2): held, or attempted and not held with the reason."""

    attempted_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    by = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    what_happened = models.TextField(blank=True)
    where_and_with_whom = models.TextField(blank=True)
    harm = models.TextField(blank=True)
    next_time = models.TextField(blank=True)
    not_held_because = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(held_at__isnull=False) | ~models.Q(not_held_because=""),
                name="prevention_interview_held_or_why_not",
            )
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"Prevention interview of {self.attempted_at:%Y-%m-%d %H:%M}"


class ReturnInterview(Entry):
    """The return home interview asked of the local authority (END-3)."""

    requested_at = models.DateTimeField()
    authority = models.CharField(max_length=120)
    offered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    history = HistoricalRecords()

    def __str__(self) -> str:
        return f"Return interview asked of {self.authority}"
