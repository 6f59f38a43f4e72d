"""What a deadline is about, by type; each has one spelling, which its column keeps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from mispers.rules.codes import About, due_of

_SHIFT = "shift "
_MINUTE = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Whole:
    """The incident as a whole."""

    spelled = ""


@dataclass(frozen=True)
class _OfRow:
    """One row of a table, by its key."""

    pk: int

    @property
    def spelled(self) -> str:
        """As the column keeps it."""
        return str(self.pk)


@dataclass(frozen=True)
class OfAction(_OfRow):
    """One action, by its key."""


@dataclass(frozen=True)
class OfAssessment(_OfRow):
    """One risk assessment, by its key."""


@dataclass(frozen=True)
class OfHandoverItem(_OfRow):
    """One incident that is offered in a handover, by the item's key."""


@dataclass(frozen=True)
class OfShift:
    """One change of shift, by the minute it falls on (UTC)."""

    boundary: datetime

    def __post_init__(self) -> None:
        minute = self.boundary.astimezone(UTC).replace(second=0, microsecond=0)
        object.__setattr__(self, "boundary", minute)

    @property
    def spelled(self) -> str:
        """As the column keeps it."""
        return f"{_SHIFT}{self.boundary:{_MINUTE}}Z"


@dataclass(frozen=True)
class OfMarker:
    """One of the person's markers, by its code."""

    code: str

    @property
    def spelled(self) -> str:
        """As the column keeps it."""
        return self.code


@dataclass(frozen=True)
class Unknown:
    """What nothing here has spelled: kept as it is, and taken for nothing else."""

    spelled: str


Subject = Whole | OfAction | OfAssessment | OfHandoverItem | OfShift | OfMarker | Unknown
WHOLE = Whole()


def subject_of(code: str, spelled: str) -> Subject:
    """What a deadline of the code is about, from what its column keeps."""
    for about in due_of(code).about:
        found = _READ[about](spelled)
        if found is not None:
            return found
    return Unknown(spelled)


def _number(made: Callable[[int], Subject]) -> Callable[[str], Subject | None]:
    return lambda spelled: made(int(spelled)) if spelled.isascii() and spelled.isdigit() else None


def _shift(spelled: str) -> OfShift | None:
    try:
        return OfShift(datetime.strptime(spelled, f"{_SHIFT}{_MINUTE}%z"))
    except ValueError:
        return None


_READ: dict[About, Callable[[str], Subject | None]] = {
    About.INCIDENT: lambda spelled: None if spelled else WHOLE,
    About.ACTION: _number(OfAction),
    About.ASSESSMENT: _number(OfAssessment),
    About.HANDOVER_ITEM: _number(OfHandoverItem),
    About.SHIFT: _shift,
    About.MARKER: lambda spelled: OfMarker(spelled) if spelled else None,
}
