"""The BCU and days that figures, a count or a draw are about."""

from collections.abc import Sequence
from typing import Any

from core.forms import DayLineField, FilterForm, SelectField
from core.london import end_of, start_of


class PeriodFilter(FilterForm):
    """A BCU and the days in which reports were recorded, both included."""

    bcu = SelectField(label="BCU", choices=[], empty="Every BCU you see", required=False)
    first = DayLineField(label="Recorded from", hint="Such as 1/7/2026", required=False)
    last = DayLineField(label="Recorded until", hint="That day included", required=False)

    def __init__(self, *args: Any, bcus: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["bcu"]
        field.choices = [field.choices[0], *bcus]

    @property
    def narrowing(self) -> dict[str, Any]:
        """What to narrow counts by, in the selectors' words."""
        wanted = dict(self.wanted)
        given: dict[str, Any] = {}
        if first := wanted.pop("first", None):
            given["start"] = start_of(first)
        if last := wanted.pop("last", None):
            given["end"] = end_of(last)
        return {**wanted, **given}
