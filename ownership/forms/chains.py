"""The forms that ask who answered at a time, and what an officer answered for in a period."""

from datetime import date
from typing import Any

from core import clock
from core.forms import DayLineField, FilterForm, MomentField
from core.london import day_of
from ownership.rules.periods import LONGEST, USUAL


class AnsweredAtForm(FilterForm):
    """A day and a time, kept in the address so that the answer can be linked to."""

    at = MomentField(label="Who answered for this at", required=False)


class AnsweredForForm(FilterForm):
    """The first and the last day of a period in London."""

    from_day = DayLineField(label="From", required=False, hint="For example, 18/7/2026")
    to_day = DayLineField(label="To", required=False, hint="That day is included")

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first, nor more than a year after it."""
        cleaned = super().clean() or {}
        first, last = self._days(cleaned)
        if last < first:
            self.add_error("to_day", "To must not be before From")
        elif last - first > LONGEST:
            self.add_error("to_day", "To must be within a year of From")
        return cleaned

    @property
    def days(self) -> tuple[date, date] | None:
        """Both days, where a gap is filled with the week until today; None when they are wrong."""
        return self._days(self.wanted) if not self.is_bound or self.is_valid() else None

    def _days(self, given: dict[str, Any]) -> tuple[date, date]:
        last = given.get("to_day") or day_of(clock.now())
        return given.get("from_day") or last - USUAL, last
