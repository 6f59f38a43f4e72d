"""The forms of handing over: one incident, a whole shift, and answering an offer."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField

from core.forms import (
    CheckboxesField,
    HouseForm,
    LongTextField,
    PickerField,
    RadioField,
    SelectField,
    TextField,
    TickField,
)
from core.text import at_time
from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Capacity, HandoverItem
from ownership.selectors.receivers import duty_heading, with_role
from ownership.selectors.sitting import Sheet, SheetLine, Unanswered
from ownership.services.allocating import Allocation
from ownership.services.shifts import ShiftLine

Choices = list[tuple[str, Any]]


class HandOverForm(HouseForm):
    """One incident, from its own page."""

    capacity = RadioField(label="What is handed over", choices=Capacity.choices)
    to = PickerField(
        label="Who takes over",
        queryset=Officer.objects.none(),
        label_of=with_role,
        group_of=duty_heading,
        hint="Nothing moves until they accept. Those on duty now stand first.",
    )
    briefing = LongTextField(
        label="Briefing",
        hint="Drafted from the record when you leave it empty: the risk and why, what was done, "
        "what is open, what falls due.",
        required=False,
    )
    worry = TextField(label="What worries you", required=False)

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


class _WithActions(HouseForm):
    """A form that also asks who does what falls due while its officer is off duty.

    Whoever is on duty then stands chosen, frontline officers first: it can be changed, or left.
    """

    def add_actions(self, actions: Sequence[Unanswered]) -> None:
        """A list for each action."""
        self.unanswered = list(actions)
        for each in self.unanswered:
            action = each.action
            self.fields[f"action_{action.pk}"] = SelectField(
                label=f"Who does “{action.title}”, due {at_time(action.due_at)}",
                choices=[(str(officer.pk), with_role(officer)) for officer in each.there],
                empty=f"Leave it with {action.responsible}, who is off duty then",
                initial=str(each.there[0].pk) if each.there else "",
                required=False,
                hint=f"{action.incident.person.name}, {action.incident.reference}.",
            )

    @property
    def action_fields(self) -> list[BoundField]:
        """The lists, in the order in which the actions fall due."""
        return [self[f"action_{each.action.pk}"] for each in self.unanswered]

    def allocations(self) -> list[Allocation]:
        """What was chosen; call after is_valid()."""
        chosen = []
        for each in self.unanswered:
            pk = self.cleaned_data[f"action_{each.action.pk}"]
            chosen += [
                Allocation(each.action.pk, officer)
                for officer in each.there
                if str(officer.pk) == pk
            ]
        return chosen

    def places_of_actions(self) -> dict[str, str]:
        """Where the service's complaints about an action belong."""
        return {
            f"actions[{index}].{name}": f"action_{each.action}"
            for index, each in enumerate(self.allocations())
            for name in ("action", "responsible")
        }


@dataclass(frozen=True)
class ShownLine:
    """A line of the sheet with its fields."""

    line: SheetLine
    take: BoundField
    to: BoundField
    briefing: BoundField
    worry: BoundField


