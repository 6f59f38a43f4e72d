"""The duty rota: turns of duty in local time, a shift added by hand, a rota filled for days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import TextChoices

from core import trail
from core.errors import Conflict, Invalid, NotVisible
from officers.events import ROTA_FILLED, SHIFT_ADDED
from officers.models import BCU, Officer, Shift
from officers.permissions import Permission, check_may
from officers.roles import Role

LONDON = ZoneInfo("Europe/London")
LONGEST_SHIFT = timedelta(hours=24)
DAYS_ON_A_TURN = 2

# The roles that somebody holds at every hour, and how many officers a turn needs.
ROTA_ROLES: dict[Role, int] = {
    Role.FRONTLINE: 2,
    Role.DUTY_INSPECTOR: 1,
    Role.SAFEGUARDING_DI: 1,
    Role.MISSING_PERSONS_UNIT: 1,
    Role.SUPERINTENDENT: 1,
}


class Turn(TextChoices):
    """The three turns of a day, by the clock on the wall in London."""

    EARLY = "early", "Early turn"
    LATE = "late", "Late turn"
    NIGHT = "night", "Night duty"


_HOURS = {Turn.EARLY: (7, 15), Turn.LATE: (15, 23), Turn.NIGHT: (23, 7)}


@dataclass(frozen=True)
class TurnOfDuty:
    """One turn of one day; starts_at and ends_at in UTC.

    Where the clocks change during the night, that night is seven or nine hours long.
    """

    turn: Turn
    day: date
    starts_at: datetime
    ends_at: datetime


def turn_of_duty(day: date, turn: Turn) -> TurnOfDuty:
    """The turn that starts on this day."""
    starts, ends = _HOURS[turn]
    last = day + timedelta(days=1) if ends <= starts else day
    return TurnOfDuty(turn, day, _moment(day, starts), _moment(last, ends))


def turns_from(start: date, days: int) -> list[TurnOfDuty]:
    """Every turn that starts in `days` days from `start`, each beginning where the last ended."""
    return [turn_of_duty(start + timedelta(days=n), turn) for n in range(days) for turn in Turn]


def turn_at(now: datetime) -> TurnOfDuty:
    """The turn that is running."""
    today = now.astimezone(LONDON).date()
    turns = turns_from(today - timedelta(days=1), 2)
    return next(turn for turn in turns if turn.starts_at <= now < turn.ends_at)


def fill_rota(*, bcu: str, start: date, days: int, now: datetime, by: Officer | None = None) -> int:
    """Give every turn of `days` days its officers, by posting; return how many shifts were new.

    Two earlies, two lates, two nights, two days off; superintendents are on call week by week.
    The fallback officer stays free. Filling the same days again changes nothing.
    """
    record = BCU.objects.get(pk=bcu)
    pools: dict[str, list[Officer]] = {role: [] for role in ROTA_ROLES}
    posted = Officer.objects.filter(bcu=bcu, role__in=ROTA_ROLES, is_active=True)
    for officer in posted.exclude(pk=record.fallback_officer_id or 0).order_by("username"):
        pools[officer.role].append(officer)
    wanted = [
        Shift(
            bcu=record,
            role=role,
            officer=officer,
            starts_at=duty.starts_at,
            ends_at=duty.ends_at,
        )
        for duty in turns_from(start, days)
        for role, needed in ROTA_ROLES.items()
        for officer in _on_turn(pools[role], role, duty, needed)
    ]
    with transaction.atomic():
        before = Shift.objects.filter(bcu=bcu).count()
        Shift.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=2000)
        added = Shift.objects.filter(bcu=bcu).count() - before
        if added:
            last = start + timedelta(days=days - 1)
            trail.record(
                ROTA_FILLED,
                stream=rota_stream(bcu),
                bcu=bcu,
                by=by,
                now=now,
                summary=f"The rota of {bcu} was filled from {start:%d %b %Y} to {last:%d %b %Y} "
                f"with {added} shifts.",
                data={"start": start, "days": days, "shifts": added},
            )
    return added


def add_shift(
    *,
    bcu: str,
    role: str,
    officer: Officer,
    starts_at: datetime,
    ends_at: datetime,
    by: Officer,
    now: datetime,
) -> Shift:
    """Put an officer on duty in a role of the BCU, from `starts_at` until `ends_at` (UTC).

    Raises NotVisible for another BCU, NotPermitted, Invalid for a wrong time, Conflict when the
    officer already has this shift.
    """
    seen = by.bcus_seen()
    if seen is not None and bcu not in seen:
        raise NotVisible
    check_may(by, Permission.EDIT_ROTA, now)
    _check_times(starts_at, ends_at, now)
    if not officer.is_active:
        raise Invalid.field("officer", "not_active", f"{officer} is no longer in service")
    with transaction.atomic():
        # One at a time for a BCU, so that the same shift pressed twice is found and not raised.
        BCU.objects.select_for_update().get(pk=bcu)
        given = Shift(bcu_id=bcu, role=role, officer=officer, starts_at=starts_at, ends_at=ends_at)
        overlapping = Shift.objects.filter(
            bcu=bcu, role=role, officer=officer, starts_at__lt=ends_at, ends_at__gt=starts_at
        )
        if overlapping.exists():
            raise Conflict(
                f"{officer} is already on the rota in this role at that time.", code="shift_exists"
            )
        given.save(force_insert=True)
        trail.record(
            SHIFT_ADDED,
            stream=rota_stream(bcu),
            bcu=bcu,
            by=by,
            now=now,
            summary=f"{by} put {officer} on duty as {Role(role).label} in {bcu} "
            f"from {in_words(starts_at)} to {in_words(ends_at)}.",
            data={
                "shift": given.pk,
                "role": role,
                "officer": officer.pk,
                "starts_at": starts_at,
                "ends_at": ends_at,
            },
        )
    return given


def rota_stream(bcu: str) -> str:
    """The trail of a BCU's rota."""
    return f"rota-{bcu}"


def in_words(moment: datetime) -> str:
    """A moment in local time with its zone, as an event's sentence has it."""
    return moment.astimezone(LONDON).strftime("%H:%M %Z on %d %b %Y")


def _check_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= starts_at:
        raise Invalid.field("ends_at", "ends_before_start", "The end must be after the start")
    if ends_at - starts_at > LONGEST_SHIFT:
        raise Invalid.field("ends_at", "too_long", "A shift can last at most 24 hours")
    if ends_at <= now:
        raise Invalid.field("ends_at", "in_the_past", "The shift must end in the future")


def _on_turn(pool: Sequence[Officer], role: Role, duty: TurnOfDuty, needed: int) -> list[Officer]:
    """Whose turn it is; an officer moves from early to late to night to days off."""
    if not pool:
        return []
    if role == Role.SUPERINTENDENT:
        return [pool[duty.day.toordinal() // 7 % len(pool)]]
    block = duty.day.toordinal() // DAYS_ON_A_TURN
    squad = (list(Turn).index(duty.turn) - block) * needed
    return [pool[(squad + n) % len(pool)] for n in range(min(needed, len(pool)))]


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), LONDON).astimezone(UTC)
