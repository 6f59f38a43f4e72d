"""Fields for a day and for a moment, typed in separate boxes."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import checks, clock
from core.forms.reading import MONTHS, Unreadable, read_day, read_moment
from core.forms.text import HouseField, TextField, in_sentence
from core.london import day_of, in_london
from core.text import without_stop

FIGURES_OF_A_YEAR = 4


class Boxes(forms.MultiWidget):
    """Several boxes for one value. parts: label, width and keyboard of each box, by its name."""

    parts: dict[str, tuple[str, str, str]] = {}
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {
                name: forms.TextInput(
                    attrs={
                        "class": f"govuk-input--width-{width}",
                        "autocomplete": "off",
                        **({"inputmode": keyboard} if keyboard else {}),
                    }
                )
                for name, (_, width, keyboard) in self.parts.items()
            },
            attrs,
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shared = context["widget"]["attrs"].get("class", "")
        for (part, (label, width, _)), box in zip(
            self.parts.items(), context["widget"]["subwidgets"], strict=True
        ):
            box["label"] = label
            box["attrs"]["id"] = f"{context['widget']['attrs']['id']}_{part}"
            box["attrs"]["class"] = f"{shared} govuk-input--width-{width}"
        return context

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in self.parts)


class DayBoxes(Boxes):
    """Day, month and year."""

    template_name = "core/forms/widgets/day.html"
    parts = {
        "day": ("Day", "2", "numeric"),
        "month": ("Month", "2", ""),
        "year": ("Year", "4", "numeric"),
    }

    def decompress(self, value: Any) -> list[Any]:
        return [value.day, value.month, value.year] if isinstance(value, date) else ["", "", ""]


class MomentBoxes(Boxes):
    """A date and a time of day."""

    template_name = "core/forms/widgets/moment.html"
    parts = {"day": ("Date", "10", ""), "time": ("Time", "5", "")}

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, datetime):
            return ["", ""]
        there = in_london(value)
        return [there.strftime("%d/%m/%Y"), there.strftime("%H:%M")]


class DayField(HouseField):
    """A day in three boxes, such as a date of birth; gives a date."""

    widget = DayBoxes

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value is None:
            return value
        typed = dict(zip(DayBoxes.parts, _texts(value), strict=True))
        if not any(typed.values()):
            return None
        label = str(self.label or "The date")
        for part, text in typed.items():
            if not text:
                raise _wrong(part, f"{label} must include a {part}")
        month = typed["month"].lower()[:3]
        numbers = {
            "year": typed["year"],
            "month": str(MONTHS.index(month) + 1) if month in MONTHS else typed["month"],
            "day": typed["day"],
        }
        for part in DayBoxes.parts:
            if not (numbers[part].isascii() and numbers[part].isdigit()):
                raise _wrong(part, f"{label} must be a real date, such as 27 3 2009")
        if len(typed["year"]) != FIGURES_OF_A_YEAR:
            raise _wrong("year", f"{label} must have a year of four figures, such as 2009")
        if not 1 <= int(numbers["month"]) <= len(MONTHS):
            raise _wrong("month", f"{label} must have a month from 1 to 12")
        return _day_of({part: int(number) for part, number in numbers.items()}, label)


class MomentField(HouseField):
    """A date and a time in London, typed fast; gives an aware datetime in UTC."""

    widget = MomentBoxes

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("hint", "For example, today 0214, 18/7 14:30, or now")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime) or value is None:
            return value
        day, time = _texts(value)
        try:
            return read_moment(day, time, now=clock.now())
        except Unreadable as error:
            raise _wrong(
                error.part, f"{self.label or 'When'}: {in_sentence(error.message)}"
            ) from None


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
            return read_day(text, today=day_of(clock.now()))
        except Unreadable as error:
            raise ValidationError(error.message, code="unreadable") from None

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else value

    def run_validators(self, value: Any) -> None:
        """The day is read already; the checks of text have been made on what was typed."""


def _day_of(numbers: dict[str, int], label: str) -> date:
    try:
        return checks.year_of(date(**numbers), in_sentence(label))
    except checks.Unfit as wrong:
        raise _wrong("year", without_stop(wrong.message), wrong.code) from None
    except ValueError:
        raise _wrong("day", f"{label} must be a real date") from None


def _texts(value: Sequence[Any]) -> list[str]:
    return [str(part or "").strip() for part in value]


def _wrong(part: str, message: str, code: str = "unreadable") -> ValidationError:
    return ValidationError(message.replace("%", "%%"), code=code, params={"part": part})