class HandOverShiftForm(_WithActions):
    """Everything that an officer holds, for whom the rota has next; each line can differ."""

    reason = TextField(label="Why", required=False, hint="For example: end of late turn")

    def __init__(
        self, *args: Any, sheet: Sheet, officers: Sequence[Officer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.officers = {str(officer.pk): officer for officer in officers}
        # What waits already is read when the form comes back: a second press is no mistake.
        self.lines = [line for line in sheet.lines if self.is_bound or line.waiting is None]
        for role in dict.fromkeys(line.role for line in self.lines):
            self._add_role(role, sheet.to.get(role))
        for line in self.lines:
            self._add_line(line)
        self.add_actions(sheet.actions)

    def _choices(self, role: Role) -> Choices:
        """Officers by duty; an inspector's part goes to an inspecting rank."""
        groups: dict[str, Choices] = {}
        for officer in self.officers.values():
            if role != Role.DUTY_INSPECTOR or officer.is_inspecting:
                named = (str(officer.pk), with_role(officer))
                groups.setdefault(duty_heading(officer), []).append(named)
        return list(groups.items())

    def _add_role(self, role: Role, found: Officer | None) -> None:
        self.fields[f"to_{role}"] = SelectField(
            label=f"Next {Role(role).label}",
            choices=self._choices(role),
            initial=str(found.pk) if found and str(found.pk) in self.officers else "",
            hint="From the rota. Nothing moves until they accept."
            if found
            else "The rota has nobody: choose somebody. Nothing moves until they accept.",
        )

    def _add_line(self, line: SheetLine) -> None:
        who = f"{line.incident.person.name}, {line.incident.reference}"
        key = line.key
        self.fields[f"take_{key}"] = TickField(label=f"Hand over {who}", initial=True)
        self.fields[f"to_{key}"] = SelectField(
            label=f"To somebody else: {who}",
            choices=self._choices(line.role),
            empty="To the officer named above",
            required=False,
        )
        self.fields[f"worry_{key}"] = TextField(
            label=f"What worries you about {who}", initial=line.draft.worry, required=False
        )
        self.fields[f"briefing_{key}"] = LongTextField(
            label=f"Briefing for {who}", initial=line.draft.text, required=False, rows=10
        )
        self.fields[f"drafted_{key}"] = forms.CharField(
            widget=forms.HiddenInput, initial=_digest(line.draft.text), required=False
        )

    @property
    def groups(self) -> list[tuple[str, BoundField, list[ShownLine]]]:
        """By role: its name, who takes over, and the lines."""
        by_role: dict[Role, list[ShownLine]] = {}
        for line in self.lines:
            if line.waiting is None:
                by_role.setdefault(line.role, []).append(
                    ShownLine(
                        line,
                        *(
                            self[f"{name}_{line.key}"]
                            for name in ("take", "to", "briefing", "worry")
                        ),
                    )
                )
        return [(role.label, self[f"to_{role}"], lines) for role, lines in by_role.items()]

    def clean(self) -> dict[str, Any]:
        """Nobody need be named for lines that all go to somebody else, or are not handed over."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        needed = {line.role for line in self._ticked() if not cleaned.get(f"to_{line.key}")}
        for role in {line.role for line in self.lines} - needed:
            if self.has_error(f"to_{role}", "required"):
                del self.errors[f"to_{role}"]
                cleaned[f"to_{role}"] = ""
        return cleaned

    def _ticked(self) -> Iterator[SheetLine]:
        return (line for line in self.lines if self.cleaned_data.get(f"take_{line.key}"))

    def chosen(self) -> list[ShiftLine]:
        """What the service takes; call after is_valid()."""
        return [
            ShiftLine(
                incident=line.incident.reference,
                capacity=line.capacity,
                to=self.officers[
                    self.cleaned_data[f"to_{line.key}"] or self.cleaned_data[f"to_{line.role}"]
                ],
                briefing=self._written(line),
                worry=self.cleaned_data[f"worry_{line.key}"],
            )
            for line in self._ticked()
        ]

    def _written(self, line: SheetLine) -> str | None:
        """The briefing where somebody changed it; None where the draft was left as it was."""
        text: str = self.cleaned_data[f"briefing_{line.key}"]
        is_draft = _digest(text) == self.cleaned_data[f"drafted_{line.key}"]
        return None if is_draft else text

    def places(self) -> dict[str, str]:
        """Where on the page the service's complaints belong."""
        found = self.places_of_actions()
        for index, line in enumerate(self._ticked()):
            found |= {
                f"lines[{index}].incident": f"take_{line.key}",
                f"lines[{index}].to": f"to_{line.key}",
            }
        return found


class TogetherForm(HouseForm):
    """Accept what is ticked in one go: what is not high risk."""

    items = CheckboxesField(label="Accept these together", choices=[])

    def __init__(self, *args: Any, incidents: Sequence[Incident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (each.reference, f"{each.person.name}, {each.reference}") for each in incidents
        ]
        self.fields["items"].initial = [each.reference for each in incidents]


class AnswerForm(_WithActions):
    """One incident: accept it, with an answer to a high risk, or send it back with a question."""

    reason = LongTextField(label="Your question, or why you send it back", required=False, rows=3)

    def __init__(
        self,
        *args: Any,
        item: HandoverItem,
        assessment: int | None,
        is_high: bool,
        actions: Sequence[Unanswered],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, prefix=f"i{item.pk}", **kwargs)
        if is_high:
            self.fields[
                "reason"
            ].label = "Your question, why you send it back, or why you ask for a review"
            self.fields["risk"] = RadioField(
                label="The risk is high. What do you say of it?",
                choices=[
                    (HandoverItem.Risk.RECONFIRMED.value, "I re-confirm it"),
                    (HandoverItem.Risk.REVIEW_ASKED.value, "I ask for a review, due at once"),
                ],
                required=self.data.get("answer") != "decline",
                error_messages={"required": "Re-confirm the high risk, or ask for a review of it"},
            )
        if assessment is not None:
            self.fields["assessment"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=assessment, required=False
            )
        self.add_actions(actions)


def _digest(text: str) -> str:
    """What tells one text from another, whatever became of its line breaks on the way."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
