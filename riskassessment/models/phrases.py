"""Victim-blaming phrases found in a record, and those kept with a reason (LANG-1)."""

from django.db import models

from core.db.protection import never_erased


class PhraseFound(models.Model):
    """A phrase found in one field of one record entry when it was written.

    event: the change that brought the words in. field: its name as over REST, such as
    information.0.text. phrase and prefer: as the list had them that day; written: as it stands.
    """

    incident = models.ForeignKey(
        "mispers.Incident", on_delete=models.PROTECT, related_name="phrases_found"
    )
    event = models.ForeignKey("core.Event", on_delete=models.PROTECT, related_name="+")
    field = models.CharField(max_length=64)
    phrase = models.CharField(max_length=120)
    written = models.CharField(max_length=200)
    prefer = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["event", "field", "phrase"], name="phrase_found_once_per_field"
            )
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"“{self.phrase}” in {self.field}"


class KeptPhrase(models.Model):
    """That a phrase stays, because it is a quotation or for another reason given."""

    found = models.OneToOneField(PhraseFound, on_delete=models.PROTECT, related_name="kept")
    reason = models.TextField()
    by = models.ForeignKey("officers.Officer", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__regex=r"\S"), name="phrase_kept_with_reason"
            )
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.found_id} kept"
