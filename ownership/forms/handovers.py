"""The forms of handing over and of answering an offer."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.forms import BoundField

from core.forms import (
    CheckboxesField,
    HouseForm,
    LongTextField,
    PickerField,
    RadioField,
    TextField,
    TickField,
)
from mispers.models import Incident
from officers.models import Officer
from ownership.models import Capacity
from ownership.selectors.receivers import duty_heading, with_role


def _to() -> PickerField:
    return PickerField(
        label="Who takes over",
        queryset=Officer.objects.none(),
        label_of=with_role,
        group_of=duty_heading,
        hint="Nothing moves until they accept. Those on duty now stand first.",
    )


class HandOverForm(HouseForm):
    """One incident, from its own page."""

    capacity = RadioField(label="What is handed over", choices=Capacity.choices)
    to = _to()
    briefing = LongTextField(
        label="Briefing",
        hint="The risk and why, what was done, what is open, what falls due, what worries you.",
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        officers: QuerySet[Officer],
        capacities: Sequence[Capacity],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = officers  # type: ignore[attr-defined]
        self.fields["capacity"].choices = [  # type: ignore[attr-defined]
            (each.value, "Ownership" if each is Capacity.OWNER else "The inspector's part")
            for each in capacities
        ]
        if len(capacities) == 1:
            self.fields["capacity"].initial = capacities[0].value


class HandOverManyForm(HouseForm):
    """Several incidents to one officer: a tick and a briefing for each, ticked to begin with."""

    to = _to()
    reason = TextField(label="Why", required=False, hint="For example: end of late turn")

    def __init__(
        self,
        *args: Any,
        officers: QuerySet[Officer],
        incidents: Sequence[Incident],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = officers  # type: ignore[attr-defined]
        self.incidents = list(incidents)
        for incident in self.incidents:
            self.fields[f"take_{incident.pk}"] = TickField(
                label=f"Hand over {incident.person.name}, {incident.reference}", initial=True
            )
            self.fields[f"briefing_{incident.pk}"] = LongTextField(
                label=f"Briefing for {incident.person.name}, {incident.reference}",
                required=False,
                rows=3,
            )

    @property
    def pairs(self) -> list[tuple[Incident, BoundField, BoundField]]:
        """Each incident with its tick and its briefing."""
        return [
            (each, self[f"take_{each.pk}"], self[f"briefing_{each.pk}"]) for each in self.incidents
        ]

    @property
    def ticked(self) -> list[Incident]:
        """The incidents to hand over; call after is_valid()."""
        return [each for each in self.incidents if self.cleaned_data[f"take_{each.pk}"]]

    def items(self) -> list[dict[str, str]]:
        """What the service takes."""
        return [
            {"incident": each.reference, "briefing": self.cleaned_data[f"briefing_{each.pk}"]}
            for each in self.ticked
        ]

    def places(self) -> dict[str, str]:
        """Where on the page the service's complaints about an item belong."""
        return {
            f"items[{index}].incident": f"take_{each.pk}" for index, each in enumerate(self.ticked)
        }


class AnswerForm(HouseForm):
    """Accept the ticked incidents, or send them back with a question."""

    items = CheckboxesField(label="Incidents", choices=[])
    reason = LongTextField(
        label="Your question, or why you send them back",
        hint="Needed only to send back. Whoever holds them goes on holding them.",
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, incidents: Sequence[Incident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.show(incidents)

    def show(self, incidents: Sequence[Incident]) -> None:
        """Offer these to tick. What was decided meanwhile is the service's to complain about."""
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (each.reference, f"{each.person.name}, {each.reference}") for each in incidents
        ]
        self.fields["items"].initial = [each.reference for each in incidents]
