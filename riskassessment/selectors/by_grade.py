"""Incidents by their grade now: narrowed to one, or in the order of their grades."""

from datetime import datetime

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from core.errors import Invalid
from mispers.models import Incident
from riskassessment.models import RiskAssessment
from riskassessment.rules.grades import ORDER, Grade

NOT_GRADED = "none"


def of_grade(incidents: QuerySet[Incident], grade: str, now: datetime) -> QuerySet[Incident]:
    """Those whose grade is this one now; `none` for those not graded yet."""
    if grade not in (*Grade.values, NOT_GRADED):
        choices = ", ".join((*Grade.values, NOT_GRADED))
        raise Invalid.field("grade", "invalid_choice", f"Choose one of: {choices}.")
    graded = incidents.alias(
        grade_now=Coalesce(Subquery(_latest().values("grade")[:1]), Value(NOT_GRADED))
    )
    return graded.filter(grade_now=grade)


def with_rank(incidents: QuerySet[Incident], now: datetime) -> QuerySet[Incident]:
    """`grade_rank`, 1 for low to 3 for high; not graded ranks with high, since nobody knows."""
    ranked = Case(
        *(When(grade=grade, then=Value(rank)) for grade, rank in ORDER.items()),
        output_field=IntegerField(),
    )
    latest = Subquery(_latest().annotate(rank=ranked).values("rank")[:1])
    return incidents.annotate(grade_rank=Coalesce(latest, Value(max(ORDER.values()))))


def _latest() -> QuerySet[RiskAssessment]:
    return RiskAssessment.objects.filter(incident=OuterRef("pk")).order_by("-made_at", "-pk")
