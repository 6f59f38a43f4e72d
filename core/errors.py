"""Anticipated failures, each with a stable code; how pages and REST show them is their affair."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.barriers import Barrier


class DomainError(Exception):
    """Something a person may do wrong or meet; `message` is written for them."""

    code = "refused"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field. `field` is its name in the service's arguments."""

    field: str
    code: str
    message: str


class Invalid(DomainError):
    """What was given cannot stand; each part is named."""

    code = "invalid"

    def __init__(
        self, errors: Sequence[FieldError], *, code: str | None = None, unprocessable: bool = False
    ) -> None:
        super().__init__(" ".join(error.message for error in errors), code=code)
        self.errors = list(errors)
        self.unprocessable = unprocessable

    @classmethod
    def field(cls, field: str, code: str, message: str) -> "Invalid":
        """The common case of a single wrong field."""
        return cls([FieldError(field, code, message)])


class NotPermitted(DomainError):
    """The person may see it and may not do this."""

    code = "not_permitted"


class NotVisible(DomainError):
    """It does not exist, or it is outside what the person may see: the answer is the same."""

    code = "not_found"

    def __init__(self, message: str = "There is no such record, or you may not see it.") -> None:
        super().__init__(message)


class Conflict(DomainError):
    """The state does not allow it, often because somebody else did it first; says who and when."""

    code = "conflict"


class StaleVersion(DomainError):
    """The record has changed since it was read."""

    code = "stale_version"


class Barred(DomainError):
    """A stage change with barriers in its way.

    tried: what somebody wanted to do, to follow "tried to".
    """

    code = "barred"

    def __init__(self, barriers: "Sequence[Barrier]", *, tried: str) -> None:
        super().__init__(" ".join(barrier.message for barrier in barriers))
        self.barriers = list(barriers)
        self.tried = tried
