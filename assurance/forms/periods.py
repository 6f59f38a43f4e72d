"""A day in one box, and the BCU and days that a count or a draw is about."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from core import clock
from core.forms import FilterForm, SelectField, TextField
from core.forms.reading import LONDON, Unreadable, read_day
from officers.models import BCU
from officers.visibility import Reader, bcus_seen_by


class DayLineField(TextField):
    """A day in one box, such as 18/7/2026 or yesterday; gives a date."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("width", "10")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return read_day(text, today=clock.now().astimezone(LONDON).date())
        except Unreadable as error:
            raise ValidationError(error.message, code="unreadable") from None

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else value

    def run_validators(self, value: Any) -> None:
        """The day is read already; the checks of text have been made on what was typed."""


def start_of(day: date) -> datetime:
    """The first instant of a day in London, in UTC."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant after a day in London, in UTC."""
    return start_of(day + timedelta(days=1))


def bcus_of(reader: Reader) -> Sequence[tuple[str, str]]:
    """The BCUs that the reader sees, as choices."""
    seen = bcus_seen_by(reader)
    units = BCU.objects.all() if seen is None else BCU.objects.filter(pk__in=seen)
    return [(unit.code, str(unit)) for unit in units]


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


class StandardsFilter(PeriodFilter):
    """The same, for one standard or for all."""

    code = SelectField(label="Standard", choices=[], empty="Every standard", required=False)

    def __init__(self, *args: Any, codes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["code"]
        field.choices = [field.choices[0], *codes]
