"""Answers already given, so that a repeated write is not done twice."""

from django.db import models


class GivenAnswer(models.Model):
    """The answer a write got under its Idempotency-Key, kept in the transaction of that write.

    caller: who asked (client and officer). route: method and path. fingerprint: SHA-256 of what
    was sent. body is the JSON text as it was sent, so that the repeat is the same to the byte.
    """

    caller = models.CharField(max_length=64)
    route = models.CharField(max_length=500)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "route", "key"], name="answer_once_per_key"),
        ]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
