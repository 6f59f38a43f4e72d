"""The form that moves all somebody holds."""

from typing import Any

from django.db.models import QuerySet

from core.forms import CheckboxesField, HouseForm, PickerField, TextField
from mispers.models import Incident
from officers.models import Officer
from ownership.models import Capacity
from ownership.selectors.loads import Load
from ownership.selectors.receivers import duty_heading, with_role


def _to(label: str) -> PickerField:
    return PickerField(
        label=label,
        queryset=Officer.objects.none(),
        label_of=with_role,
        group_of=duty_heading,
        required=False,
        empty="Leave them",
    )


class LoadForm(HouseForm):
    """Who takes what over; everything is ticked to begin with."""

    reason = TextField(label="Why?", hint="For example: left the force, or sick until August")
    owner_to = _to("Offer what they own to")
    inspector_to = _to("Offer what they answer for as inspector to")
    incidents = CheckboxesField(label="Incidents", choices=[], required=False)
    actions_to = _to("Reassign their actions to")
    actions = CheckboxesField(label="Actions", choices=[], required=False)

    def __init__(
        self,
        *args: Any,
        load: Load,
        officers: QuerySet[Officer],
        inspectors: QuerySet[Officer],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        waiting: dict[Capacity, list[Incident]] = {capacity: [] for capacity in Capacity}
        for item in load.offered_to_them:
            waiting[Capacity(item.capacity)].append(item.incident)
        owned = [*load.free[Capacity.OWNER], *waiting[Capacity.OWNER]]
        inspected = [*load.free[Capacity.INSPECTOR], *waiting[Capacity.INSPECTOR]]
        incidents = {
            each.reference: f"{each.person.name}, {each.reference}" for each in owned + inspected
        }
        actions = {
            str(each.pk): f"{each.title} ({each.incident.reference})" for each in load.actions
        }
        self._show("owner_to", bool(owned), queryset=officers)
        self._show("inspector_to", bool(inspected), queryset=inspectors)
        self._show("actions_to", bool(actions), queryset=officers)
        self._show("incidents", bool(incidents), choices=list(incidents.items()))
        self._show("actions", bool(actions), choices=list(actions.items()))
        for name, all_of_them in (("incidents", incidents), ("actions", actions)):
            if name in self.fields:
                self.fields[name].initial = list(all_of_them)

        # Where all is on offer already there is nothing left to choose.
        self.movable = bool(incidents or actions)
        if not self.movable:
            del self.fields["reason"]

    def _show(self, name: str, wanted: bool, **over: Any) -> None:
        """Keep a field only where there is something to choose."""
        if not wanted:
            del self.fields[name]
            return
        for key, value in over.items():
            setattr(self.fields[name], key, value)

    def clean_actions(self) -> list[int]:
        """The ids of the actions ticked."""
        return [int(each) for each in self.cleaned_data["actions"]]
