"""What deadlines say about incidents: the next thing due and whose it is, what is overdue."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mispers.models import Incident
from mispers.registries import Provider
from mispers.rules.codes import Code, DueFrom
from mispers.rules.strip import AnswersFor, Due, Overdue
from ownership.models import Deadline
from ownership.selectors.where_done import where_done

_OPEN = Q(met_at__isnull=True, cancelled_at__isnull=True)


def next_due(
    incidents: Sequence[Incident],
    now: datetime,
    owners: Mapping[int, AnswersFor],
    inspectors: Mapping[int, AnswersFor],
) -> Mapping[int, Due]:
    """The earliest open deadline of each incident; one query, and one for offers."""
    first = (
        Deadline.objects.filter(_OPEN, incident__in=incidents)
        .select_related("officer")
        .order_by("incident_id", "due_at", "pk")
        .distinct("incident_id")
    )
    deadlines = list(first)
    holders = {DueFrom.OWNER.value: owners, DueFrom.INSPECTOR.value: inspectors}

    def who(deadline: Deadline) -> str:
        named = deadline.officer or holders.get(deadline.due_from, {}).get(deadline.incident_id)
        return str(named) if named else "nobody"

    places = where_done(deadlines, incidents)
    return {
        deadline.incident_id: Due(
            what=deadline.title,
            code=deadline.code,
            at=deadline.due_at,
            who=who(deadline),
            url=places[deadline.pk],
        )
        for deadline in deadlines
    }


def overdue(incidents: Sequence[Incident], now: datetime) -> Mapping[int, Overdue]:
    """What is overdue on each incident; one query."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Deadline.objects.filter(_OPEN, incident__in=incidents, due_at__lte=now).values_list(
        "incident_id", "code"
    )
    for pk, code in rows:
        found[pk][code] += 1
    return {
        pk: Overdue(
            actions=codes[Code.ACT_2],
            standards=tuple(sorted(code for code in codes if code != Code.ACT_2)),
        )
        for pk, codes in found.items()
    }


NEXT_DUE = Provider("next_due", next_due, needs=("owner", "inspector"))
OVERDUE = Provider("overdue", overdue)


def only_overdue(incidents: QuerySet[Incident], value: str, now: datetime) -> QuerySet[Incident]:
    """`overdue=true` keeps incidents with something overdue, `false` those with nothing."""
    late = Deadline.objects.filter(_OPEN, due_at__lte=now).values("incident_id")
    wanted = Q(pk__in=late)
    return incidents.filter(wanted if value == "true" else ~wanted)


def with_due_columns(incidents: QuerySet[Incident], now: datetime) -> QuerySet[Incident]:
    """Adds next_due_at and overdue_count, for ordering the open list."""
    mine = Deadline.objects.filter(_OPEN, incident=OuterRef("pk")).order_by()
    return incidents.annotate(
        next_due_at=Subquery(mine.values("incident").annotate(at=Min("due_at")).values("at")),
        overdue_count=Coalesce(
            Subquery(
                mine.filter(due_at__lte=now)
                .values("incident")
                .annotate(late=Count("pk"))
                .values("late")
            ),
            0,
        ),
    )
