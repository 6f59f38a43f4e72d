"""Reads of the rota: who is on duty now, and what the next hours look like."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.london import day_of
from officers.models import BCU, Officer, Shift
from officers.rules.roles import Role
from officers.rules.turns import ROTA_ROLES, TurnOfDuty, turns_from
from officers.selectors.gaps import uncovered

AHEAD = timedelta(hours=48)


@dataclass(frozen=True)
class RoleCover:
    """Who is on duty in a role for a stretch of time, and whether part of it has nobody."""

    role: Role
    officers: list[Officer]
    has_gap: bool
    fallback: Officer | None = None


@dataclass(frozen=True)
class BcuNow:
    """Who holds each role of a BCU at this moment."""

    bcu: BCU
    roles: list[RoleCover]


@dataclass(frozen=True)
class TurnAhead:
    """Who holds each role for a turn of duty."""

    duty: TurnOfDuty
    roles: list[RoleCover]


def on_duty_everywhere(now: datetime) -> list[BcuNow]:
    """Every BCU and role of the rota at this moment; two queries."""
    holding: dict[tuple[str, str], list[Officer]] = defaultdict(list)
    shifts = Shift.objects.filter(starts_at__lte=now, ends_at__gt=now, officer__is_active=True)
    for shift in shifts.select_related("officer").order_by("-starts_at", "-pk"):
        holding[shift.bcu_id, shift.role].append(shift.officer)
    return [
        BcuNow(
            bcu,
            [
                RoleCover(
                    role,
                    holding[bcu.pk, role],
                    not holding[bcu.pk, role],
                    bcu.fallback_officer,
                )
                for role in ROTA_ROLES
            ],
        )
        for bcu in BCU.objects.select_related("fallback_officer").order_by("code")
    ]


def turns_ahead(bcu: str, now: datetime) -> list[TurnAhead]:
    """The turns of the next 48 hours, the running one first; one query."""
    today = day_of(now)
    turns = [
        duty
        for duty in turns_from(today - timedelta(days=1), 4)
        if duty.ends_at > now and duty.starts_at < now + AHEAD
    ]
    by_role: dict[str, list[Shift]] = defaultdict(list)
    shifts = Shift.objects.filter(
        bcu=bcu,
        starts_at__lt=turns[-1].ends_at,
        ends_at__gt=turns[0].starts_at,
        officer__is_active=True,
    )
    for shift in shifts.select_related("officer").order_by("starts_at", "pk"):
        by_role[shift.role].append(shift)
    return [
        TurnAhead(duty, [_role_cover(role, by_role[role], duty, now) for role in ROTA_ROLES])
        for duty in turns
    ]


def _role_cover(role: Role, shifts: list[Shift], duty: TurnOfDuty, now: datetime) -> RoleCover:
    during = [s for s in shifts if s.starts_at < duty.ends_at and s.ends_at > duty.starts_at]
    # What is past of the running turn can no longer be filled.
    start = max(duty.starts_at, now)
    gaps = list(uncovered(during, start, duty.ends_at))
    return RoleCover(role, list(dict.fromkeys(shift.officer for shift in during)), bool(gaps))
