"""The forms of the rota: a shift, a turn week by week, a file, an absence, a swap, cover."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from core.forms import (
    CheckboxesField,
    DayField,
    HouseForm,
    MomentField,
    PickerField,
    RadioField,
    SelectField,
    TableFileField,
    TextField,
    TickField,
)
from core.london import in_london
from officers.models import Absence, Officer, Shift
from officers.rules.roles import Role
from officers.rules.turns import ROTA_ROLES, Turn
from officers.rules.weekly import MOST_WEEKS
from officers.services.rota_import import Form

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _officer(label: str = "Officer") -> PickerField:
    return PickerField(
        label=label,
        queryset=Officer.objects.none(),
        label_of=lambda officer: f"{officer} ({officer.bcu_id}, {officer.get_role_display()})",
    )


def _role() -> SelectField:
    choices = [(each.value, each.label) for each in ROTA_ROLES]
    return SelectField(label="On duty as", choices=choices)


def in_service(bcus: Sequence[str]) -> QuerySet[Officer]:
    """Officers to choose from, by name."""
    return Officer.objects.filter(is_active=True, bcu__in=bcus, role__in=ROTA_ROLES).order_by(
        "family_name", "given_name", "pk"
    )


class _WithOfficer(HouseForm):
    """A form that names an officer of some BCUs."""

    def __init__(self, *args: Any, bcus: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = in_service(bcus)  # type: ignore[attr-defined]  # a picker


class ShiftForm(_WithOfficer):
    """Who is on duty, as what, from when until when."""

    officer = _officer()
    role = _role()
    starts_at = MomentField(label="From")
    ends_at = MomentField(label="Until")

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])


class CoverForm(_WithOfficer):
    """Who stands in."""

    officer = _officer("Who stands in?")


class RepeatForm(_WithOfficer):
    """A turn on some weekdays of so many weeks."""

    officer = _officer()
    role = _role()
    turn = RadioField(label="Turn", choices=Turn.choices, inline=True)
    first_day = DayField(label="From the week of")
    weekdays = CheckboxesField(
        label="On", choices=[(str(number), name) for number, name in enumerate(_WEEKDAYS)]
    )
    weeks = TextField(
        label="For how many weeks?", hint=f"1 to {MOST_WEEKS}", width="2", initial="4"
    )

    def clean_weekdays(self) -> list[int]:
        """The days as numbers, Monday 0."""
        return [int(each) for each in self.cleaned_data["weekdays"]]

    def clean_weeks(self) -> int:
        """How many; what is no number is out of range, as the service says."""
        typed = str(self.cleaned_data["weeks"])
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < len("999") else 0


class ImportRotaForm(HouseForm):
    """A rota in a file."""

    form = RadioField(label="What kind of file is it?", choices=Form.choices, initial=Form.CSV)
    content = TableFileField(
        label="File",
        accept=".csv,.ics,text/csv,text/calendar",
        hint="CSV columns: officer, role, starts_at, ends_at. The officer by user name, collar "
        "number or e-mail address; times in London, such as 2026-07-18 07:00. In iCalendar, an "
        "event is a shift: the officer invited or named in the title, the role as category",
    )
    partly = TickField(
        label="Take the lines that are right although others are wrong",
        hint="Otherwise nothing is taken, and you are told every line",
        required=False,
    )


class AbsenceForm(_WithOfficer):
    """Who is away, and for how long."""

    officer = _officer()
    kind = RadioField(label="Why?", choices=Absence.Kind.choices)
    starts_at = MomentField(label="From")
    ends_at = MomentField(label="Until")


class SwapForm(HouseForm):
    """To whom a shift is offered, and what is asked for it."""

    to = PickerField(
        label="Offer it to", queryset=Officer.objects.none(), hint="They decide: nothing moves yet"
    )
    in_return = PickerField(
        label="For one of their shifts",
        queryset=Shift.objects.none(),
        label_of=lambda shift: (
            f"{in_london(shift.starts_at):%a %d %b, %H:%M} to {in_london(shift.ends_at):%H:%M}"
        ),
        group_of=lambda shift: str(shift.officer),
        empty="For nothing",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        colleagues: QuerySet[Officer],
        theirs: QuerySet[Shift],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]  # a picker
        self.fields["in_return"].queryset = theirs  # type: ignore[attr-defined]  # a picker

    def clean_in_return(self) -> int | None:
        """The id of their shift."""
        found = self.cleaned_data["in_return"]
        return found.pk if found else None
