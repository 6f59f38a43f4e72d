"""Narrowing the page of training, recording a course, correcting one, reading a file."""

from collections.abc import Sequence
from typing import Any

from core.forms import (
    DayField,
    FilterForm,
    HouseForm,
    LongTextField,
    PickerField,
    RadioField,
    SelectField,
    TableFileField,
)
from officers.models import Officer, Training
from officers.selectors.training import TrainingStanding

_LAPSES_HINT = "The first day on which it no longer counts"


class TrainingFilter(FilterForm):
    """Which course, of which BCU, and how officers stand with it."""

    bcu = SelectField(label="BCU", choices=[], empty="Every BCU you see", required=False)
    course = SelectField(
        label="Course", choices=Training.Course.choices, empty="Risk assessment", required=False
    )
    standing = SelectField(
        label="Shown", choices=TrainingStanding.choices, empty="Everybody", required=False
    )

    def __init__(self, *args: Any, bcus: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bcu: Any = self.fields["bcu"]
        bcu.choices = [bcu.choices[0], *bcus]
        course: Any = self.fields["course"]
        course.choices = [
            ("", Training.Course.RISK_ASSESSMENT.label),
            (Training.Course.EXPLOITATION.value, Training.Course.EXPLOITATION.label),
        ]


class RecordTrainingForm(HouseForm):
    """Who passed which course, and until when it counts."""

    officer = PickerField(
        label="Officer",
        queryset=Officer.objects.none(),
        label_of=lambda officer: f"{officer} ({officer.bcu_id}, {officer.get_role_display()})",
    )
    course = RadioField(label="Course", choices=Training.Course.choices)
    passed_on = DayField(label="Passed on")
    lapses_on = DayField(label="Lapses on", hint=_LAPSES_HINT)

    def __init__(self, *args: Any, bcus: Sequence[str], but: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = (  # type: ignore[attr-defined]  # a picker
            Officer.objects.filter(is_active=True, bcu__in=bcus)
            .exclude(pk=but.pk)
            .order_by("family_name", "given_name", "pk")
        )


class CorrectTrainingForm(HouseForm):
    """What is right instead, and why; or that it does not count at all."""

    counts = RadioField(
        label="What is right?",
        choices=[("yes", "They passed it, on other days"), ("no", "They did not pass it")],
        initial="yes",
    )
    passed_on = DayField(label="Passed on", required=False)
    lapses_on = DayField(label="Lapses on", hint=_LAPSES_HINT, required=False)
    because = LongTextField(
        label="Why is it corrected?", hint="Both rows stay on the record, with this reason", rows=3
    )

    def clean_counts(self) -> bool:
        """Whether the officer passed the course."""
        return bool(self.cleaned_data["counts"] == "yes")


class ImportTrainingForm(HouseForm):
    """A file of passed courses."""

    content = TableFileField(
        label="CSV file",
        hint="Columns: officer, course, passed_on, lapses_on. The officer by user name or collar "
        "number; the course as risk_assessment or exploitation; days as 2026-07-18 or 18/7/2026",
    )
