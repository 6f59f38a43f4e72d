"""Who is missing."""

from datetime import date

import pgtrigger
from django.db import models
from simple_history.models import HistoricalRecords

from mispers.rules import reports
from mispers.rules.ages import age_of

# A changed name takes its parts away at once, so that nobody is found by what they are not called.
_RENAMED = pgtrigger.UpdateOf("given_name", "family_name")  # type: ignore[no-untyped-call]
_OUTDATED = """
    DELETE FROM mispers_namepart WHERE person_id = NEW.id;
    RETURN NULL;
"""
# Asked when the transaction ends; digits and signs alone have no parts.
HAS_PARTS = """
    IF EXISTS (
        SELECT 1 FROM mispers_person person
        WHERE person.id = {person} AND person.given_name || person.family_name ~ '[[:alpha:]]'
    ) AND NOT EXISTS (SELECT 1 FROM mispers_namepart part WHERE part.person_id = {person}) THEN
        RAISE EXCEPTION 'a person is kept with the parts of their name'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
"""


class Person(models.Model):
    """A person who has been reported missing, in one or more incidents.

    They are found by the parts of their name (`NamePart`), without which the database keeps nobody.
    markers are codes from `mispers.rules.markers`. placing_authority: who placed a looked-after
    child, where that is not who looks after them.
    """

    Sex = reports.Sex

    given_name = models.CharField(max_length=80, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    unknown = models.BooleanField("name not known", default=False)
    date_of_birth = models.DateField(null=True, blank=True)
    age_estimate = models.PositiveSmallIntegerField(null=True, blank=True)
    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN)
    home_address_lines = models.JSONField(default=list, blank=True)
    home_postcode = models.CharField(max_length=8, blank=True)
    phones = models.JSONField(default=list, blank=True)
    looked_after_by = models.CharField("looked after by", max_length=120, blank=True)
    placing_authority = models.CharField(max_length=120, blank=True)
    markers = models.JSONField(default=list, blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unknown=True)
                | ~models.Q(given_name="")
                | ~models.Q(family_name=""),
                name="person_named_or_unknown",
            ),
            models.CheckConstraint(
                condition=models.Q(sex__in=["female", "male", "other", "unknown"]),
                name="person_sex_known_code",
            ),
            models.CheckConstraint(
                condition=models.Q(age_estimate__isnull=True) | models.Q(age_estimate__lte=120),
                name="person_age_estimate_sane",
            ),
        ]
        indexes = [
            models.Index(fields=["date_of_birth"], name="person_dob"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="other_name_other_parts",
                when=pgtrigger.After,
                operation=_RENAMED,
                condition=pgtrigger.Condition(
                    "OLD.given_name IS DISTINCT FROM NEW.given_name"
                    " OR OLD.family_name IS DISTINCT FROM NEW.family_name"
                ),
                func=_OUTDATED,
            ),
            pgtrigger.Trigger(
                name="found_by_name",
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                operation=pgtrigger.Insert | _RENAMED,
                func=HAS_PARTS.format(person="NEW.id"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Given and family name, or words saying that the name is not known."""
        return " ".join(filter(None, [self.given_name, self.family_name])) or "Name not known"

    def age_on(self, day: date) -> int | None:
        """Age in whole years on a day; None when nobody knows it."""
        return age_of(born=self.date_of_birth, estimate=self.age_estimate, day=day)

    @property
    def initials(self) -> str:
        """Up to two letters to stand where there is no photograph."""
        return "".join(part[0] for part in [self.given_name, self.family_name] if part) or "?"
