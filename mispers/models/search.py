"""Searches, recorded as exactly what they were, who advised on them, and sightings."""

from django.db import models

from core.db.protection import never_erased
from mispers.models.entry import Entry


class Search(Entry):
    """A search of a place (SEARCH-1). Only an extent of `inside` is a search of the inside."""

    class Kind(models.TextChoices):
        HOME = "home", "Home"
        MISSING_FROM = "missing_from", "Place missing from"
        OTHER = "other", "Another place"

    class Extent(models.TextChoices):
        EXTERIOR = "exterior", "Looked at from outside"
        KNOCK = "knock", "Knocked, no entry"
        PART_INSIDE = "part_inside", "Part of the inside"
        INSIDE = "inside", "The inside, every room"

    place = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=Kind)
    extent = models.CharField(max_length=12, choices=Extent)
    covered = models.TextField()
    not_covered = models.TextField()
    searched_by = models.CharField(max_length=200)
    searched_at = models.DateTimeField()
    result = models.TextField()

    class Meta(Entry.Meta):
        verbose_name_plural = "searches"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["home", "missing_from", "other"]),
                name="search_kind_known",
            ),
            models.CheckConstraint(
                condition=models.Q(extent__in=["exterior", "knock", "part_inside", "inside"]),
                name="search_extent_known",
            ),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"{self.get_extent_display()}: {self.place}"


class SearchAdviserDecision(Entry):
    """Whether a specialist search adviser is involved, and why; the newest stands.

    Involved or not, somebody decided it: an inquest asks who, when and on what grounds.
    """

    involved = models.BooleanField()
    adviser = models.CharField(max_length=200, blank=True)
    reason = models.TextField()

    class Meta(Entry.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__regex=r"\S"), name="search_adviser_with_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(involved=False) | models.Q(adviser__regex=r"\S"),
                name="search_adviser_named",
            ),
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"Search adviser {self.adviser}" if self.involved else "No search adviser"


class Sighting(Entry):
    """Somebody says they saw the person."""

    class Credibility(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        CREDIBLE = "credible", "Credible"
        DOUBTFUL = "doubtful", "Doubtful"
        NOT_ASSESSED = "not_assessed", "Not assessed yet"

    at = models.DateTimeField()
    place = models.CharField(max_length=300)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)
    reported_by = models.CharField(max_length=200)
    credibility = models.CharField(
        max_length=16, choices=Credibility, default=Credibility.NOT_ASSESSED
    )
    text = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(lat__isnull=True, lon__isnull=True)
                | models.Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="sighting_on_earth",
            )
        ]
        triggers = never_erased()

    def __str__(self) -> str:
        return f"Sighting at {self.place}"
