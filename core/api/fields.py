"""The fields of the API's representations: text safe to store, times in UTC, postcodes, ids."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from rest_framework import serializers

from core import checks, clock
from core.london import day_of


@contextmanager
def complaint_at_the_field() -> Iterator[None]:
    """What a check within finds unfit is an error of the representation's field."""
    try:
        yield
    except checks.Unfit as wrong:
        raise serializers.ValidationError(wrong.message, code=wrong.code) from None


class Paragraphs(serializers.CharField):
    """Text of several lines, at most 10,000 characters, without control characters."""

    lines = True
    default_error_messages = {
        "blank": "Write something here.",
        "required": "This is needed.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", checks.LONGEST_TEXT)
        super().__init__(**kwargs)

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if isinstance(data, str):
            data = data.replace("\r\n", "\n")
            if self.trim_whitespace:
                data = data.strip()
            # Before the framework's own checks, so that pages and services say the same.
            with complaint_at_the_field():
                checks.fitting(data, most=self.max_length or len(data), lines=self.lines)
        return super().run_validation(data)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Line(Paragraphs):
    """Text of one line, at most 200 characters unless told otherwise."""

    lines = False

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", checks.LONGEST_LINE)
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
    """A date of birth."""

    default_error_messages = {"invalid": "Use a date such as 2009-05-01."}

    def to_internal_value(self, value: Any) -> date:
        with complaint_at_the_field():
            return checks.birth(super().to_internal_value(value), today=day_of(clock.now()))


class Postcode(serializers.CharField):
    """A United Kingdom postcode, given in any case and answered as `N1 9GU`."""

    def to_internal_value(self, data: Any) -> str:
        with complaint_at_the_field():
            return checks.postcode(super().to_internal_value(data))


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
