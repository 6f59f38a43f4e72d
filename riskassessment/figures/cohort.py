"""Which reports the figures are of, with children and adults told apart."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    F,
    Func,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from core.london import LONDON
from mispers.models import Incident
from mispers.rules.ages import ADULT
from mispers.selectors.incidents import incidents_visible_to
from officers.selectors.visibility import Reader


class Of(TextChoices):
    """Whose record it is, by the age on the day of the report."""

    CHILD = "child", "Children"
    ADULT = "adult", "Adults"
    UNKNOWN = "unknown", "Age not known"


@dataclass(frozen=True)
class Cohort:
    """Reports recorded from `start` until before `end` (UTC), of one BCU or all the reader sees."""

    reader: Reader
    bcu: str = ""
    start: datetime | None = None
    end: datetime | None = None

    @property
    def incidents(self) -> QuerySet[Incident]:
        """The reports, each with `of`."""
        found = incidents_visible_to(self.reader)
        for column, value in (
            ("bcu", self.bcu),
            ("recorded_at__gte", self.start),
            ("recorded_at__lt", self.end),
        ):
            if value:
                found = found.filter(**{column: value})
        return found.order_by()


def whose(incident: str = "") -> Case:
    """`Of`, as an expression. incident: the way to it from the row asked about, such as incident__.

    It tells what `mispers.rules.ages` tells, in the database.
    """
    before = Func(
        TruncDate(F(f"{incident}reported_at"), tzinfo=LONDON),
        template=f"((%(expressions)s) - INTERVAL '{ADULT} years')::date",
        output_field=DateField(),
    )
    person = f"{incident}person__"
    return Case(
        When(**{f"{person}date_of_birth__gt": before}, then=Value(Of.CHILD.value)),
        When(**{f"{person}date_of_birth__isnull": False}, then=Value(Of.ADULT.value)),
        When(**{f"{person}age_estimate__lt": ADULT}, then=Value(Of.CHILD.value)),
        When(**{f"{person}age_estimate__isnull": False}, then=Value(Of.ADULT.value)),
        default=Value(Of.UNKNOWN.value),
        output_field=CharField(),
    )


def records(cohort: Cohort) -> dict[Of, int]:
    """How many reports, by whose they are."""
    rows = cohort.incidents.annotate(of=whose()).values("of").annotate(number=Count("pk"))
    found = {row["of"]: row["number"] for row in rows}
    return {each: found.get(each.value, 0) for each in Of}
