"""Who came to harm under which grade: how far grades tell, and how far they do not.

Published research on one force's records found that nearly nine in ten of those graded high came to
no harm, and that six in ten of those harmed had not been graded high. So a grade is a judgement to
act on, and these figures come with their intervals.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core.rules.shares import Share
from mispers.models import Located
from mispers.rules.stages import Outcome
from riskassessment.figures.cohort import Cohort, Of, whose
from riskassessment.models import RiskAssessment
from riskassessment.rules.grades import Grade

HARMED = (Outcome.FOUND_HARMED, Outcome.FOUND_DECEASED)
FOUND = (Outcome.FOUND_SAFE, *HARMED)


@dataclass(frozen=True)
class Harm:
    """Of closed records whose person was found: how many were harmed. grade: None if never graded.

    The grade is the last one from before they were located, when nobody knew yet.
    """

    of: Of
    grade: Grade | None
    unharmed: int
    harmed: int
    deceased: int

    @property
    def share_harmed(self) -> Share:
        """Of those found under this grade, the dead among the harmed."""
        harmed = self.harmed + self.deceased
        return Share(harmed, self.unharmed + harmed)


def harm_by_grade(cohort: Cohort) -> list[Harm]:
    """For children, adults and those whose age is not known, by grade; one query."""
    located = Located.objects.filter(incident=OuterRef("pk")).order_by("recorded_at", "pk")
    before = RiskAssessment.objects.filter(
        incident=OuterRef("pk"), made_at__lte=OuterRef("known_at")
    ).order_by("-made_at", "-pk")
    rows = (
        cohort.incidents.filter(outcome__in=FOUND)
        .annotate(
            of=whose(),
            known_at=Coalesce(Subquery(located.values("recorded_at")[:1]), F("closed_at")),
        )
        .annotate(grade=Subquery(before.values("grade")[:1]))
        .values_list("of", "grade", "outcome")
        .annotate(number=Count("pk"))
    )
    found = Counter[tuple[str, str | None, str]]()
    for of, grade, outcome, number in rows:
        found[of, grade, outcome] += number
    return [
        Harm(
            of,
            grade,
            *(found[of, grade, outcome] for outcome in FOUND),
        )
        for of in Of
        for grade in (*Grade, None)
    ]


def harmed_not_high(found: list[Harm]) -> Share:
    """Of those harmed, whatever their age, how many had not been graded high."""
    harmed = sum(each.share_harmed.part for each in found)
    high = sum(each.share_harmed.part for each in found if each.grade == Grade.HIGH)
    return Share(harmed - high, harmed)
