"""The days of a repeated event, walked no further than the rota reaches."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dateutil.rrule import rrulestr

from core.errors import Invalid

# How many days, weeks, months or years may be walked for all the events of one file; some seconds.
MOST_STEPS = 100_000
# How long ago a series may have begun that still runs.
LONGEST_RUNNING = timedelta(days=10 * 366)
LONGEST_RULE = 300  # characters
# The fewest days between two steps of a rule.
_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
_TIMES = re.compile(r"(?:^|;)(BYHOUR|BYMINUTE|BYSECOND)=([^;]*)")
_UNTIL = re.compile(r"(?:^|;)UNTIL=[^;]*")
_INTERVAL = re.compile(r"(?:^|;)INTERVAL=(\d{1,3})(?=;|$)")
_FREQUENCY = re.compile(r"(?:^|;)FREQ=([A-Z]+)(?=;|$)")


class Unreadable(ValueError):
    """Why the times of an event cannot be read, in words."""


class _Far(Exception):
    """The next step lies beyond what is looked at."""


@dataclass
class Budget:
    """What is left of the steps for one file."""

    steps: int = MOST_STEPS

    def spend(self) -> None:
        """Take one step more. Raises Invalid when none is left."""
        self.steps -= 1
        if self.steps < 0:
            raise Invalid.field(
                "file", "too_far", "The events repeat over too long a time: give fewer in one file"
            )


@dataclass
class Walk:
    """A rule walked from its first day. days: within reach; next: the first one beyond it."""

    days: list[datetime]
    next: datetime | None = None


class _Step(int):
    """The interval of a rule, which the library adds once for each day, week, month or year.

    The library itself walks to the year 9999 for a day that never comes; it is stopped here, as
    soon as the next step would begin beyond the last day.
    """

    budget: Budget
    each: int
    span: int
    taken: int

    def __radd__(self, other: int) -> int:
        self.taken += 1
        # One step's length in hand: the first of them may have begun before the event.
        if (self.taken - 1) * self.each > self.span:
            raise _Far
        self.budget.spend()
        return int(self) + other

    def __mul__(self, other: int) -> int:
        return _step(int(self) * other, self)


def walk(
    rule: str, first: datetime, *, until: datetime | None, last: datetime, budget: Budget
) -> Walk:
    """When a rule has an event begin, by the clock on the wall, from `first` as far as `last`.

    until: the last time of the rule itself, by the same clock. Raises Unreadable for a rule that
    is none, repeats within a day, or never comes; Invalid when the file has spent its steps.
    """
    rule = rule.upper()
    frequency = _checked(rule, first, last)
    if until is not None and until < first:
        raise Unreadable(
            f"its repetition ends on {until:%d %b %Y}, before it begins: where that was meant to "
            "have no end, give it one"
        )
    bare = _UNTIL.sub("", _TIMES.sub("", rule)).strip(";")
    number = int(found[1]) if (found := _INTERVAL.search(bare)) else 1
    try:
        parsed = rrulestr(_INTERVAL.sub("", bare).strip(";"), dtstart=first)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError):
        raise Unreadable("its rule of repetition cannot be read") from None
    step = _Step(number)
    step.budget, step.taken = budget, 0
    step.each, step.span = number * _DAYS[frequency], max((last - first).days, 0) + _DAYS[frequency]
    walked = _walked(parsed.replace(interval=step), until, last)
    if not walked.days and walked.next is None:
        raise Unreadable("its rule of repetition gives no day as far as the rota reaches")
    return walked


def _walked(days: Any, until: datetime | None, last: datetime) -> Walk:
    found = Walk([])
    try:
        for each in days:
            if until is not None and each > until:
                break
            if each > last:
                found.next = each
                break
            found.days.append(each)
    except _Far:
        pass
    return found


def _step(number: int, like: _Step) -> _Step:
    made = _Step(number)
    made.__dict__ = like.__dict__
    return made


def _checked(rule: str, first: datetime, last: datetime) -> str:
    """How often it repeats. Raises Unreadable for what a shift cannot."""
    if len(rule) > LONGEST_RULE:
        raise Unreadable("its rule of repetition is too long")
    frequency = found[1] if (found := _FREQUENCY.search(rule)) else ""
    if frequency in {"SECONDLY", "MINUTELY", "HOURLY"} or not _at_its_own_time(rule, first):
        raise Unreadable("it repeats more often than once a day")
    interval = _INTERVAL.search(rule)
    if frequency not in _DAYS or ("INTERVAL=" in rule and not (interval and int(interval[1]))):
        raise Unreadable("its rule of repetition cannot be read")
    if last - first > LONGEST_RUNNING + timedelta(days=366):
        raise Unreadable("it began more than ten years ago: give it a later start")
    return frequency


def _at_its_own_time(rule: str, first: datetime) -> bool:
    """Whether hours and minutes that the rule names are just those at which the event begins."""
    own = {"BYHOUR": first.hour, "BYMINUTE": first.minute, "BYSECOND": first.second}
    return all(
        value.isascii() and value.isdigit() and int(value) == own[part]
        for part, value in _TIMES.findall(rule)
    )


def days_in(values: Any) -> Iterator[Any]:
    """Every value of a property that may be given several times, each with several values."""
    for group in values if isinstance(values, list) else [values]:
        yield from ((each.dt, group.params) for each in group.dts)
