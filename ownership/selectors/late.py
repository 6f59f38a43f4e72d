"""What a board calls overdue, and how far up it has climbed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from mispers.models import Incident
from mispers.registries import Provider
from mispers.rules.codes import Code
from mispers.rules.strip import Late
from mispers.selectors.protocol import in_force
from ownership.models import Deadline
from ownership.rules.rungs import Rung, rung_at


def late(
    incidents: Sequence[Incident], now: datetime, grades: Mapping[int, str]
) -> dict[int, Late]:
    """{incident pk: what is overdue on it}; one query beside the protocol's.

    Circulation is due as soon as possible, and 48 hours is the latest: a board does not wait for
    the latest. There it counts as overdue once the time for the first steps (INI-1) is over.
    """
    figures = in_force(now)
    first_steps = figures.allow("ini_1")
    is_due = Q(due_at__lte=now) | Q(code=Code.CIRC_1, opened_at__lte=now - first_steps)
    rows = Deadline.objects.filter(
        is_due, incident__in=incidents, met_at__isnull=True, cancelled_at__isnull=True
    ).order_by()
    due: dict[int, list[Deadline]] = defaultdict(list)
    for deadline in rows.only("incident_id", "code", "opened_at", "due_at"):
        due[deadline.incident_id].append(deadline)

    def climbed(pk: int, rung: Rung) -> datetime | None:
        falls = (rung_at(rung, each, grades.get(pk), figures) for each in due[pk])
        return min((at for at in falls if at <= now), default=None)

    def since(deadline: Deadline) -> datetime:
        if deadline.code == Code.CIRC_1:
            return min(deadline.due_at, deadline.opened_at + first_steps)
        return deadline.due_at

    return {
        pk: Late(
            count=len(deadlines),
            codes=tuple(sorted({each.code for each in deadlines})),
            since=min(map(since, deadlines)),
            with_inspector=climbed(pk, Rung.INSPECTOR),
            with_superintendent=climbed(pk, Rung.SUPERINTENDENT),
        )
        for pk, deadlines in due.items()
    }


LATE = Provider("late", late, needs=("grade",))
