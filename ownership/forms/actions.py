"""The forms of actions; fields are named as the services' arguments."""

from typing import Any

from django.db.models import QuerySet

from core.forms import HouseForm, LongTextField, MomentField, PickerField, RadioField, TextField
from officers.models import Officer
from ownership.models import Action
from ownership.selectors.receivers import duty_heading, with_role


class _WithResponsible(HouseForm):
    """A form in which an officer is chosen from those of the BCU."""

    def __init__(self, *args: Any, officers: QuerySet[Officer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = officers  # type: ignore[attr-defined]


def _responsible(label: str = "Responsible officer") -> PickerField:
    return PickerField(
        label=label,
        queryset=Officer.objects.none(),
        label_of=with_role,
        group_of=duty_heading,
        hint="One named officer. Those on duty now stand first.",
    )


class SetActionForm(_WithResponsible):
    """A new action."""

    title = TextField(label="What is to be done", width="full")
    detail = LongTextField(label="Detail", required=False)
    responsible = _responsible()
    due_at = MomentField(label="Due")
    priority = RadioField(
        label="Priority",
        choices=Action.Priority.choices,
        initial=Action.Priority.ROUTINE,
        inline=True,
    )


class ReassignForm(_WithResponsible):
    """Who takes an action over, and why."""

    responsible = _responsible("New responsible officer")
    reason = LongTextField(label="Why it changes hands")


class ExtendForm(HouseForm):
    """Another due time, and why."""

    due_at = MomentField(label="New due time")
    reason = LongTextField(label="Why it is moved")


class CompleteForm(HouseForm):
    """The result of an action."""

    result = LongTextField(
        label="What was done, and what came of it",
        hint="Say what was checked and what was not, and by whom.",
    )


class NotPursuedForm(HouseForm):
    """Why an action should end without a result."""

    reason = LongTextField(
        label="Why it should not be pursued",
        hint="An inspector other than you decides. It stays due until then.",
    )
