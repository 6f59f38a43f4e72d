"""The form that asks for a day: pages that show what held on it begin with this."""

from core.forms import DayLineField, FilterForm


class OnDayForm(FilterForm):
    """Which day to show; nothing means today."""

    on = DayLineField(label="As it stood on", hint="Such as 1/7/2026", required=False)
