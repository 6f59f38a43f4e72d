"""The figures of the protocol, by name, with the project's own defaults."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class Figures:
    """Every allowance of the protocol, in minutes; the defaults are the project's own.

    Graded figures are dictionaries by grade. What each means is in the protocol by its code.
    """

    version: str = "1"
    boundary: int = 48 * 60
    risk_1: int = 60
    ini_1: int = 60
    plan_1: int = 4 * 60
    plan_1_high: int = 60
    search_1: int = 4 * 60
    search_1_high: int = 60
    endorse_low: int = 8 * 60
    endorse_medium: int = 4 * 60
    endorse_high: int = 60
    review_low: int = 24 * 60
    review_medium: int = 12 * 60
    review_high: int = 4 * 60
    review_at_once_low: int = 60
    review_at_once_medium: int = 30
    review_at_once_high: int = 15
    own_3: int = 60
    own_4: int = 4 * 60
    own_5: int = 60
    circ_1: int = 48 * 60
    end_2: int = 24 * 60
    end_2_high: int = 60
    new_1: int = 60
    reopened_risk: int = 60
    handover_reminder: int = 15
    remind_before_at_most: int = 30
    escalate_high: int = 15
    escalate_medium: int = 60
    escalate_low: int = 4 * 60
    superintendent_factor: int = 4
    unread_high: int = 10
    digest: int = 2
    not_missing_hold: int = 60
    repeat_reports_days: int = 90
    critical_near: int = 6 * 60
    child_2: int = 24 * 60

    def allow(self, name: str, grade: str = "") -> timedelta:
        """The allowance `name`, for the grade where the protocol differs by grade."""
        by_grade = getattr(self, f"{name}_{grade}", None) if grade else None
        return timedelta(minutes=by_grade if by_grade is not None else getattr(self, name))
