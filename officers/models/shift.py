"""The duty rota."""

from django.db import models

from officers.roles import Role


class Shift(models.Model):
    """One officer on duty in one role of one BCU, from starts_at until ends_at (UTC)."""

    bcu = models.ForeignKey("officers.BCU", on_delete=models.PROTECT, related_name="shifts")
    role = models.CharField(max_length=24, choices=Role)
    officer = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_ends_after_start"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="shift_role_known"
            ),
            models.UniqueConstraint(
                fields=["bcu", "role", "officer", "starts_at"], name="shift_once"
            ),
        ]
        indexes = [
            models.Index(fields=["bcu", "role", "starts_at"], name="shift_lookup"),
            models.Index(fields=["officer", "starts_at"], name="shift_of_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.bcu_id} {self.role} {self.starts_at:%Y-%m-%d %H:%M}"
