"""Reads of training: who was trained on a day, and who lapses when."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)

from core.errors import NotVisible
from core.london import day_of
from officers.models import Officer, Shift, Training
from officers.rules.permitted import MAY, Permission
from officers.selectors.visibility import Reader, bcus_seen_by

# How long before it lapses a course is shown as running out.
SOON = timedelta(days=30)


class TrainingStanding(TextChoices):
    """How an officer stands with a course on a day, the most pressing first."""

    LAPSED = "lapsed", "Lapsed"
    SOON = "soon", "Lapses within 30 days"
    NEVER = "never", "Never trained"
    IN_DATE = "in_date", "In date"


def in_force() -> QuerySet[Training]:
    """The rows that count: not corrected since, and not taken away."""
    return Training.objects.filter(correction__isnull=True, counts=True)


def trained_on(officer: Officer, course: str, day: date) -> bool:
    """Whether the officer's training in the course counted on this day, as the record now stands.

    On the day it lapses it counts no more.
    """
    return in_force().filter(officer=officer, **_counting_on(course, day)).exists()


def trained(officers: QuerySet[Officer], course: str, day: date) -> QuerySet[Officer]:
    """Those of the officers whose training in the course counts on this day."""
    return marked_trained(officers, course, day).filter(is_trained=True)


def marked_trained(officers: QuerySet[Officer], course: str, day: date) -> QuerySet[Any]:
    """The officers, each with `is_trained`: whether their training in the course counts then."""
    counting = in_force().filter(officer=OuterRef("pk"), **_counting_on(course, day))
    return officers.annotate(is_trained=Exists(counting))


def latest_visible_to(
    reader: Reader,
    *,
    bcu: str = "",
    course: str = "",
    officer: Officer | None = None,
    lapses_before: date | None = None,
) -> QuerySet[Training]:
    """For each officer and course the training that lasts longest, the first to lapse first."""
    later = in_force().filter(officer=OuterRef("officer"), course=OuterRef("course"))
    longer = later.filter(
        Q(lapses_on__gt=OuterRef("lapses_on"))
        | Q(lapses_on=OuterRef("lapses_on"), pk__gt=OuterRef("pk"))
    )
    found = in_force().filter(~Exists(longer), officer__is_active=True)
    seen = bcus_seen_by(reader)
    if seen is not None:
        found = found.filter(officer__bcu__in=seen)
    for column, value in (
        ("officer__bcu", bcu),
        ("course", course),
        ("officer", officer),
        ("lapses_on__lt", lapses_before),
    ):
        if value:
            found = found.filter(**{column: value})
    return found.select_related("officer", "recorded_by").order_by("lapses_on", "pk")


def training_standings(
    reader: Reader, *, course: str, now: datetime, bcu: str = "", standing: str = ""
) -> QuerySet[Any]:
    """Every officer who grades or endorses, with how they stand with the course now.

    Each has `standing`, `lapses_on` (None if never trained) and `next_duty`, when they are next on
    duty or since when they have been (UTC). The most pressing first.
    """
    today = day_of(now)
    passed = in_force().filter(officer=OuterRef("pk"), course=course, passed_on__lte=today)
    duty = Shift.objects.filter(officer=OuterRef("pk"), ends_at__gt=now).order_by()
    found: QuerySet[Any] = Officer.objects.filter(
        is_active=True, role__in=MAY[Permission.ASSESS_RISK]
    )
    seen = bcus_seen_by(reader)
    if seen is not None:
        found = found.filter(bcu__in=seen)
    if bcu:
        found = found.filter(bcu=bcu)
    found = found.annotate(
        lapses_on=Subquery(passed.order_by("-lapses_on").values("lapses_on")[:1]),
        next_duty=Subquery(
            duty.values("officer").annotate(first=Min("starts_at")).values("first")[:1]
        ),
    ).annotate(
        standing=Case(
            When(lapses_on__isnull=True, then=Value(TrainingStanding.NEVER.value)),
            When(lapses_on__lte=today, then=Value(TrainingStanding.LAPSED.value)),
            When(lapses_on__lte=today + SOON, then=Value(TrainingStanding.SOON.value)),
            default=Value(TrainingStanding.IN_DATE.value),
            output_field=CharField(),
        ),
    )
    if standing:
        found = found.filter(standing=standing)
    pressing = [When(standing=each, then=Value(rank)) for rank, each in enumerate(TrainingStanding)]
    return found.order_by(
        Case(*pressing), "lapses_on", "next_duty", "family_name", "given_name", "pk"
    )


def number_in_each_standing(officers: QuerySet[Any]) -> dict[TrainingStanding, int]:
    """How many of `training_standings` stand how; one query."""
    rows = officers.order_by().values("standing").annotate(number=Count("pk"))
    numbers = {row["standing"]: row["number"] for row in rows}
    return {each: numbers.get(each.value, 0) for each in TrainingStanding}


def officer_visible_to(reader: Reader, pk: int) -> Officer:
    """The officer, or NotVisible outside the BCUs the reader sees."""
    seen = bcus_seen_by(reader)
    officers = Officer.objects.all() if seen is None else Officer.objects.filter(bcu__in=seen)
    found = officers.filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def history_of(officer: Officer) -> QuerySet[Training]:
    """Everything recorded of the officer's training, corrections too, the newest first."""
    return (
        Training.objects.filter(officer=officer)
        .select_related("recorded_by", "correction__recorded_by")
        .order_by("-passed_on", "-pk")
    )


def _counting_on(course: str, day: date) -> dict[str, object]:
    return {"course": course, "passed_on__lte": day, "lapses_on__gt": day}
