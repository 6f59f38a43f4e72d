"""The forms of a dip sample: the draw, the review in words, the findings."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from assurance.rules.principles import PRINCIPLES
from assurance.services.sampling import LARGEST, LONGEST_SEED
from core.forms import (
    DayLineField,
    HouseForm,
    LongTextField,
    MomentField,
    NumberField,
    PickerField,
    RepeatedForms,
    SelectField,
    TextField,
)
from core.london import end_of, start_of
from officers.models import Officer
from ownership.selectors.receivers import duty_heading, with_role


class DrawForm(HouseForm):
    """What to draw from, how many, and with which seed."""

    bcu = SelectField(label="BCU", choices=[])
    first = DayLineField(label="Recorded from", hint="Such as 1/7/2026")
    last = DayLineField(label="Recorded until", hint="That day included")
    size = NumberField(label="How many records", initial=10, least=1, most=LARGEST)
    seed = TextField(
        label="Seed",
        hint="Any words. Leave empty and one is made. The same seed draws the same records.",
        max_length=LONGEST_SEED,
        width="20",
        required=False,
    )

    def __init__(self, *args: Any, bcus: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["bcu"]
        field.choices = [field.choices[0], *bcus]
        if len(bcus) == 1:
            field.initial = bcus[0][0]

    @property
    def arguments(self) -> dict[str, Any]:
        """The service's arguments; call after is_valid()."""
        given = dict(self.cleaned_data)
        given["period_from"] = start_of(given.pop("first"))
        given["period_to"] = end_of(given.pop("last"))
        return given


class ReviewForm(HouseForm):
    """A box of words for each of the policy's principles."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in PRINCIPLES.items():
            self.fields[name] = LongTextField(
                label=question,
                label_size="s",
                error_messages={"required": f"Answer in words: {question}"},
            )


class FindingForm(HouseForm):
    """Something found, and the work that follows."""

    text = LongTextField(label="What was found, and what is to be done")
    responsible = PickerField(
        label="Responsible officer",
        queryset=Officer.objects.none(),
        label_of=with_role,
        group_of=duty_heading,
    )
    due_at = MomentField(label="Due")

    def __init__(self, *args: Any, officers: QuerySet[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = officers  # type: ignore[attr-defined]  # a picker


FindingRows = RepeatedForms.of(FindingForm, noun="finding", most=10)
