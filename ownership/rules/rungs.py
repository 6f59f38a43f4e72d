"""The ladder of reminders: its rungs, and when each of a deadline falls."""

from datetime import datetime, timedelta
from typing import Protocol

from django.db.models import IntegerChoices

from mispers.rules.codes import row_of
from mispers.rules.protocol_figures import Figures
from riskassessment.rules.grades import Grade


class Rung(IntegerChoices):
    """The steps of the ladder, lowest first."""

    BEFORE = 0, "Due soon"
    DUE = 1, "Due now"
    INSPECTOR = 2, "Overdue: to the inspector"
    SUPERINTENDENT = 3, "Overdue: to the superintendent"


class Climbing(Protocol):
    """What of a deadline decides when its rungs fall (UTC)."""

    @property
    def code(self) -> str: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime: ...


def rung_at(rung: Rung, deadline: Climbing, grade: str | None, figures: Figures) -> datetime:
    """When a rung falls (UTC).

    Before: a quarter of the allowance, at most 30 minutes ahead. Then at the due time, to the
    inspector after it by grade, to the superintendent after four times that. An ungraded incident
    climbs as fast as a high one: not knowing never slows anything down.
    """
    due_at = deadline.due_at
    if rung is Rung.BEFORE:
        allowance = due_at - deadline.opened_at
        ahead = min(allowance / 4, timedelta(minutes=figures.remind_before_at_most))
        return due_at - max(ahead, timedelta(0))
    if rung is Rung.DUE:
        return due_at
    if not grade or row_of(deadline.code).climbs_as_high:
        grade = Grade.HIGH
    climb = figures.allow("escalate", grade)
    return due_at + (climb if rung is Rung.INSPECTOR else climb * figures.superintendent_factor)


def next_falls_at(
    rung: int, deadline: Climbing, grade: str | None, figures: Figures
) -> datetime | None:
    """The same of the rung that is next; None when none is left."""
    if rung > Rung.SUPERINTENDENT:
        return None
    return rung_at(Rung(rung), deadline, grade, figures)
