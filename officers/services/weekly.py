"""An officer put on the same turn week by week, all of it or nothing."""

from datetime import datetime

from django.db import transaction

from core import trail
from core.errors import Conflict, FieldError, Invalid
from core.london import day_of
from officers.events import ROTA_REPEATED, OfShift, OfShifts
from officers.models import Officer, Shift
from officers.rules.roles import Role
from officers.rules.turns import Turn, TurnOfDuty
from officers.rules.weekly import MOST_WEEKS, WeeklyPattern
from officers.services.rota_checks import check_free, check_may_edit, facts, lock, rota_stream
from officers.services.shifts import check_can_serve


def repeat_shifts(
    *, bcu: str, role: str, officer: Officer, pattern: WeeklyPattern, by: Officer, now: datetime
) -> list[Shift]:
    """Put an officer on the turns of a pattern, as far as they are not over.

    What is on the rota already is left; answers what was added. Raises as `add_shift`; all or none.
    """
    check_may_edit(by, bcu, now)
    _check_pattern(pattern)
    check_can_serve(officer, role)
    turns = pattern.turns_after(now)
    if not turns:
        raise Invalid.field("first_day", "in_the_past", "None of these shifts is in the future")
    with transaction.atomic():
        lock([bcu, officer.bcu_id])
        on_the_rota = Shift.objects.filter(bcu=bcu, role=role, officer=officer)
        there = set(on_the_rota.values_list("starts_at", "ends_at"))
        added = [
            _add(bcu, role, officer, each)
            for each in turns
            if (each.starts_at, each.ends_at) not in there
        ]
        if added:
            _record_pattern(added, pattern, by, now)
    return added


def _check_pattern(pattern: WeeklyPattern) -> None:
    wrong = []
    if not pattern.weekdays:
        wrong.append(FieldError("weekdays", "required", "Choose at least one day of the week"))
    if not 1 <= pattern.weeks <= MOST_WEEKS:
        wrong.append(FieldError("weeks", "out_of_range", f"Give 1 to {MOST_WEEKS} weeks"))
    if wrong:
        raise Invalid(wrong)


def _add(bcu: str, role: str, officer: Officer, duty: TurnOfDuty) -> Shift:
    """One shift of the pattern. Raises Conflict that names its day."""
    given = Shift(
        bcu_id=bcu, role=role, officer=officer, starts_at=duty.starts_at, ends_at=duty.ends_at
    )
    try:
        check_free(given)
    except Conflict as refusal:
        message = f"{duty.day:%d %b %Y}: {refusal.message}"
        raise Conflict(message, code=refusal.code) from None
    given.save(force_insert=True)
    return given


def _record_pattern(added: list[Shift], pattern: WeeklyPattern, by: Officer, now: datetime) -> None:
    first, last = added[0], added[-1]
    turn = Turn(pattern.turn).label.lower()
    trail.record(
        ROTA_REPEATED,
        stream=rota_stream(first.bcu_id),
        bcu=first.bcu_id,
        by=by,
        now=now,
        summary=f"{by} put {first.officer} on {turn} {len(added)} times as "
        f"{Role(first.role).label} in {first.bcu_id}, from {day_of(first.starts_at):%d %b %Y} "
        f"to {day_of(last.starts_at):%d %b %Y}.",
        data=OfShifts(rows=tuple(OfShift(**facts(each)) for each in added)),
    )
