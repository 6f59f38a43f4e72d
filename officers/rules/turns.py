"""The turns of a day, by the clock on the wall in London: their hours are in fixtures/rota.json."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import TextChoices

from core.london import day_of, in_london, moment_at
from officers.rules.roles import Role

# By the clock on the wall; whoever is on call for longer hands over at the end of a turn.
LONGEST_SHIFT = timedelta(hours=24)

# The roles that somebody holds at every hour, and how many officers a turn needs.
ROTA_ROLES: dict[Role, int] = {
    Role.FRONTLINE: 2,
    Role.DUTY_INSPECTOR: 1,
    Role.SAFEGUARDING_DI: 1,
    Role.MISSING_PERSONS_UNIT: 1,
    Role.SUPERINTENDENT: 1,
}


@cache
def figures() -> dict[str, Any]:
    """The figures of the rota that a force may change: fixtures/rota.json."""
    text = (settings.ROOT / "fixtures" / "rota.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


class Turn(TextChoices):
    """The three turns of a day, by the clock on the wall in London."""

    EARLY = "early", "Early turn"
    LATE = "late", "Late turn"
    NIGHT = "night", "Night duty"


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
    starts, ends = _hours(turn)
    last = day + timedelta(days=1) if ends <= starts else day
    return TurnOfDuty(turn, day, moment_in_london(day, starts), moment_in_london(last, ends))


def turns_from(start: date, days: int) -> list[TurnOfDuty]:
    """Every turn that starts in `days` days from `start`, each beginning where the last ended."""
    return [turn_of_duty(start + timedelta(days=n), turn) for n in range(days) for turn in Turn]


def turn_at(now: datetime) -> TurnOfDuty:
    """The turn that is running."""
    today = day_of(now)
    turns = turns_from(today - timedelta(days=1), 2)
    return next(turn for turn in turns if turn.starts_at <= now < turn.ends_at)


def lasts_too_long(starts_at: datetime, ends_at: datetime) -> bool:
    """Whether a shift is longer than 24 hours by the clock on the wall in London.

    From 07:00 to 07:00 is 24 hours, also on the two nights on which the clocks change.
    """
    try:
        first, last = (in_london(each).replace(tzinfo=None) for each in (starts_at, ends_at))
    except OverflowError:  # The first or last hours that a calendar can name.
        first, last = starts_at, ends_at
    return last - first > LONGEST_SHIFT


def moment_in_london(day: date, at: time) -> datetime:
    """A time on the wall of a day in London as an instant in UTC."""
    return moment_at(day, at)


def _hours(turn: Turn) -> tuple[time, time]:
    hours = figures()["turns"][turn.value]
    return time.fromisoformat(hours["from"]), time.fromisoformat(hours["until"])
