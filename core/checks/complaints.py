"""The collector of complaints: every wrong field is named, and all of them at once."""

from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from types import TracebackType
from typing import Any, TypeVar

from core.checks import values
from core.errors import FieldError, Invalid

T = TypeVar("T")


class Complaints:
    """What is wrong so far with what was given; `check()` raises it all together.

    Its checks give a value back as it is kept, or complain and give what stands for nothing.
    required: what to say where nothing was given; without, nothing need be. now: the moment by
    which moments are judged.
    """

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.errors: list[FieldError] = []
        self._under = ""

    def part(self, name: str) -> "Complaints":
        """The same complaints from inside a part: `phone` of `informant` is informant.phone."""
        return self._inside(f"{name}.")

    def row(self, name: str, index: int) -> "Complaints":
        """The same complaints from inside a repeated part: information[0].text."""
        return self._inside(f"{name}[{index}].")

    def add(self, field: str, code: str, message: str) -> None:
        """Note what is wrong with a field of this part."""
        self.errors.append(FieldError(f"{self._under}{field}", code, message))

    def gathering(self, renamed: Mapping[str, str] | None = None) -> "Gathering":
        """Note in this part what a service called within refuses.

        renamed: {what is the service's own: the field here of which it is said}, by the first name
        of its field, so that `items` stands for items[0].incident as well.
        """
        return Gathering(self, renamed or {})

    def has(self, *fields: str) -> bool:
        """Whether anything is wrong with one of these fields of this part."""
        named = {f"{self._under}{field}" for field in fields}
        return any(error.field in named for error in self.errors)

    def check(self) -> None:
        """Raise Invalid when anything was wrong."""
        if self.errors:
            raise Invalid(self.errors)

    def text(
        self,
        field: str,
        given: Any,
        *,
        required: str = "",
        most: int = values.LONGEST_TEXT,
        label: str = "This",
    ) -> str:
        """Text of several lines."""
        found = self._fit(field, lambda: values.text(given, most=most, label=label), "")
        return self._needed(field, found, required)

    def line(
        self,
        field: str,
        given: Any,
        *,
        required: str = "",
        most: int = values.LONGEST_LINE,
        label: str = "This",
    ) -> str:
        """One line of text, tidied."""
        found = self._fit(field, lambda: values.line(given, most=most, label=label), "")
        return self._needed(field, found, required)

    def phone(self, field: str, given: Any) -> str:
        """A telephone number."""
        return self._fit(field, lambda: values.phone(given), "")

    def postcode(self, field: str, given: Any) -> str:
        """A British postcode."""
        return self._fit(field, lambda: values.postcode(given), "")

    def past(
        self,
        field: str,
        given: datetime | None,
        *,
        required: str = "",
        not_before: datetime | None = None,
        too_early: str = "",
    ) -> datetime | None:
        """A moment that has come, nor lies in a minute before `not_before`."""
        if given is None:
            if required:
                self.add(field, "required", required)
            return None
        return self._fit(
            field,
            lambda: values.past(given, now=self.now, not_before=not_before, too_early=too_early),
            None,
        )

    def birth(self, field: str, given: date | None, *, today: date) -> date | None:
        """A date of birth."""
        if given is None:
            return None
        return self._fit(field, lambda: values.birth(given, today=today), None)

    def one_of(self, field: str, given: Any, choices: Collection[str]) -> None:
        """A code from a closed list."""
        if given not in choices:
            self.add(field, "invalid_choice", f"Choose one of: {', '.join(choices)}.")

    def several(self, field: str, given: Any, *, most: int) -> list[Any]:
        """A list, cut after `most`; empty for None."""
        if given is None:
            return []
        if not isinstance(given, list | tuple):
            self.add(field, "not_a_list", "Give a list.")
            return []
        if len(given) > most:
            self.add(field, "too_many", f"Give at most {most:,}.")
        return list(given)[:most]

    def _inside(self, prefix: str) -> "Complaints":
        inner = Complaints(self.now)
        inner.errors, inner._under = self.errors, f"{self._under}{prefix}"
        return inner

    def _needed(self, field: str, found: str, required: str) -> str:
        if required and not found and not self.has(field):
            self.add(field, "required", required)
        return found

    def _fit(self, field: str, check: Callable[[], T], nothing: T) -> T:
        try:
            return check()
        except values.Unfit as wrong:
            self.add(field, wrong.code, wrong.message)
            return nothing


class Gathering(AbstractContextManager[None, bool]):
    """What `Complaints.gathering` gives: swallows the refusals that it has noted."""

    def __init__(self, wrong: Complaints, renamed: Mapping[str, str]) -> None:
        self.wrong, self.renamed = wrong, renamed

    def __exit__(
        self,
        kind: type[BaseException] | None,
        refusal: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if not isinstance(refusal, Invalid):
            return False
        for error in refusal.errors:
            first = error.field.partition(".")[0].partition("[")[0]
            self.wrong.add(self.renamed.get(first, error.field), error.code, error.message)
        return True
