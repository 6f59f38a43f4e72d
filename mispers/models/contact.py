"""The log, contact with the family, and who else was told."""

from django.db import models

from core.db.protection import never_erased
from core.text import cut
from mispers.models.entry import Entry


class LogEntry(Entry):
    """A piece of information or a note, with where it came from.

    source_kind is empty where nobody said what kind of source it is. A professional is named, with
    how to reach them; obtained_at is when the source said so (UTC), where that was not just now.
    """

    class SourceKind(models.TextChoices):
        PROFESSIONAL = "professional", "A professional"
        FAMILY = "family", "Family"
        INFORMANT = "informant", "The informant"
        PUBLIC = "public", "A member of the public"
        POLICE = "police", "Police"
        OTHER = "other", "Somebody else"

    text = models.TextField()
    source = models.CharField(max_length=200, blank=True)
    source_kind = models.CharField(max_length=16, choices=SourceKind, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    obtained_at = models.DateTimeField(null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name_plural = "log entries"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    source_kind__in=[
                        "", "professional", "family", "informant", "public", "police", "other",
                    ]
                ),
                name="log_source_kind_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(source_kind="professional") | models.Q(source__regex=r"\S"),
                name="log_professional_is_named",
            ),
        ]  # fmt: skip
        triggers = never_erased()

    def __str__(self) -> str:
        return cut(self.text, 60)


class FamilyContact(Entry):
    """A contact with the family (FAM-1), and when the next is due."""

    contact_with = models.CharField(max_length=200)
    made_by = models.CharField(max_length=200)
    at = models.DateTimeField()
    text = models.TextField()
    next_due_at = models.DateTimeField(null=True, blank=True)

    class Meta(Entry.Meta):
        triggers = never_erased()

    def __str__(self) -> str:
        return f"Contact with {self.contact_with}"


class Notification(Entry):
    """That another body was told: the UK Missing Persons Unit, PNC, children's services."""

    class To(models.TextChoices):
        UKMPU = "ukmpu", "UK Missing Persons Unit"
        PNC = "pnc", "PNC/LEDS circulation"
        CHILDRENS_SERVICES = "childrens_services", "Children's services"
        PLACING_AUTHORITY = "placing_authority", "Placing authority"
        BORDER = "border", "Border Force"
        MEDIA = "media", "Media"
        CORONER = "coroner", "Coroner"
        HOSPITALS = "hospitals", "Hospitals"
        OTHER = "other", "Another body"

    to = models.CharField(max_length=24, choices=To)
    at = models.DateTimeField()
    reference = models.CharField(max_length=120, blank=True)

    class Meta(Entry.Meta):
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.get_to_display()} told"
