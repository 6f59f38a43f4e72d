"""The fields of the API's representations: text safe to store, times in UTC, postcodes, ids."""

import re
import unicodedata
from datetime import UTC, date, datetime
from typing import Any

from rest_framework import serializers

from core import clock

LONGEST_TEXT = 10_000  # characters: the limit in the interface's contract for any text
EARLIEST_BIRTH = date(1890, 1, 1)
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?|GIR) ?([0-9][A-Z]{2})")


def has_control_characters(text: str, *, lines: bool) -> bool:
    """Whether the text has characters that cannot be read; `lines` allows line breaks and tabs.

    Includes unpaired surrogates, which the database cannot store.
    """
    allowed = "\n\t" if lines else ""
    return any(unicodedata.category(c) in {"Cc", "Cs"} and c not in allowed for c in text)


class Words(serializers.CharField):
    """Text of several lines, at most 10,000 characters, without control characters."""

    lines = True
    default_error_messages = {
        "control_characters": "Remove the characters that cannot be shown.",
        "max_length": "Use at most {max_length} characters.",
        "blank": "Write something here.",
        "required": "This is needed.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST_TEXT)
        super().__init__(**kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, str):
            data = data.replace("\r\n", "\n")
            # Before the framework's own check, so that one code covers every control character.
            if has_control_characters(data, lines=self.lines):
                self.fail("control_characters")
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Line(Words):
    """Text of one line, at most 200 characters unless told otherwise."""

    lines = False

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 200)
        super().__init__(**kwargs)


class Moment(serializers.DateTimeField):
    """An instant: ISO 8601 with an offset coming in, UTC with `Z` and seconds going out."""

    default_error_messages = {
        "naive": "Say which time zone this is in: end it with Z or an offset such as +01:00.",
        "invalid": "Use a date and time such as 2026-03-01T18:30:00Z.",
    }

    def enforce_timezone(self, value: datetime) -> datetime:
        if value.tzinfo is None:
            self.fail("naive")
        try:
            return value.astimezone(UTC)
        except OverflowError:
            self.fail("invalid", format="ISO 8601")

    def to_representation(self, value: datetime) -> str:
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class BirthDate(serializers.DateField):
    """A date of birth: not in the future, not before 1890."""

    default_error_messages = {
        "future": "A date of birth cannot be in the future.",
        "too_early": "Check the year of the date of birth.",
        "invalid": "Use a date such as 2009-05-01.",
    }

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        if day > clock.now().date():
            self.fail("future")
        if day < EARLIEST_BIRTH:
            self.fail("too_early")
        return day


class Postcode(serializers.CharField):
    """A United Kingdom postcode, given in any case and answered as `N1 9GU`."""

    default_error_messages = {"postcode": "Use a full UK postcode such as N1 9GU."}

    def to_internal_value(self, data: Any) -> str:
        typed = " ".join(super().to_internal_value(data).upper().split())
        match = _POSTCODE.fullmatch(typed)
        if match is None:
            self.fail("postcode")
        return f"{match[1]} {match[2]}"


class Id(serializers.CharField):
    """The id of a record: an opaque string, on the way out only."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("source", "pk")
        kwargs["read_only"] = True
        super().__init__(**kwargs)

    def bind(self, field_name: str, parent: Any) -> None:
        # The framework refuses a source equal to the field's name, as for rows that are dicts.
        if self.source == field_name:
            self.source = None
        super().bind(field_name, parent)
