"""What the lists of incidents and the timeline can be narrowed by."""

from collections.abc import Sequence
from typing import Any

from core.forms import (
    CheckboxesField,
    FilterForm,
    MomentField,
    PickerField,
    SelectField,
    TextField,
    TickField,
)
from mispers.rules.stages import OPEN_STAGES, Stage
from mispers.rules.strip import GRADES, NOT_GRADED
from officers.models import Officer
from officers.selectors.visibility import Reader, bcus_seen_by

GRADED = [*reversed(GRADES), (NOT_GRADED, "Not graded")]


class OpenFilter(FilterForm):
    """Narrows the open list; owner and inspector are officers of the BCUs the reader sees."""

    q = TextField(label="Name or reference", required=False)
    stage = SelectField(
        label="Stage",
        choices=[(stage.value, stage.label) for stage in Stage if stage in OPEN_STAGES],
        empty="Any",
        required=False,
    )
    grade = SelectField(label="Grade", choices=GRADED, empty="Any", required=False)
    owner = PickerField(label="Owner", queryset=Officer.objects.none(), empty="Any", required=False)
    inspector = PickerField(
        label="Inspector", queryset=Officer.objects.none(), empty="Any", required=False
    )
    overdue = TickField(label="Something is overdue")

    def __init__(self, *args: Any, reader: Reader, known: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = bcus_seen_by(reader)
        officers = Officer.objects.filter(is_active=True)
        if seen is not None:
            officers = officers.filter(bcu__in=seen)
        officers = officers.order_by("family_name", "given_name", "pk")
        for name in ("grade", "owner", "inspector", "overdue"):
            if name not in known:
                del self.fields[name]
        for name in ("owner", "inspector"):
            if name in self.fields:
                self.fields[name].queryset = officers  # type: ignore[attr-defined]  # a picker

    @property
    def narrowing(self) -> dict[str, Any]:
        """What to narrow by, in the words the filters take over REST as well."""
        plain = {True: "true"}
        return {
            name: str(value.pk) if isinstance(value, Officer) else plain.get(value, value)
            for name, value in self.wanted.items()
        }


class SearchForm(FilterForm):
    """A look-up by reference or name."""

    q = TextField(
        label="Name or reference",
        hint="Such as Jordan Example, or CN-26-000123. Names that sound alike are found too.",
        max_length=120,
    )


class TimelineFilter(FilterForm):
    """Narrows a timeline to kinds of entry."""

    kind = CheckboxesField(label="Show only", choices=[], required=False)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a choice field


class AsAtForm(FilterForm):
    """The moment at which to see an incident."""

    at = MomentField(label="Which moment?", hint="Such as 18/7/2026 at 02:14")
