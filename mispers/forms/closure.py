"""The forms of an incident's end: located, interviewed, asked for, decided, reopened."""

from collections.abc import Sequence
from typing import Any

from core.barriers import Barrier
from core.errors import Barred, Conflict, DomainError
from core.forms import (
    HouseForm,
    LongTextField,
    MomentField,
    PickerField,
    RadioField,
    TextField,
)
from mispers.models import Located
from mispers.rules.stages import Outcome
from officers.models import Officer


class LocatedForm(HouseForm):
    """How the person was located, and who has seen them."""

    at = MomentField(label="When they were located")
    place = TextField(label="Where", max_length=300)
    condition = RadioField(label="Their condition", choices=Located.Condition.choices)
    how = LongTextField(
        label="How they were located",
        hint="Who said so and how it was checked. What somebody says is not yet a sighting.",
    )
    seen_in_person_by = PickerField(
        label="Which officer has seen them in person?",
        hint="Leave empty if no officer has. A telephone or video call does not count.",
        queryset=Officer.objects.none(),
        required=False,
        empty="No officer has seen them yet",
    )
    seen_at = MomentField(label="When that officer saw them", required=False)
    coroner_reference = TextField(
        label="The coroner's reference",
        hint="Only when they were found dead.",
        max_length=120,
        width="20",
        required=False,
    )

    def __init__(self, *args: Any, bcu: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        officers = Officer.objects.filter(bcu=bcu, is_active=True)
        self.fields["seen_in_person_by"].queryset = officers.order_by(  # type: ignore[attr-defined]  # a picker
            "family_name", "given_name", "pk"
        )

    def add_domain_errors(self, error: DomainError, **kwargs: Any) -> None:
        """Who has read that somebody else located the person may send theirs as the newer one."""
        if isinstance(error, Conflict) and error.code == "already_located":
            self._show_current_version()
        super().add_domain_errors(error, **kwargs)


class PreventionInterviewForm(HouseForm):
    """The prevention interview, held or attempted."""

    attempted_at = MomentField(label="When it was attempted")
    interviewer = TextField(label="Who interviewed", hint="Rank and name.")
    held_at = MomentField(
        label="When it was held", hint="Leave empty if it was not held.", required=False
    )
    why = LongTextField(label="Why they went", rows=3, required=False)
    what_happened = LongTextField(label="What happened while they were away", required=False)
    where_and_with_whom = LongTextField(label="Where, and with whom", rows=3, required=False)
    harm = LongTextField(label="What harm they came to", rows=3, required=False)
    next_time = LongTextField(label="What would help next time", rows=3, required=False)
    not_held_because = LongTextField(label="If it was not held, why not", rows=3, required=False)


class AskReturnInterviewForm(HouseForm):
    """That the local authority was asked for a return interview."""

    requested_at = MomentField(label="When it was asked for")
    authority = TextField(label="Which local authority", max_length=120)


class UpdateReturnInterviewForm(HouseForm):
    """When the return interview was offered, and what came of it."""

    offered_at = MomentField(label="When it was offered", required=False)
    outcome = LongTextField(label="What came of it", required=False)


class AskClosureForm(HouseForm):
    """Asking for closure."""

    outcome = RadioField(
        label="Why is this to be closed?",
        choices=[
            ("", "The person was located"),
            (Outcome.NOT_MISSING.value, "They were never missing"),
            (Outcome.DUPLICATE.value, "It is a duplicate of another report"),
        ],
        hints={
            "not_missing": "With evidence. In the first hour a superintendent decides.",
            "duplicate": "The other report goes on. In the first hour a superintendent decides.",
        },
        required=False,
        initial="",
    )
    rationale = LongTextField(
        label="Rationale", hint="Why nothing more is to be done for this person."
    )
    evidence = LongTextField(
        label="Evidence that they were not missing, or that it is a duplicate",
        hint="Leave empty when the person was located.",
        required=False,
    )
    duplicate_of = TextField(
        label="Reference of the other report",
        hint="Only for a duplicate. For example, CN-26-000123",
        width="20",
        required=False,
    )


class AuthoriseForm(HouseForm):
    """A reason for each barrier that may be overridden; nothing else is asked of the inspector."""

    def __init__(self, *args: Any, barriers: Sequence[Barrier], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in dict.fromkeys(b.code for b in barriers if b.overridable):
            self.fields[self.field_of(code)] = LongTextField(
                label=f"Reason for going past {code}",
                hint=" ".join(b.message for b in barriers if b.code == code),
                rows=3,
                error_messages={"required": f"Give a reason for going past {code}"},
            )
        self.codes = {
            name: name.removeprefix("reason_") for name in self.fields if name != "version"
        }

    def add_domain_errors(self, error: DomainError, **kwargs: Any) -> None:
        """What still stands is said at the box of its reason, where it has one."""
        if not isinstance(error, Barred):
            super().add_domain_errors(error, **kwargs)
            return
        for barrier in error.barriers:
            name = self.field_of(barrier.code)
            self.add_error(name if name in self.fields else None, barrier.message)

    @staticmethod
    def field_of(code: str) -> str:
        """The field in which the reason for a code is given."""
        return f"reason_{code}"

    @property
    def overrides(self) -> list[dict[str, str]]:
        """Each code with its reason."""
        return [
            {"code": code, "reason": self.cleaned_data[name]} for name, code in self.codes.items()
        ]


class RefuseForm(HouseForm):
    """Refusing closure."""

    reason = LongTextField(
        label="Why closure is refused", hint="Say what is to be done before it is asked for again."
    )


class KeepClosedForm(HouseForm):
    """Leaving a record closed in spite of what has arrived on it."""

    reason = LongTextField(
        label="Why the record stays closed", hint="Say what arrived and why it changes nothing."
    )


class ReopenForm(HouseForm):
    """Reopening."""

    reason = LongTextField(label="Why it is reopened", hint="What is new, and who said so.")
    reported_at = MomentField(
        label="When the new report was made",
        hint="The 48 hours run from then. Leave empty if it was just now.",
        required=False,
    )
