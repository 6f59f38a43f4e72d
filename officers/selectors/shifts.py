"""Reads of shifts: a week of a BCU, one officer's own, what nobody covers, who is away, swaps."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core.errors import NotVisible
from core.london import end_of, start_of
from officers.models import Absence, Officer, Shift, Swap
from officers.rules.bank_holidays import bank_holiday, clock_change
from officers.rules.roles import Role
from officers.rules.turns import ROTA_ROLES, Turn, TurnOfDuty, turn_of_duty
from officers.selectors.gaps import uncovered
from officers.selectors.principals import ClientPrincipal
from officers.selectors.visibility import Reader, bcus_seen_by

MOST_SHOWN = 200


@dataclass(frozen=True)
class RoleOnTurn:
    """Who holds a role on a turn, by shift, and the stretches in which nobody does."""

    role: Role
    shifts: list[Shift]
    gaps: list[tuple[datetime, datetime]]


@dataclass(frozen=True)
class RotaDay:
    """A day of a BCU's rota: its turns, and what is special about it."""

    day: date
    turns: list[tuple[TurnOfDuty, list[RoleOnTurn]]]
    bank_holiday: str
    clock_change: str

    @property
    def label(self) -> str:
        """The day in words, to tell its table from the others."""
        return f"{self.day:%A} {self.day.day} {self.day:%B}"

    @property
    def gaps(self) -> int:
        """In how many cells somebody is lacking."""
        return sum(bool(cell.gaps) for _, cells in self.turns for cell in cells)


def week_of(bcu: str, monday: date, now: datetime) -> list[RotaDay]:
    """Seven days of a BCU's rota from `monday`; one query."""
    days = [monday + timedelta(days=n) for n in range(7)]
    found = (
        Shift.objects.filter(
            bcu=bcu,
            starts_at__lt=end_of(days[-1] + timedelta(days=1)),
            ends_at__gt=start_of(days[0]),
            officer__is_active=True,
        )
        .select_related("officer")
        .order_by("starts_at", "pk")
    )
    by_role: dict[str, list[Shift]] = defaultdict(list)
    for shift in found:
        by_role[shift.role].append(shift)
    return [
        RotaDay(
            day,
            [
                (duty, [_on_turn(role, by_role[role], duty, now) for role in ROTA_ROLES])
                for duty in (turn_of_duty(day, turn) for turn in Turn)
            ],
            bank_holiday(day),
            clock_change(day),
        )
        for day in days
    ]


def _on_turn(role: Role, shifts: Sequence[Shift], duty: TurnOfDuty, now: datetime) -> RoleOnTurn:
    during = [
        each for each in shifts if each.starts_at < duty.ends_at and each.ends_at > duty.starts_at
    ]
    # What has passed can no longer be filled.
    start = max(duty.starts_at, now)
    gaps = list(uncovered(during, start, duty.ends_at)) if start < duty.ends_at else []
    return RoleOnTurn(role, during, gaps)


def shifts_seen_by(
    reader: Officer | ClientPrincipal,
    *,
    bcu: str | None = None,
    role: str | None = None,
    officer: Officer | None = None,
    starts_before: datetime | None = None,
    ends_after: datetime | None = None,
) -> QuerySet[Shift]:
    """Standing shifts, the first to begin first.

    Any officer may look up who is on duty anywhere; a client system in the BCUs it sees.
    """
    found = Shift.objects.select_related("officer")
    seen = reader.bcus_seen() if isinstance(reader, ClientPrincipal) else None
    if seen is not None:
        found = found.filter(bcu__in=seen)
    for column, value in (
        ("bcu", bcu),
        ("role", role),
        ("officer", officer),
        ("starts_at__lt", starts_before),
        ("ends_at__gt", ends_after),
    ):
        if value is not None:
            found = found.filter(**{column: value})
    return found.order_by("starts_at", "pk")


