"""The ladder of reminders: when each rung of a deadline falls."""

from datetime import datetime, timedelta

from mispers.rules.codes import CLIMBS_AS_FAST_AS_HIGH
from mispers.selectors.protocol import Figures
from ownership.models import Deadline, InboxItem
from riskassessment.rules.grades import Grade

Rung = InboxItem.Rung


def rung_at(rung: Rung, deadline: Deadline, grade: str | None, figures: Figures) -> datetime:
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
    if not grade or deadline.code in CLIMBS_AS_FAST_AS_HIGH:
        grade = Grade.HIGH
    climb = figures.allow("escalate", grade)
    return due_at + (climb if rung is Rung.INSPECTOR else climb * figures.superintendent_factor)


def schedule(deadline: Deadline, grade: str | None, figures: Figures) -> None:
    """Set when the deadline's next rung falls, or that none is left; the caller saves."""
    if deadline.next_rung > Rung.SUPERINTENDENT:
        deadline.next_rung_at = None
        return
    deadline.next_rung_at = rung_at(Rung(deadline.next_rung), deadline, grade, figures)
