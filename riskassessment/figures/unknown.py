"""How often a source was not looked at, or nothing was said of it."""

from dataclasses import dataclass

from django.db.models import Count, Q

from core.rules.shares import Share
from riskassessment.figures.cohort import Cohort
from riskassessment.models import SourceLookedAt


@dataclass(frozen=True)
class SourceRate:
    """One source over all assessments: looked at, not looked at with a reason, or nothing said."""

    source: SourceLookedAt.Source
    looked_at: int
    not_looked_at: int
    nothing_said: int

    @property
    def share_unknown(self) -> Share:
        """Assessments made without what this source holds."""
        unknown = self.not_looked_at + self.nothing_said
        return Share(unknown, self.looked_at + unknown)


def source_rates(cohort: Cohort, assessments: int) -> list[SourceRate]:
    """Every source, in the order of the form. assessments: how many the cohort has."""
    rows = (
        SourceLookedAt.objects.filter(assessment__incident__in=cohort.incidents)
        .order_by()
        .values("source")
        .annotate(
            looked_at=Count("pk", filter=Q(checked=True)),
            not_looked_at=Count("pk", filter=Q(checked=False)),
        )
    )
    found = {row["source"]: (row["looked_at"], row["not_looked_at"]) for row in rows}
    return [
        SourceRate(
            source,
            *found.get(source.value, (0, 0)),
            nothing_said=assessments - sum(found.get(source.value, (0, 0))),
        )
        for source in SourceLookedAt.Source
    ]
