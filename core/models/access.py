"""Who looked at what, when and why."""

from django.conf import settings
from django.db import models

from core.db.protection import never_erased


class Access(models.Model):
    """A consultation, search or disclosure of personal data (Data Protection Act 2018, s.62)."""

    class Kind(models.TextChoices):
        CONSULTATION = "consultation", "Consultation"
        SEARCH = "search", "Search"
        DISCLOSURE = "disclosure", "Disclosure"

    kind = models.CharField(max_length=16, choices=Kind)
    stream = models.CharField(max_length=64, blank=True, db_index=True)
    at = models.DateTimeField()
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    client = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "accesses"
        indexes = [models.Index(fields=["officer", "at"], name="access_officer_at")]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.kind} of {self.stream} at {self.at:%Y-%m-%d %H:%M}"
