"""What was graded how, changed from what to what, and what inspectors said to it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Subquery

from core.rules.shares import Share
from riskassessment.figures.cohort import Cohort, Of, whose
from riskassessment.models import Endorsement, RiskAssessment
from riskassessment.rules.grades import Grade

Decision = Endorsement.Decision


@dataclass(frozen=True)
class GradeCount:
    """Grades given to records of one kind."""

    of: Of
    grade: Grade
    number: int
    share: Share


@dataclass(frozen=True)
class GradeChange:
    """How often one grade followed another; after is before where it was graded the same again."""

    before: Grade
    after: Grade
    number: int


@dataclass(frozen=True)
class Decided:
    """Of assessments of one grade: what an inspector said, or that none has.

    replaced: a later assessment came before anybody decided.
    """

    grade: Grade
    given: int
    endorsed: int
    returned: int
    waiting: int
    replaced: int

    @property
    def share_returned(self) -> Share:
        """Of those on which an inspector decided."""
        return Share(self.returned, self.endorsed + self.returned)


@dataclass(frozen=True)
class Grades:
    """Everything of this module, from one query."""

    given: list[GradeCount]
    changed: list[GradeChange]
    decided: list[Decided]

    @property
    def assessments(self) -> int:
        """How many assessments there are."""
        return sum(each.given for each in self.decided)


def grades(cohort: Cohort) -> Grades:
    """The grades given to the records of the cohort, first ones and later ones."""
    earlier = RiskAssessment.objects.filter(
        incident=OuterRef("incident"), made_at__lte=OuterRef("made_at"), pk__lt=OuterRef("pk")
    )
    later = RiskAssessment.objects.filter(
        incident=OuterRef("incident"), made_at__gte=OuterRef("made_at"), pk__gt=OuterRef("pk")
    )
    rows = (
        RiskAssessment.objects.filter(incident__in=cohort.incidents)
        .annotate(
            of=whose("incident__"),
            before=Subquery(earlier.order_by("-made_at", "-pk").values("grade")[:1]),
            decision=F("endorsement__decision"),
            replaced=Exists(later),
        )
        .order_by()
        .values_list("of", "before", "grade", "decision", "replaced")
        .annotate(number=Count("pk"))
    )
    return _summed(rows)


def _summed(rows: Iterable[tuple[str, str | None, str, str | None, bool, int]]) -> Grades:
    given, changed, said = (
        Counter[tuple[str, str]](),
        Counter[tuple[str, str]](),
        Counter[tuple[str, str]](),
    )
    for of, before, grade, decision, replaced, number in rows:
        given[of, grade] += number
        if before is not None:
            changed[before, grade] += number
        said[grade, decision or ("replaced" if replaced else "waiting")] += number
    of_each = {of: sum(given[of, grade] for grade in Grade) for of in Of}
    return Grades(
        given=[
            GradeCount(of, grade, given[of, grade], Share(given[of, grade], of_each[of]))
            for of in Of
            for grade in Grade
        ],
        changed=[
            GradeChange(before, after, changed[before, after])
            for before in Grade
            for after in Grade
        ],
        decided=[
            Decided(
                grade=grade,
                given=sum(given[of, grade] for of in Of),
                endorsed=said[grade, Decision.ENDORSED],
                returned=said[grade, Decision.RETURNED],
                waiting=said[grade, "waiting"],
                replaced=said[grade, "replaced"],
            )
            for grade in Grade
        ],
    )
