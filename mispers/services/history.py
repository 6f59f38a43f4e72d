"""Saving a row whose earlier versions are kept, dated by the injected clock."""

from datetime import datetime
from typing import Any

from officers.models import Officer


def keep_version(row: Any, *, by: Officer | None, now: datetime) -> None:
    """Save the row; its new version in the history is of `now` and by that officer."""
    row._history_date, row._history_user = now, by
    try:
        row.save()
    finally:
        # Left behind, they would date and sign a later version as well.
        del row._history_date, row._history_user
