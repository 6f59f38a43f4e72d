"""One entry of the trail."""

from typing import Any

from django.conf import settings
from django.db import models

from core.db.protection import never_erased


class Event(models.Model):
    """A change, as it was recorded: never edited, never removed, chained to the one before it.

    at: when it happened in the world; recorded_at: when it was written down (both UTC).
    actor is empty when the clock acted. actor_name and actor_rank stay as they were that day.
    summary is the sentence a person reads; data are the facts a program reads.
    writer is the database transaction, by which a feed knows that nothing earlier can still appear.
    """

    stream = models.ForeignKey("core.Stream", on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=64)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    actor_name = models.CharField(max_length=200)
    actor_rank = models.CharField(max_length=40, blank=True)
    client = models.CharField(max_length=100, blank=True)
    summary = models.TextField()
    data = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    writer = models.BigIntegerField(
        db_default=models.Func(
            template="(pg_current_xact_id()::text::bigint)", output_field=models.BigIntegerField()
        )
    )

    # Whose stream it is, while it is being recorded: what its service holds, for the reactions.
    about: Any = None

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "seq"], name="event_seq_once_per_stream"),
        ]
        indexes = [
            models.Index(fields=["writer", "id"], name="event_feed"),
            models.Index(fields=["stream", "kind"], name="event_stream_kind"),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.stream_id}#{self.seq} {self.kind}"
