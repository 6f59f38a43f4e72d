"""The same turn week by week, as a rota is mostly written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self

from officers.rules.turns import Turn, TurnOfDuty, turn_of_duty

MOST_WEEKS = 26


@dataclass(frozen=True, kw_only=True)
class WeeklyPattern:
    """One turn on some weekdays (Monday is 0) of so many weeks, the first that of first_day."""

    turn: str
    first_day: date
    weekdays: Sequence[int]
    weeks: int

    @classmethod
    def taken_from(cls, given: dict[str, Any]) -> Self:
        """The pattern's own fields, taken out of what a form or a body gave."""
        return cls(**{name: given.pop(name) for name in cls.__dataclass_fields__})

    def turns_after(self, now: datetime) -> list[TurnOfDuty]:
        """Its turns that are not over, in order.

        By the clock on the wall, so a night of a clock change is an hour shorter or longer.
        """
        days = (self.first_day + timedelta(days=number) for number in range(7 * self.weeks))
        turns = (
            turn_of_duty(day, Turn(self.turn)) for day in days if day.weekday() in self.weekdays
        )
        return [each for each in turns if each.ends_at > now]
