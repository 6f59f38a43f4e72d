"""How the standards are met across BCUs: counts, and the records behind each number."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from assurance.models import StandardState
from assurance.rules.verdict import State
from mispers.rules.codes import STANDARDS
from officers.selectors.visibility import Reader, bcus_seen_by

# What can be counted and drilled into, with its words, in the order of the page's columns.
COLUMNS = {
    "not_met": "Not met",
    "met_late": "Met late",
    "not_yet_due": "Not yet due",
    "met": "Met",
    "not_applicable": "Does not apply",
}


_TALLIED = ("met", "met_late", "not_met", "not_yet_due", "not_applicable")


@dataclass(frozen=True)
class Tally:
    """Records of one BCU, or of several, by how they stand on one standard."""

    bcu: str
    code: str
    met: int = 0
    met_late: int = 0
    not_met: int = 0
    not_yet_due: int = 0
    not_applicable: int = 0

    @property
    def title(self) -> str:
        """What the standard asks."""
        return STANDARDS[self.code].title

    @property
    def judged(self) -> int:
        """Records on which the standard was due or has been met."""
        return self.met + self.met_late + self.not_met

    @property
    def share_not_met(self) -> float:
        """Of those judged, from 0 to 1."""
        return self.not_met / self.judged if self.judged else 0.0


def states_visible_to(
    reader: Reader,
    *,
    bcu: str = "",
    code: str = "",
    start: datetime | None = None,
    end: datetime | None = None,
) -> QuerySet[StandardState]:
    """Kept states of incidents recorded from start until before end (UTC), in the reader's BCUs."""
    seen = bcus_seen_by(reader)
    states = StandardState.objects.filter(code__in=STANDARDS)
    if seen is not None:
        states = states.filter(incident__bcu__in=seen)
    for column, value in (
        ("incident__bcu", bcu),
        ("code", code),
        ("incident__recorded_at__gte", start),
        ("incident__recorded_at__lt", end),
    ):
        if value:
            states = states.filter(**{column: value})
    return states


def in_column(column: str, now: datetime) -> Q:
    """Which states a column counts: what has fallen due since the last evaluation is not met."""
    fallen_due = Q(state=State.NOT_YET_DUE, due_at__isnull=False, due_at__lte=now)
    match column:
        case "met":
            return Q(state=State.MET, late=False)
        case "met_late":
            return Q(state=State.MET, late=True)
        case "not_met":
            return Q(state=State.NOT_MET) | fallen_due
        case "not_yet_due":
            return Q(state=State.NOT_YET_DUE) & ~fallen_due
    return Q(state=column)


def counts(reader: Reader, now: datetime, **narrowing: Any) -> list[Tally]:
    """A count per BCU and code, in that order, by one query. Takes `states_visible_to`'s words."""
    rows = (
        states_visible_to(reader, **narrowing)
        .values("incident__bcu", "code")
        .annotate(**{column: Count("pk", filter=in_column(column, now)) for column in _TALLIED})
        .order_by()
        .values_list("incident__bcu", "code", *_TALLIED)
    )
    found = [Tally(*row) for row in rows]
    order = list(STANDARDS)
    return sorted(found, key=lambda each: (each.bcu, order.index(each.code)))


def summed(found: Iterable[Tally], by: str) -> list[Tally]:
    """The counts added up by `bcu` or by `code`, the worst first."""
    totals: dict[str, dict[str, int]] = {}
    any_of: dict[str, Tally] = {}
    for each in found:
        key = getattr(each, by)
        any_of.setdefault(key, each)
        total = totals.setdefault(key, dict.fromkeys(COLUMNS, 0))
        for column in COLUMNS:
            total[column] += getattr(each, column)
    added = [
        Tally(
            bcu=any_of[key].bcu if by == "bcu" else "",
            code=any_of[key].code if by == "code" else "",
            **total,
        )
        for key, total in totals.items()
    ]
    return worst_first(added)


def worst_first(found: Iterable[Tally]) -> list[Tally]:
    """By the share not met, then by how many, then by name."""
    return sorted(found, key=lambda each: (-each.share_not_met, -each.not_met, each.code, each.bcu))


def records_behind(
    reader: Reader, now: datetime, *, column: str, **narrowing: Any
) -> QuerySet[StandardState]:
    """The records that one number counts, those that stand so the longest first."""
    return (
        states_visible_to(reader, **narrowing)
        .filter(in_column(column, now))
        .select_related("incident__person", "incident__bcu")
        .order_by("since", "pk")
    )
