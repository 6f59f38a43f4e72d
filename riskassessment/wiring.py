"""What this app shows beside an incident, filters it by and orders it by."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Case, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from core.errors import Invalid
from core.registries.navigation import NavItem, register_nav
from mispers.language import register_finder
from mispers.models import Incident
from mispers.registries import (
    Act,
    Tab,
    register_act,
    register_annotation,
    register_barriers,
    register_filter,
    register_provider,
    register_tab,
)
from mispers.rules.strip import NOT_GRADED
from officers.models import Officer
from officers.rules.permitted import MAY, Permission
from riskassessment.barriers import barriers
from riskassessment.models import RiskAssessment
from riskassessment.rules.grades import ORDER, Grade
from riskassessment.selectors.assessments import GRADE, waiting_for_endorsement
from riskassessment.words import typed
from riskassessment.words.keeping import being_kept, folded
from riskassessment.words.matcher import words_in


def register() -> None:
    """Give the grade to an incident's pages, lists and closure; called once, by the app's ready."""
    register_provider(GRADE)
    register_filter("grade", of_grade)
    register_annotation(with_rank)
    register_barriers(barriers)
    register_finder(words_of)
    typed.register()
    register_tab(Tab("Risk", "incident-risk", order=10))
    register_act(Act("Grade the risk", "assess-risk", 10, Permission.ASSESS_RISK))
    register_nav(
        NavItem("To endorse", "risk-queue", 30, MAY[Permission.ENDORSE_RISK], waiting_count)
    )
    readers = roles_with(Permission.SEE_RISK_FIGURES)
    register_nav(NavItem("Figures", "risk-figures", 52, readers, seldom=True))


def roles_with(permission: Permission) -> frozenset[str]:
    """The codes of the roles that the table gives a permission."""
    return frozenset(role.value for role in MAY[permission])


def waiting_count(officer: Officer, now: datetime) -> int:
    """How many assessments the officer could endorse or return."""
    return waiting_for_endorsement(officer).exclude(made_by=officer).count()


def words_of(incident: Incident, texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Phrases in texts of the incident, as a REST answer gives them, but for those just kept."""
    kept = being_kept()
    heard = kept.heard if kept else set()
    found = words_in(texts, is_child=incident.may_be_child)
    return [word for word in found if folded(word["phrase"]) not in heard]


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
