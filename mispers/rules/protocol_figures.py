"""The protocol's figures by name: what each allows, and under which code.

How much each is, and from when, a force says in fixtures/protocol.toml.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any

from core.text import counted
from mispers.rules.codes import Code

_HOUR = 60
_DAY = 24 * _HOUR


def _time(says: str, *codes: Code) -> Any:
    """A figure that is a length of time, kept in minutes."""
    return field(metadata={"says": says, "codes": codes, "is_time": True})


def _number(says: str, *codes: Code) -> Any:
    """A figure that is a plain number."""
    return field(metadata={"says": says, "codes": codes, "is_time": False})


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One version's figures; times in minutes. What differs by grade has one figure for each."""

    version: str
    boundary: int = _time("An incident passes to the post-48-hour stage after")
    risk_1: int = _time("The risk is graded within", Code.RISK_1)
    ini_1: int = _time("The first step is set within", Code.INI_1)
    plan_1: int = _time("The strategy is written within", Code.PLAN_1)
    plan_1_high: int = _time("The same, of a high risk", Code.PLAN_1)
    search_1: int = _time("Home and place missing from are searched within", Code.SEARCH_1)
    search_1_high: int = _time("The same, of a high risk", Code.SEARCH_1)
    endorse_low: int = _time("A low grade is endorsed within", Code.RISK_3)
    endorse_medium: int = _time("A medium grade is endorsed within", Code.RISK_3)
    endorse_high: int = _time("A high grade is endorsed within", Code.RISK_3)
    review_low: int = _time("A low risk is reviewed within", Code.RISK_4)
    review_medium: int = _time("A medium risk is reviewed within", Code.RISK_4)
    review_high: int = _time("A high risk is reviewed within", Code.RISK_4)
    review_at_once_low: int = _time("After significant news, a low risk within", Code.RISK_4)
    review_at_once_medium: int = _time("After significant news, a medium risk within", Code.RISK_4)
    review_at_once_high: int = _time("After significant news, a high risk within", Code.RISK_4)
    reopened_risk: int = _time("A reopened record is graded within", Code.RISK_1)
    own_3: int = _time("A Safeguarding DI owns a high risk within", Code.OWN_3)
    own_4: int = _time("The Missing Persons Unit owns after the boundary within", Code.OWN_4)
    own_5: int = _time("An inspector accepts at a change of shift within", Code.OWN_5)
    circ_1: int = _time("Circulated within", Code.CIRC_1)
    child_2: int = _time("Exploitation of a child is referenced and allocated within", Code.CHILD_2)
    end_2: int = _time("The prevention interview is held within", Code.END_2)
    end_2_high: int = _time("The same, of a high risk", Code.END_2)
    new_1: int = _time("New information on a resolved record is decided on within", Code.NEW_1)
    not_missing_hold: int = _time("Nobody is closed as not missing within", Code.HOLD)
    repeat_reports_days: int = _number("Earlier reports count as repeats for, days")
    critical_near: int = _time("A critical time is shown ahead by")
    handover_reminder: int = _time("A handover nobody answers is reminded of after")
    remind_before_at_most: int = _time("Reminded ahead of the due time, at most")
    escalate_high: int = _time("Overdue and high or ungraded, the inspector is told after")
    escalate_medium: int = _time("Overdue and medium, the inspector is told after")
    escalate_low: int = _time("Overdue and low, the inspector is told after")
    superintendent_factor: int = _number("The superintendent is told after that, times")
    unread_high: int = _time("An unread notice of a high risk goes further after")
    digest: int = _time("Notices of low risks wait, to go out together as a digest, for")

    def allow(self, name: str, grade: str = "") -> timedelta:
        """The allowance `name`, for the grade where the protocol differs by grade."""
        by_grade = getattr(self, f"{name}_{grade}", None) if grade else None
        return timedelta(minutes=by_grade if by_grade is not None else getattr(self, name))

    def in_words(self, name: str) -> str:
        """How much the figure is, for a reader: 45 minutes, 4 hours, 28 days, or the number."""
        much: int = getattr(self, name)
        return as_length(much) if by_name()[name].is_time else str(much)


@dataclass(frozen=True)
class Figure:
    """What one figure is: its name, what it says before its amount, and the codes it belongs to."""

    name: str
    says: str
    codes: tuple[Code, ...]
    is_time: bool


def by_name() -> Mapping[str, Figure]:
    """Every figure that a version of the protocol has, in their order."""
    return _FIGURES


def as_length(minutes: int) -> str:
    """A length of time as officers say it: 90 minutes, 4 hours, 48 hours, 28 days."""
    if minutes % _DAY == 0 and minutes > 2 * _DAY:
        return counted(minutes // _DAY, "day")
    if minutes % _HOUR == 0:
        return counted(minutes // _HOUR, "hour")
    return counted(minutes, "minute")


_FIGURES = {
    each.name: Figure(each.name, **each.metadata) for each in fields(Figures) if each.metadata
}
