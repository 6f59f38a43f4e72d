"""The form that asks who answered at a time."""

from core.forms import FilterForm, MomentField


class AnsweredAtForm(FilterForm):
    """A day and a time, kept in the address so that the answer can be linked to."""

    at = MomentField(label="Who answered for this at", required=False)
