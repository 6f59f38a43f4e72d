"""What is known about a person, each entry with who supplied it; kept across their incidents."""

import pgtrigger
from django.db import models
from django.db.models import Q

from core.db.protection import never_erased
from core.text import cut
from mispers.models.contact import LogEntry
from mispers.models.entry import Entry

_SAME_PERSON = """
    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
        SELECT 1
        FROM {meta.db_table} before
        JOIN mispers_incident there ON there.id = before.incident_id
        JOIN mispers_incident here ON here.id = NEW.incident_id
        WHERE before.id = NEW.corrects_id AND (
            there.person_id = here.person_id
            OR EXISTS (
                SELECT 1 FROM mispers_incidentlink link
                WHERE link.incident_id = here.id AND link.other_id = there.id
            )
        )
    ) THEN
        RAISE EXCEPTION 'a correction of what is known is about the same person';
    END IF;
    RETURN NEW;
"""
_WORDS = r"\S"


class Known(Entry):
    """An abstract piece of what is known about the person of its incident.

    supplier, contact and obtained_at (UTC): who said so, how to reach them, and when. Never edited:
    a correction is a further entry that takes the place of the one it corrects and says why; with
    counts=False it says that the one is no longer so.
    """

    supplier = models.CharField(max_length=200)
    supplier_kind = models.CharField(max_length=16, choices=LogEntry.SourceKind, blank=True)
    contact = models.CharField(max_length=200)
    obtained_at = models.DateTimeField()
    corrects_id: int | None
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="correction"
    )
    because = models.TextField(blank=True)
    counts = models.BooleanField(default=True)

    class Meta(Entry.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(supplier__regex=_WORDS, contact__regex=_WORDS),
                name="%(class)s_names_supplier",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, counts=True)
                | Q(corrects__isnull=False, because__regex=_WORDS),
                name="%(class)s_corrected_with_reason",
            ),
        ]
        triggers = [
            *never_erased(),
            pgtrigger.Trigger(
                name="corrects_the_same_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=pgtrigger.Func(_SAME_PERSON),  # type: ignore[no-untyped-call]  # no hints
            ),
        ]

    @property
    def is_standing(self) -> bool:
        """Whether it holds now: not corrected since, and not said to be so no longer."""
        return self.counts and not hasattr(self, "correction")


class HealthCondition(Known):
    """A health condition with its meaning for risk, as the catalogue put it that day.

    code is empty for a condition that the catalogue lacks, whose meaning is given in words.
    hours: untreated, when it begins to matter. details: how it is for this person.
    """

    code = models.CharField(max_length=40, blank=True)
    label = models.CharField(max_length=120)
    meaning = models.TextField()
    hours = models.PositiveSmallIntegerField(null=True, blank=True)
    not_the_same = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)
    details = models.TextField(blank=True)

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                condition=Q(label__regex=_WORDS, meaning__regex=_WORDS),
                name="condition_with_its_meaning",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Medication(Known):
    """A medicine, when it was last taken, and when going without begins to matter (UTC).

    condition: the code of the catalogue's condition that it treats, if it is one of those.
    critical_because: how critical_at came about: given by somebody, or computed, and from what.
    """

    name = models.CharField(max_length=200)
    what_for = models.CharField(max_length=200)
    condition = models.CharField(max_length=40, blank=True)
    last_taken_at = models.DateTimeField(null=True, blank=True)
    critical_at = models.DateTimeField(null=True, blank=True)
    critical_because = models.TextField(blank=True)

    class Meta(Known.Meta):
        verbose_name_plural = "medication"
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                condition=Q(critical_at__isnull=True) | Q(critical_because__regex=_WORDS),
                name="medication_critical_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.what_for}"


class ExploitationInvestigation(Known):
    """The investigation of exploitation behind a marker, and whose it is (CHILD-2).

    officer: None while nobody is allocated. officer_trained: whether their training in child
    exploitation counted on the day it was recorded.
    """

    marker = models.CharField(max_length=40)
    reference = models.CharField(max_length=120)
    officer = models.ForeignKey(
        "officers.Officer", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    officer_trained = models.BooleanField(default=False)
    details = models.TextField(blank=True)

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                condition=Q(reference__regex=_WORDS), name="exploitation_with_its_reference"
            ),
            models.CheckConstraint(
                condition=Q(officer__isnull=False) | Q(officer_trained=False),
                name="exploitation_nobody_is_trained",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Associate(Known):
    """Somebody the person knows, where they are, and whether they may be a danger to them."""

    class Danger(models.TextChoices):
        YES = "yes", "May be a danger to them"
        NO = "no", "Not thought to be a danger"
        NOT_KNOWN = "not_known", "Not known whether a danger"

    name = models.CharField(max_length=200)
    relationship = models.CharField(max_length=120)
    where = models.CharField(max_length=300, blank=True)
    danger = models.CharField(max_length=12, choices=Danger, default=Danger.NOT_KNOWN)
    details = models.TextField(blank=True)

    class Meta(Known.Meta):
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                condition=Q(danger__in=["yes", "no", "not_known"]), name="associate_danger_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.relationship}"


class KnownPlace(Known):
    """A place the person goes to, and why."""

    place = models.CharField(max_length=300)
    why = models.TextField()

    class Meta(Known.Meta):
        pass

    def __str__(self) -> str:
        return self.place


class Clothing(Known):
    """What the person had on and with them, in this incident."""

    description = models.TextField()

    class Meta(Known.Meta):
        verbose_name_plural = "clothing"

    def __str__(self) -> str:
        return cut(self.description, 60)


class Weather(Known):
    """The weather they are in, lowest temperature in °C, and when exposure begins to matter (UTC).

    The supplier is where the forecast or observation comes from.
    """

    conditions = models.CharField(max_length=200)
    low_celsius = models.SmallIntegerField(null=True, blank=True)
    critical_at = models.DateTimeField(null=True, blank=True)
    critical_because = models.TextField(blank=True)

    class Meta(Known.Meta):
        verbose_name_plural = "weather"
        constraints = [
            *Known.Meta.constraints,
            models.CheckConstraint(
                condition=Q(critical_at__isnull=True) | Q(critical_because__regex=_WORDS),
                name="weather_critical_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(low_celsius__isnull=True) | Q(low_celsius__range=(-60, 60)),
                name="weather_low_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.conditions
