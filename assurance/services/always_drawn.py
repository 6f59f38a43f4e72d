"""Which records a dip sample always holds, whatever the lot says: each kind one row of a table."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from assurance.models import SampleItem
from mispers.models import BarrierOverride
from officers.models import BCU
from riskassessment.models import Pointed, RiskAssessment


@dataclass(frozen=True)
class Always:
    """What was decided on a record that somebody is to look at.

    rows: the decisions; incident and at: where they name their incident and their moment.
    name: under which the draw's event keeps the references; because: as its sentence says it.
    """

    why: SampleItem.Why
    rows: QuerySet
    incident: str
    at: str
    name: str
    because: str

    def in_bcu(self, unit: BCU) -> set[str]:
        """References of the BCU on which it was decided after they were last in a sample."""
        sampled_since = SampleItem.objects.filter(
            incident=OuterRef(self.incident), sample__drawn_at__gt=OuterRef(self.at)
        )
        found = self.rows.filter(**{f"{self.incident}__bcu": unit}).exclude(Exists(sampled_since))
        return set(found.order_by().values_list(f"{self.incident}__reference", flat=True))


ALWAYS = (
    Always(
        SampleItem.Why.OVERRIDE,
        BarrierOverride.objects.all(),
        incident="closure__incident",
        at="closure__decided_at",
        name="overridden",
        because="a barrier to closure had been overridden",
    ),
    Always(
        SampleItem.Why.LOWER_GRADE,
        RiskAssessment.objects.exclude(differs_because=""),
        incident="incident",
        at="made_at",
        name="graded_lower",
        because="a grade was lower than is usual",
    ),
    Always(
        SampleItem.Why.REPEAT,
        Pointed.objects.filter(of__isnull=False),
        incident="assessment__incident",
        at="assessment__made_at",
        name="repeated",
        because="a rationale repeated an earlier one",
    ),
)


def always_drawn(unit: BCU, drawn: Collection[str]) -> dict[str, list[str]]:
    """{name of a row of ALWAYS: references in order}, each once and none that the lot has drawn."""
    found: dict[str, list[str]] = {}
    seen = set(drawn)
    for each in ALWAYS:
        found[each.name] = sorted(each.in_bcu(unit) - seen)
        seen.update(found[each.name])
    return found
