"""A rota filled for days ahead by posting, for the reference data."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from core import trail
from core.text import counted
from officers.events import ROTA_FILLED, RotaFilled
from officers.models import BCU, Officer, Shift
from officers.rules.roles import Role
from officers.rules.turns import ROTA_ROLES, Turn, TurnOfDuty, turns_from
from officers.services.rota_checks import rota_stream

DAYS_ON_A_TURN = 2


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
                f"with {counted(added, 'shift')}.",
                data=RotaFilled(start=start, days=days, shifts=added),
            )
    return added


def _on_turn(pool: Sequence[Officer], role: Role, duty: TurnOfDuty, needed: int) -> list[Officer]:
    """Whose turn it is; an officer moves from early to late to night to days off."""
    if not pool:
        return []
    if role == Role.SUPERINTENDENT:
        return [pool[duty.day.toordinal() // 7 % len(pool)]]
    block = duty.day.toordinal() // DAYS_ON_A_TURN
    squad = (list(Turn).index(duty.turn) - block) * needed
    return [pool[(squad + n) % len(pool)] for n in range(min(needed, len(pool)))]
