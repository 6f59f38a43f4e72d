"""The running number in an incident's reference."""

from django.db import models


class ReferenceCounter(models.Model):
    """The last number given out in one BCU and year; its row lock keeps numbers free of gaps."""

    bcu = models.ForeignKey("officers.BCU", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bcu", "year"], name="counter_once_per_bcu_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.bcu_id} {self.year}: {self.last}"
