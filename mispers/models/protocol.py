"""The dated figures of the protocol."""

from django.db import models

from core.db.protection import never_erased


class Protocol(models.Model):
    """One version of the force's figures, in force from a moment until the next version's.

    figures holds every figure of `mispers.rules.protocol_figures` by name, times in minutes. A
    change is a new version; old ones stay, so that a record is judged by what was in force that
    day.
    """

    version = models.CharField(max_length=20, unique=True)
    in_force_from = models.DateTimeField(unique=True)
    figures = models.JSONField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-in_force_from"]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"Protocol {self.version}"
