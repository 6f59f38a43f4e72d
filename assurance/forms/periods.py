"""What a count of standards is narrowed by."""

from collections.abc import Sequence
from typing import Any

from core.forms import SelectField
from officers.forms.periods import PeriodFilter


class StandardsFilter(PeriodFilter):
    """The same, for one standard or for all."""

    code = SelectField(label="Standard", choices=[], empty="Every standard", required=False)

    def __init__(self, *args: Any, codes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["code"]
        field.choices = [field.choices[0], *codes]
