"""How long it took to grade and to endorse, against what the protocol allowed that day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Case,
    Count,
    DateTimeField,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from core.rules.shares import Share
from mispers.models import Protocol
from mispers.selectors.protocol import Figures, first, from_record
from riskassessment.figures.cohort import Cohort
from riskassessment.models import RiskAssessment
from riskassessment.rules.grades import Grade


class Percentile(Aggregate):
    """The length of time that so large a fraction took at most."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(fraction)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()

    def __init__(self, expression: str, *, fraction: float, **extra: Any) -> None:
        super().__init__(expression, fraction=fraction, **extra)


@dataclass(frozen=True)
class Took:
    """How long something took. grade: of the assessment; None for all of them together.

    done: how many were done; median and nine_in_ten: None where none was. within: done in the
    time allowed, of those that were done or have run out of it.
    """

    grade: Grade | None
    done: int
    median: timedelta | None
    nine_in_ten: timedelta | None
    within: Share


def time_to_grade(cohort: Cohort, now: datetime) -> list[Took]:
    """From the report until its first assessment, by the grade that gave; and of all together."""
    first = RiskAssessment.objects.filter(incident=OuterRef("pk")).order_by("made_at", "pk")
    incidents = cohort.incidents.annotate(
        done_at=Subquery(first.values("made_at")[:1]),
        grade=Subquery(first.values("grade")[:1]),
        allowed=_allowed({"": "risk_1"}, "recorded_at"),
    )
    return [
        *_by_grade(_timed(incidents, "recorded_at", now)),
        _all_of(_timed(incidents, "recorded_at", now)),
    ]


def time_to_endorse(cohort: Cohort, now: datetime) -> list[Took]:
    """From an assessment until an inspector endorsed or returned it, by grade.

    One that a later assessment replaced before anybody decided is left out: nobody owes it.
    """
    later = RiskAssessment.objects.filter(
        incident=OuterRef("incident"), made_at__gte=OuterRef("made_at"), pk__gt=OuterRef("pk")
    )
    assessments = (
        RiskAssessment.objects.filter(incident__in=cohort.incidents)
        .exclude(Q(endorsement__isnull=True) & Exists(later))
        .annotate(
            done_at=F("endorsement__at"),
            allowed=_allowed({grade.value: f"endorse_{grade}" for grade in Grade}, "made_at"),
        )
        .order_by()
    )
    return _by_grade(_timed(assessments, "made_at", now))


def _timed(rows: QuerySet[Any], start: str, now: datetime) -> QuerySet[Any]:
    took = ExpressionWrapper(F("done_at") - F(start), output_field=DurationField())
    due_at = ExpressionWrapper(F(start) + F("allowed"), output_field=DateTimeField())
    is_owed = Q(done_at__isnull=False) | Q(due_at__lte=now)
    timed: QuerySet[Any] = rows.annotate(took=took, due_at=due_at).annotate(is_owed=is_owed)
    return timed


_MEASURED: dict[str, Any] = {
    "done": Count("done_at"),
    "median": Percentile("took", fraction=0.5),
    "nine_in_ten": Percentile("took", fraction=0.9),
    "within": Count("pk", filter=Q(took__lte=F("allowed"))),
    "owed": Count("pk", filter=Q(is_owed=True)),
}


def _by_grade(rows: QuerySet[Any]) -> list[Took]:
    found = {row["grade"]: row for row in rows.values("grade").annotate(**_MEASURED)}
    return [_took(grade, found.get(grade.value, {})) for grade in Grade]


def _all_of(rows: QuerySet[Any]) -> Took:
    return _took(None, rows.aggregate(**_MEASURED))


def _took(grade: Grade | None, row: dict[str, Any]) -> Took:
    return Took(
        grade=grade,
        done=row.get("done", 0),
        median=row.get("median"),
        nine_in_ten=row.get("nine_in_ten"),
        within=Share(row.get("within", 0), row.get("owed", 0)),
    )


def _allowed(names: dict[str, str], at: str) -> Case:
    """What the protocol in force at the moment in column `at` allows. names: by grade, or for all.

    A force has a handful of versions in its life, so each is a branch.
    """
    versions: list[tuple[datetime | None, Figures]] = [
        (each.in_force_from, from_record(each.version, each.figures))
        for each in Protocol.objects.order_by("-in_force_from")
    ]
    branches = [
        When(
            **({f"{at}__gte": since} if since else {"pk__isnull": False}),
            **({"grade": grade} if grade else {}),
            then=Value(figures.allow(name), output_field=DurationField()),
        )
        for since, figures in [*versions, (None, first())]
        for grade, name in names.items()
    ]
    return Case(*branches, output_field=DurationField())
