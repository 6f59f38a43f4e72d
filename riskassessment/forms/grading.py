"""The forms of grading, endorsing and keeping a phrase."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html

from core.forms import (
    CheckboxesField,
    HouseForm,
    LongTextField,
    MomentField,
    RadioField,
    RepeatedForms,
    SelectField,
    TextField,
)
from riskassessment.models import Endorsement, GradeDefinition, SourceLookedAt
from riskassessment.rules.factors import factors
from riskassessment.rules.grades import Grade, Likelihood, Severity

SOURCES = SourceLookedAt.Source.choices
Decision = Endorsement.Decision


class GradeForm(HouseForm):
    """One grading. definitions: what each grade means now; what comes first stands beside it."""

    rationale = LongTextField(
        label="Why this grade, for this person",
        hint="What could happen to them, why it is as likely as that, and what would change it. "
        "Where you think they are is a hypothesis: it does not lower the risk.",
        rows=8,
    )
    repeats_because = LongTextField(
        label="Why words used before stay",
        hint="Needed only where your reasons repeat an earlier assessment or a stock phrase.",
        required=False,
        rows=2,
    )
    likelihood = RadioField(label="How likely is harm?", choices=Likelihood.choices)
    severity = RadioField(label="How bad would it be?", choices=Severity.choices)
    factors = CheckboxesField(
        label="Factors",
        hint="The markers on the person count already. A factor may open further questions below.",
        choices=(),
        required=False,
    )
    other_factor = TextField(label="Another factor, in your words", required=False, words=True)
    sources_checked = CheckboxesField(
        label="Sources you looked at", choices=SOURCES, required=False
    )
    grade = RadioField(label="Grade", label_size="m", choices=Grade.choices)
    differs_because = LongTextField(
        label="Why it is lower than it usually is",
        hint="Needed where the factors or markers usually mean a higher grade. The inspector "
        "reads it, and the record is drawn into the next dip sample.",
        required=False,
        rows=3,
    )
    changes = LongTextField(label="What changed since the last assessment", required=False, rows=3)

    def __init__(
        self,
        *args: Any,
        definitions: Mapping[Grade, Sequence[GradeDefinition]],
        has_earlier: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = [(factor.code, factor.label) for factor in factors()]
        self.fields["factors"].choices = offered  # type: ignore[attr-defined]  # has choices
        self.fields["grade"].widget.hints = {
            grade.value: format_html("{}: {}", each.get_standing_display(), each.text)
            for grade, meant in definitions.items()
            for each in meant[:1]
        }
        if not has_earlier:
            del self.fields["changes"]

    @property
    def arguments(self) -> dict[str, Any]:
        """What `assess_risk` takes, but for the rows."""
        given = dict(self.cleaned_data)
        other = given.pop("other_factor")
        return {**given, "factors": [*given["factors"], *([other] if other else [])]}


class InformationForm(HouseForm):
    """What is known, who said so, how to reach them, and when."""

    text = LongTextField(label="What is known", rows=3)
    supplier = TextField(label="Who said so")
    contact = TextField(
        label="How to reach them",
        hint="Telephone, e-mail or address; or: no contact details, because …",
    )
    obtained_at = MomentField(label="When they said so")


class NotCheckedForm(HouseForm):
    """A source that was not looked at."""

    source = SelectField(label="Source", choices=SOURCES)
    reason = TextField(label="Why it was not looked at", words=True)


InformationRows = RepeatedForms.of(InformationForm, noun="piece of information", most=50)
NotCheckedRows = RepeatedForms.of(NotCheckedForm, noun="source not looked at", most=len(SOURCES))


class DecisionForm(HouseForm):
    """An inspector's decision: endorse, return, or grade again themselves."""

    REGRADE = "regrade"
    decision = RadioField(
        label="Your decision",
        choices=[
            (Decision.ENDORSED, "Endorse"),
            (Decision.RETURNED, "Return"),
            (REGRADE, "Grade it again yourself"),
        ],
        hints={
            Decision.ENDORSED: "You stand behind this grade and its reasons.",
            Decision.RETURNED: "The officer thinks again and makes a further assessment.",
            REGRADE: "A new assessment of yours takes its place, beginning with these grounds. "
            "Another inspector then endorses it.",
        },
    )
    reason = LongTextField(
        label="What to reconsider", hint="Needed where you return it.", required=False, rows=3
    )


class KeepForm(HouseForm):
    """Why a phrase stays."""

    reason = LongTextField(
        label="Why does the phrase stay?",
        hint="For example, that it is a quotation, and whose.",
        rows=3,
    )


def rows_of(
    posted: Any, *, draft: Mapping[str, Sequence[str]] | None
) -> tuple[RepeatedForms, RepeatedForms]:
    """The rows of information and of sources not looked at."""
    return (
        InformationRows(posted, prefix="information", draft=draft),
        NotCheckedRows(posted, prefix="sources_not_checked", draft=draft),
    )