def shift_in_sight(reader: Reader, pk: int) -> Shift:
    """A shift, taken out or not, of a BCU the reader sees. Raises NotVisible."""
    found = (
        Shift.every.select_related("officer", "bcu", "taken_out_by", "absence")
        .filter(_in_sight(reader, "bcu"), pk=pk)
        .first()
    )
    if found is None:
        raise NotVisible
    return found


def links_of(shift: Shift) -> dict[str, Any]:
    """The shift before it, those that took its place, and who stands in."""
    others = Shift.every.select_related("officer")
    return {
        "before": others.filter(pk=shift.replaces_id or 0).first(),
        "covered": others.filter(pk=shift.covers_id or 0).first(),
        "after": others.filter(replaces=shift).order_by("starts_at", "pk"),
        "cover": others.filter(covers=shift, taken_out_at__isnull=True).first(),
    }


def to_cover(now: datetime, *, bcu: str | None = None) -> QuerySet[Shift]:
    """What absent officers were to do and nobody stands in for, the most pressing first."""
    standing_in = Shift.objects.filter(covers=OuterRef("pk"))
    instead = Shift.every.filter(replaces=OuterRef("pk"))
    found = Shift.every.filter(
        ~Exists(standing_in), ~Exists(instead), absence__isnull=False, ends_at__gt=now
    ).select_related("officer", "absence")
    if bcu is not None:
        found = found.filter(bcu=bcu)
    return found.order_by("starts_at", "pk")


def shifts_ahead_of(officer: Officer, now: datetime) -> QuerySet[Shift]:
    """The officer's running and coming shifts."""
    return Shift.objects.filter(officer=officer, ends_at__gt=now).order_by("starts_at", "pk")


def absences_seen_by(
    reader: Officer, now: datetime, *, edits_rota: bool, officer: Officer | None = None
) -> QuerySet[Absence]:
    """Running and coming absences: one's own, and the BCU's for somebody who edits its rota."""
    found = Absence.objects.filter(
        Q(ended_at__isnull=True) | Q(ended_at__gt=now), ends_at__gt=now
    ).select_related("officer", "recorded_by")
    mine = Q(officer=reader)
    if edits_rota:
        mine |= _in_sight(reader, "officer__bcu")
    if officer is not None:
        found = found.filter(officer=officer)
    return found.filter(mine).order_by("starts_at", "pk")


def swaps_of(officer: Officer) -> QuerySet[Swap]:
    """Swaps the officer offered or was offered, the newest first."""
    return (
        Swap.objects.filter(Q(giver=officer) | Q(receiver=officer))
        .select_related("giver", "receiver", "shift", "in_return")
        .order_by("-offered_at", "-pk")
    )


def swaps_waiting(officer: Officer, now: datetime) -> QuerySet[Swap]:
    """Those of a shift still ahead that nobody has answered."""
    return swaps_of(officer).filter(state=Swap.State.OFFERED, shift__starts_at__gt=now)


def colleagues_for_swap(shift: Shift) -> QuerySet[Officer]:
    """Who may be offered a shift: the same BCU and posting."""
    owner = shift.officer
    return (
        Officer.objects.filter(is_active=True, bcu=shift.bcu_id, role=owner.role)
        .exclude(pk=owner.pk)
        .order_by("family_name", "given_name", "pk")
    )


def shifts_in_return(shift: Shift, now: datetime) -> QuerySet[Shift]:
    """Shifts ahead of those colleagues, in the same role, that could be had for it."""
    return (
        Shift.objects.filter(
            bcu=shift.bcu_id, role=shift.role, starts_at__gt=now, officer__is_active=True
        )
        .exclude(officer=shift.officer_id)
        .filter(officer__role=shift.officer.role, officer__bcu=F("bcu"))
        .select_related("officer")
        .order_by("starts_at", "pk")[:MOST_SHOWN]
    )


def _in_sight(reader: Reader, column: str) -> Q:
    seen: Any = bcus_seen_by(reader)
    return Q() if seen is None else Q(**{f"{column}__in": seen})
