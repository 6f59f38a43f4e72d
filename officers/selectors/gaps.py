"""Gaps in the rota, found before they happen."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from officers.models import Shift
from officers.rules.roles import Role
from officers.rules.turns import ROTA_ROLES, figures

# How far ahead gaps are looked for, so that they are filled before they happen.
AHEAD = timedelta(days=figures()["gaps_ahead_days"])


@dataclass(frozen=True)
class Gap:
    """A stretch (UTC) in which nobody is on duty in a role of a BCU."""

    bcu: str
    role: Role
    starts_at: datetime
    ends_at: datetime


def gaps_ahead(bcus: Collection[str], start: datetime, end: datetime) -> list[Gap]:
    """Every gap of these BCUs between two moments, the earliest first; one query."""
    shifts: dict[tuple[str, str], list[Shift]] = defaultdict(list)
    found = Shift.objects.filter(
        bcu__in=bcus, starts_at__lt=end, ends_at__gt=start, officer__is_active=True
    )
    for shift in found.order_by("starts_at"):
        shifts[shift.bcu_id, shift.role].append(shift)
    gaps = [
        Gap(bcu, role, *stretch)
        for bcu in bcus
        for role in ROTA_ROLES
        for stretch in uncovered(shifts[bcu, role], start, end)
    ]
    return sorted(gaps, key=lambda gap: (gap.starts_at, gap.bcu, gap.role))


def uncovered(
    shifts: Sequence[Shift], start: datetime, end: datetime
) -> Iterable[tuple[datetime, datetime]]:
    """The stretches between two moments that no shift covers; shifts in order of their start."""
    covered_to = start
    for shift in shifts:
        if shift.starts_at > covered_to:
            yield covered_to, min(shift.starts_at, end)
        covered_to = max(covered_to, shift.ends_at)
        if covered_to >= end:
            return
    if covered_to < end:
        yield covered_to, end
