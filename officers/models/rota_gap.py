"""Gaps in the rota that somebody has been told of."""

from django.db import models
from django.db.models import Q

from officers.rules.roles import Role


class RotaGap(models.Model):
    """A turn of duty of a BCU in which a role has nobody for at least a part, found ahead.

    starts_at and ends_at: the part nobody is on duty (UTC). filled_at: when it was seen to be
    covered; a gap that opens again is a further row, of which the superintendent is told again.
    """

    bcu = models.ForeignKey("officers.BCU", on_delete=models.PROTECT, related_name="rota_gaps")
    role = models.CharField(max_length=24, choices=Role)
    day = models.DateField()
    turn = models.CharField(max_length=8)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    found_at = models.DateTimeField()
    filled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bcu", "role", "day", "turn"],
                condition=Q(filled_at__isnull=True),
                name="rota_gap_told_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bcu_id} {self.role} {self.day} {self.turn}"
