"""Gaps in the rota, noted when they are found ahead, so that each is told of once."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction

from core import trail
from core.london import day_of
from core.text import counted
from officers.events import GAPS_FOUND, GapFound, GapsFound
from officers.models import BCU, RotaGap
from officers.rules.turns import Turn, TurnOfDuty, turns_from
from officers.selectors.gaps import AHEAD, Gap, gaps_ahead
from officers.services.rota_checks import in_words, lock, rota_stream

MOST_NAMED = 3
# What tells one gap from another: the role, the day and the turn.
_Key = tuple[str, date, str]


def note_gaps(*, now: datetime) -> int:
    """Note every gap of the next 14 days that was not known; answers how many were new.

    One event for a BCU's new gaps: whoever must be told reacts to it. Running it again, or twice at
    once, notes nothing twice. A gap that was filled and opens again is a new one.
    """
    codes = BCU.objects.order_by("pk").values_list("pk", flat=True)
    return sum(_note(code, now) for code in codes)


@transaction.atomic
def _note(bcu: str, now: datetime) -> int:
    lock([bcu])
    known = {
        (gap.role, gap.day, gap.turn): gap
        for gap in RotaGap.objects.filter(bcu=bcu, filled_at__isnull=True)
    }
    found = _by_turn(gaps_ahead([bcu], now, now + AHEAD), now)
    filled = [gap.pk for key, gap in known.items() if key not in found and gap.ends_at > now]
    RotaGap.objects.filter(pk__in=filled).update(filled_at=now)
    new = [
        RotaGap(
            bcu_id=bcu, role=role, day=day, turn=turn,
            starts_at=stretch[0], ends_at=stretch[1], found_at=now,
        )
        for (role, day, turn), stretch in found.items()
        if (role, day, turn) not in known
    ]  # fmt: skip
    RotaGap.objects.bulk_create(new)
    if new:
        _record(bcu, sorted(new, key=lambda gap: gap.starts_at), now)
    return len(new)


def _by_turn(gaps: Collection[Gap], now: datetime) -> dict[_Key, tuple[datetime, datetime]]:
    """The gaps cut at the boundaries of the turns: the first uncovered stretch of each."""
    turns = turns_from(day_of(now) - timedelta(days=1), AHEAD.days + 2)
    cut: dict[_Key, tuple[datetime, datetime]] = {}
    for gap in gaps:
        for duty in turns:
            if duty.starts_at < gap.ends_at and duty.ends_at > gap.starts_at:
                key = (gap.role.value, duty.day, duty.turn.value)
                cut.setdefault(key, _within(gap, duty))
    return cut


def _within(gap: Gap, duty: TurnOfDuty) -> tuple[datetime, datetime]:
    return max(gap.starts_at, duty.starts_at), min(gap.ends_at, duty.ends_at)


def _record(bcu: str, new: list[RotaGap], now: datetime) -> None:
    fallback = BCU.objects.select_related("fallback_officer").get(pk=bcu).fallback_officer
    answers = f"{fallback} would answer as the fallback" if fallback else "No fallback is named"
    named = "; ".join(
        f"{gap.get_role_display()}, {Turn(gap.turn).label.lower()} of {gap.day:%d %b}, "
        f"from {in_words(gap.starts_at)}"
        for gap in new[:MOST_NAMED]
    )
    more = f"; and {len(new) - MOST_NAMED} more" if len(new) > MOST_NAMED else ""
    trail.record(
        GAPS_FOUND,
        stream=rota_stream(bcu),
        bcu=bcu,
        by=None,
        now=now,
        summary=f"The rota of {bcu} has {counted(len(new), 'gap')} ahead: {named}{more}. "
        f"{answers}.",
        data=GapsFound(
            bcu=bcu,
            gaps=tuple(
                GapFound(gap=gap.pk, role=gap.role, starts_at=gap.starts_at, ends_at=gap.ends_at)
                for gap in new
            ),
        ),
    )
