"""The duty rota."""

import pgtrigger
from django.db import models
from django.db.models import Q

from officers.rules.roles import Role


class StandingShifts(models.Manager["Shift"]):
    """What the rota says now: the shifts that nobody has taken out."""

    def get_queryset(self) -> models.QuerySet["Shift"]:
        return super().get_queryset().filter(taken_out_at__isnull=True)


class Shift(models.Model):
    """One officer on duty in one role of one BCU, from starts_at until ends_at (UTC).

    Never edited and never deleted: what was on the rota and no longer stands is taken out, and what
    took its place says so in `replaces`. What has passed stays as it was: of a running shift only
    the rest is taken out. absence: why it was taken out, if the officer is away; `covers`, on
    another shift, then says who stands in.
    """

    bcu = models.ForeignKey("officers.BCU", on_delete=models.PROTECT, related_name="shifts")
    role = models.CharField(max_length=24, choices=Role)
    officer = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    covers = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="covered_by"
    )
    absence = models.ForeignKey(
        "officers.Absence", null=True, blank=True, on_delete=models.PROTECT, related_name="shifts"
    )
    taken_out_at = models.DateTimeField(null=True, blank=True)
    taken_out_by = models.ForeignKey(
        "officers.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = StandingShifts()
    every = models.Manager["Shift"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="shift_role_known"),
            models.CheckConstraint(
                condition=Q(taken_out_at__isnull=True, taken_out_by__isnull=True)
                | Q(taken_out_at__isnull=False, taken_out_by__isnull=False),
                name="shift_taken_out_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(absence__isnull=True) | Q(taken_out_at__isnull=False),
                name="shift_of_absent_officer_taken_out",
            ),
            models.UniqueConstraint(
                fields=["bcu", "role", "officer", "starts_at"],
                condition=Q(taken_out_at__isnull=True),
                name="shift_once",
            ),
            models.UniqueConstraint(
                fields=["covers"],
                condition=Q(taken_out_at__isnull=True),
                name="shift_covered_by_one",
            ),
        ]
        indexes = [
            models.Index(fields=["bcu", "role", "starts_at"], name="shift_lookup"),
            models.Index(fields=["officer", "starts_at"], name="shift_of_officer"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="never_edited",
                fields=["bcu", "role", "officer", "starts_at", "ends_at", "replaces", "covers"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bcu_id} {self.role} {self.starts_at:%Y-%m-%d %H:%M}"
