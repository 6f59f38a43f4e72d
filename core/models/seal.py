"""The daily root over the whole trail."""

from django.db import models

from core.db.protection import never_erased


class Seal(models.Model):
    """A root over every event after the previous seal, chained to it.

    Printed to a file that can be kept elsewhere: a trail rewritten afterwards no longer gives it.
    """

    day = models.DateField(unique=True)
    sealed_at = models.DateTimeField()
    upto_event = models.BigIntegerField()
    events = models.PositiveIntegerField()
    prev_root = models.CharField(max_length=64, blank=True)
    root = models.CharField(max_length=64)

    class Meta:
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.day} {self.root}"
