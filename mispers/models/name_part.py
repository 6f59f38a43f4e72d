"""The parts of people's names by which they are found."""

import pgtrigger
from django.db import models

from mispers.models.person import HAS_PARTS, Person


class NamePart(models.Model):
    """One spelling of one part of a person's name, and one of its sounds (docs/adr/0031).

    folded: in the letters a to z. sound: the key of `mispers.rules.naming.sounds`. weighty_words:
    how many words of the whole name count, the same in every row of a person.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_parts")
    folded = models.CharField(max_length=40)
    sound = models.CharField(max_length=4, blank=True)
    weighty_words = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [
            models.Index(
                fields=["sound"], include=["person", "folded", "weighty_words"],
                name="name_part_sounds",
            ),
            models.Index(
                fields=["folded"], include=["person", "weighty_words"],
                name="name_part_spelt", opclasses=["varchar_pattern_ops"],
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="leaves_others",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Delete,
                func=HAS_PARTS.format(person="OLD.person_id"),
            ),
        ]

    def __str__(self) -> str:
        return self.folded
