"""The form on which an officer says how they want to be told."""

from datetime import time
from typing import Any

from core.forms import HouseForm, SelectField, TickField

HOURS = [(f"{hour:02}:00", f"{hour:02}:00") for hour in range(24)]


class NoticeChoicesForm(HouseForm):
    """E-mail or not, and quiet hours; both for low and medium risk alone."""

    email = TickField(label="Also send me e-mail about low and medium risk")
    quiet_from = SelectField(
        label="Quiet from", choices=HOURS, empty="No quiet hours", required=False
    )
    quiet_until = SelectField(
        label="Quiet until", choices=HOURS, empty="No quiet hours", required=False
    )

    def clean(self) -> dict[str, Any]:
        """Times of day in place of their words."""
        cleaned = super().clean() or {}
        for name in ("quiet_from", "quiet_until"):
            text = cleaned.get(name)
            cleaned[name] = time.fromisoformat(text) if text else None
        return cleaned
