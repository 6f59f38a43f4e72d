"""Who could take something on: the BCU's officers, those on duty first."""

from datetime import datetime, timedelta

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from officers.models import BCU, Officer, Shift
from officers.rules.permitted import MAY, Permission
from officers.rules.roles import INSPECTING_RANKS
from officers.selectors.duty import on_shift_in
from ownership.models import Capacity

NEXT = timedelta(hours=12)
NOW_ON, NEXT_ON, OFF = range(3)
HEADINGS = {NOW_ON: "On duty now", NEXT_ON: "On duty within 12 hours", OFF: "Off duty"}


def receivers(bcu: BCU | str, now: datetime, capacity: Capacity | None = None) -> QuerySet[Officer]:
    """Active working officers of the BCU, and who covers it, by duty and name.

    duty: on now, next, or off.

    capacity: with inspector, inspecting ranks alone.
    """
    shifts = Shift.objects.filter(officer=OuterRef("pk"), bcu=bcu)
    on_now = shifts.filter(starts_at__lte=now, ends_at__gt=now)
    on_next = shifts.filter(starts_at__gt=now, starts_at__lte=now + NEXT)
    code = bcu.pk if isinstance(bcu, BCU) else bcu
    covering = on_shift_in(code, now).exclude(officer__bcu=code)
    found = Officer.objects.filter(
        Q(bcu=code) | Q(pk__in=covering.values("officer")),
        is_active=True,
        role__in=MAY[Permission.HAND_OVER],
    ).annotate(
        duty=Case(
            When(Exists(on_now), then=Value(NOW_ON)),
            When(Exists(on_next), then=Value(NEXT_ON)),
            default=Value(OFF),
            output_field=IntegerField(),
        )
    )
    if capacity is Capacity.INSPECTOR:
        found = found.filter(rank__in=INSPECTING_RANKS)
    return found.order_by("duty", "family_name", "given_name", "pk")


def duty_heading(officer: Officer) -> str:
    """The heading under which an officer of `receivers` stands."""
    return HEADINGS[officer.duty]  # type: ignore[attr-defined]  # annotated by receivers


def with_role(officer: Officer) -> str:
    """Name, rank and posting, to choose by."""
    return f"{officer}, {officer.get_role_display()}"
