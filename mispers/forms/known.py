"""The forms of what is known about a person: what it is first, then who said so and when."""

from datetime import datetime
from typing import Any, ClassVar

from django.forms.boundfield import BoundField

from core import clock
from core.forms import (
    HouseForm,
    LongTextField,
    MomentField,
    NumberField,
    PickerField,
    RadioField,
    SelectField,
    TextField,
    TickField,
)
from core.london import day_of
from mispers.models import Associate, Incident, Known, LogEntry
from mispers.rules import markers
from mispers.rules.conditions import conditions
from mispers.services.health import OTHER
from officers.models import Officer, Training
from officers.selectors.training import marked_trained

_SUPPLIER = ("supplier_kind", "supplier", "contact", "obtained_at", "because", "no_longer")


class KnownForm(HouseForm):
    """Who supplied it, how to reach them and when; and, of a correction, why. Derive from it.

    incident: where it is recorded. corrects: the entry whose place it takes. columns: the model's
    column behind a field of another name.
    """

    columns: ClassVar[dict[str, str]] = {}

    supplier_kind = RadioField(
        label="Who told you?", label_size="m", choices=LogEntry.SourceKind.choices
    )
    supplier = TextField(
        label="Their name", hint="And who they are. For the informant, leave it empty.",
        required=False,
    )  # fmt: skip
    contact = TextField(
        label="How to reach them",
        hint="A telephone number or address. If they gave none, say so.",
        required=False,
    )
    obtained_at = MomentField(label="When they said so")
    because = LongTextField(
        label="Why is it corrected?", hint="Both entries stay on the record.", rows=2,
        required=False,
    )  # fmt: skip
    no_longer = TickField(label="It is no longer so")

    def __init__(
        self, *args: Any, incident: Incident, corrects: Known | None = None, **kwargs: Any
    ) -> None:
        self.incident = incident
        kwargs["initial"] = {
            "obtained_at": clock.now(),
            **(self._as_recorded(corrects) if corrects else {}),
            **kwargs.get("initial", {}),
        }
        super().__init__(*args, **kwargs)
        if corrects is None:
            del self.fields["because"], self.fields["no_longer"]
        self.order_fields([*(name for name in self.fields if name not in _SUPPLIER), *_SUPPLIER])

    def _as_recorded(self, entry: Known) -> dict[str, Any]:
        """What the entry says; who supplied the correction, and when, is asked again."""
        return {
            name: getattr(entry, self.columns.get(name, name))
            for name in self.base_fields
            if name not in _SUPPLIER
        }

    @property
    def supplier_fields(self) -> list[BoundField]:
        """Who said so and when, for a template that places the other fields itself."""
        return [self[name] for name in _SUPPLIER if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """`counts` in place of the tick that says otherwise."""
        given = super().clean() or self.cleaned_data
        if "no_longer" in self.fields:
            given["counts"] = not given.pop("no_longer", False)
        return given


class ConditionForm(KnownForm):
    """A health condition from the catalogue, or another with its meaning for risk."""

    code = SelectField(label="Which condition?", choices=())
    label = TextField(
        label="Another condition", hint="Only if it is not in the list.", required=False,
        max_length=120,
    )  # fmt: skip
    meaning = LongTextField(
        label="What it means for risk",
        hint="Of another condition: what happens to them untreated, and how soon. "
        "Of one in the list this is known.",
        required=False,
        rows=3,
    )
    details = LongTextField(label="How it is for them", required=False, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = [(each.code, each.label) for each in conditions()]
        self.fields["code"].choices = [  # type: ignore[attr-defined]  # has choices
            ("", "Choose"),
            *sorted(listed, key=lambda choice: choice[1]),
            (OTHER, "Another condition"),
        ]

    @property
    def other_is_open(self) -> bool:
        """Whether another condition has been given, or must be put right."""
        names = ("label", "meaning")
        return any(name in self.errors or self[name].value() for name in names)

    def _as_recorded(self, entry: Known) -> dict[str, Any]:
        recorded = super()._as_recorded(entry)
        if not recorded["code"]:
            return {**recorded, "code": OTHER}
        return {**recorded, "label": "", "meaning": ""}


class MedicationForm(KnownForm):
    """A medicine, and when going without begins to matter."""

    name = TextField(label="Which medicine?")
    condition = SelectField(
        label="For which condition?",
        hint="Gives the time when it matters, if you do not know it.",
        choices=(),
        empty="None of these",
        required=False,
    )
    what_for = TextField(
        label="What it is for", hint="If the condition is not in the list.", required=False
    )
    last_taken_at = MomentField(
        label="Last taken", hint="For example, today 0800. Leave it empty if nobody knows.",
        required=False,
    )  # fmt: skip
    critical_at = MomentField(
        label="When going without begins to matter",
        hint="If somebody has told you. For example, today 2200. Otherwise it is worked out from "
        "the last dose and the condition.",
        required=False,
    )
    critical_because = TextField(
        label="Why it matters from then", hint="Needed where you give the time.", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["condition"]
        listed = [(each.code, each.label) for each in conditions()]
        field.choices = [field.choices[0], *sorted(listed, key=lambda choice: choice[1])]


class ExploitationForm(KnownForm):
    """The investigation behind a marker of exploitation, and whose it is."""

    columns = {"investigation": "reference"}

    marker = RadioField(label="Of what?", choices=())
    investigation = TextField(label="The investigation's reference", max_length=120, width="20")
    officer = PickerField(
        label="The officer it is allocated to",
        hint="Leave it open if nobody is allocated yet.",
        queryset=Officer.objects.none(),
        group_of=lambda officer: (
            "Trained in child exploitation" if officer.is_trained else "Training not in date"
        ),
        empty="Nobody yet",
        required=False,
    )
    details = LongTextField(label="What is to be known about it", required=False, rows=3)

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, incident=incident, **kwargs)
        marked: Any = self.fields["marker"]
        of_exploitation = [each for each in markers.markers() if each.exploitation]
        marked.choices = [(each.code, each.label) for each in of_exploitation]
        if not self.initial.get("marker"):
            theirs = [each for each in incident.person.markers if each in dict(marked.choices)]
            self.initial["marker"] = theirs[0] if theirs else None
        picker: Any = self.fields["officer"]
        picker.queryset = _to_allocate(incident, clock.now())


def _to_allocate(incident: Incident, now: datetime) -> Any:
    """The officers of the incident's BCU, those trained in child exploitation today first."""
    officers = Officer.objects.filter(bcu=incident.bcu_id, is_active=True)
    marked = marked_trained(officers, Training.Course.EXPLOITATION, day_of(now))
    return marked.order_by("-is_trained", "family_name", "given_name", "pk")


class AssociateForm(KnownForm):
    """Somebody the person knows."""

    name = TextField(label="Who?", hint="Name, or what they are called.")
    relationship = TextField(label="How they know each other", max_length=120)
    where = TextField(label="Where they live or are found", max_length=300, required=False)
    danger = RadioField(
        label="Are they thought to be a danger to the person?",
        choices=[
            (Associate.Danger.YES.value, "Yes, or perhaps"),
            (Associate.Danger.NO.value, "No"),
            (Associate.Danger.NOT_KNOWN.value, "Not known"),
        ],
        initial=Associate.Danger.NOT_KNOWN,
    )
    details = LongTextField(label="What else is known", required=False, rows=3)


class PlaceForm(KnownForm):
    """A place the person goes to."""

    place = TextField(label="Which place?", max_length=300)
    why = LongTextField(label="Why they may be there", rows=3)


class ClothingForm(KnownForm):
    """What the person had on."""

    description = LongTextField(
        label="What they had on and with them",
        hint="From the head down: colours, makes, marks. Coat or none. Bag, glasses, telephone.",
        rows=4,
    )


class WeatherForm(KnownForm):
    """The weather where they may be."""

    conditions = TextField(
        label="The weather", hint="Now and until morning: rain, wind, frost, heat."
    )
    low_celsius = NumberField(label="Lowest temperature, °C", required=False, least=-60, most=60)
    critical_at = MomentField(
        label="When exposure begins to matter",
        hint="For this person as they were dressed. For example, today 2200",
        required=False,
    )
    critical_because = TextField(
        label="Why it matters from then", hint="Needed where you give the time.", required=False
    )
