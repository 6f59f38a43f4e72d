"""Checks of what a service is given: every wrong field is named, and all of them at once."""

from collections.abc import Collection
from datetime import datetime, timedelta

from core.errors import FieldError, Invalid
from core.forms.text import LONGEST_LINE, LONGEST_TEXT, is_storable
from core.text import at_time

# Clocks of other systems run a little ahead of ours.
CLOCK_DRIFT = timedelta(seconds=60)


class Fields:
    """Collects what is wrong with the fields of one write; `check()` raises it all together."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.errors: list[FieldError] = []

    def wrong(self, field: str, code: str, message: str) -> None:
        """Note a field that cannot stand."""
        self.errors.append(FieldError(field, code, message))

    def text(self, field: str, value: str, *, required: str = "", most: int = LONGEST_TEXT) -> str:
        """Several lines, stripped. required: what to say when there is nothing."""
        return self._words(field, value, required, most, lines=True)

    def line(self, field: str, value: str, *, required: str = "", most: int = LONGEST_LINE) -> str:
        """One line, stripped. required: what to say when there is nothing."""
        return self._words(field, value, required, most, lines=False)

    def past(
        self,
        field: str,
        value: datetime | None,
        *,
        required: str = "",
        not_before: datetime | None = None,
        too_early: str = "",
    ) -> None:
        """A moment that is not in the future, nor in a minute before `not_before`."""
        if value is None:
            if required:
                self.wrong(field, "required", required)
            return
        if value > self.now + CLOCK_DRIFT:
            self.wrong(
                field,
                "in_future",
                f"This is in the future: it is {at_time(self.now)} now.",
            )
        elif not_before is not None and value < not_before.replace(second=0, microsecond=0):
            self.wrong(field, "too_early", too_early)

    def one_of(self, field: str, value: str, choices: Collection[str]) -> None:
        """A code from a closed list."""
        if value not in choices:
            self.wrong(field, "invalid_choice", f"Choose one of: {', '.join(choices)}.")

    def check(self) -> None:
        """Raise Invalid when anything was wrong."""
        if self.errors:
            raise Invalid(self.errors)

    def _words(self, field: str, value: str, required: str, most: int, *, lines: bool) -> str:
        text = value.replace("\r\n", "\n").strip()
        if not text and required:
            self.wrong(field, "required", required)
        elif not is_storable(text, lines=lines):
            self.wrong(field, "control_characters", "Remove the characters that cannot be shown.")
        elif len(text) > most:
            self.wrong(field, "max_length", f"Use at most {most:,} characters.")
        return text
