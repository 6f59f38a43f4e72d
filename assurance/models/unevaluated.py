"""Records on which something has happened since they were last evaluated."""

from django.db import models


class Unevaluated(models.Model):
    """Written in the transaction of the event and taken away by the evaluation.

    A worker that is down, or a broker that loses a task, leaves the row for the next sweep.
    """

    incident = models.OneToOneField(
        "mispers.Incident", primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"Incident {self.incident_id} since {self.since:%Y-%m-%d %H:%M}"
