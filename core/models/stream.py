"""The head of one chain of events."""

from django.db import models


class Stream(models.Model):
    """Where a chain of events stands: one row a record (an incident, a dip sample, a rota).

    Appending locks this row, so events of one stream are written one after another.
    """

    key = models.CharField(max_length=64, primary_key=True)
    bcu = models.CharField(max_length=4, blank=True, db_index=True)
    last_seq = models.PositiveIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.key} at {self.last_seq}"
