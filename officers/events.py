"""The kinds of event this app puts on the trail, each with what its events say."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict

from core.trail import Payload, kind


@dataclass(frozen=True, kw_only=True)
class OfShift(Payload):
    """A shift: whose, in which role, from when until when."""

    shift: int
    role: str
    officer: int
    starts_at: datetime
    ends_at: datetime


class ShiftFields(TypedDict):
    """The fields of `OfShift`, for what adds to them."""

    shift: int
    role: str
    officer: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class ShiftChanged(OfShift):
    """before: as it stood until then."""

    before: OfShift


@dataclass(frozen=True, kw_only=True)
class ShiftCovered(OfShift):
    """covers: the id of the shift that somebody else stands in for."""

    covers: int


@dataclass(frozen=True, kw_only=True)
class OfSwap(OfShift):
    """The shift on offer; in_return: the id of the shift asked for it."""

    swap: int
    from_: int
    to: int
    in_return: int | None


@dataclass(frozen=True, kw_only=True)
class RotaFilled(Payload):
    """From which day for how many, and with how many shifts."""

    start: date
    days: int
    shifts: int


@dataclass(frozen=True, kw_only=True)
class OfShifts(Payload):
    """The shifts that were added together."""

    rows: tuple[OfShift, ...]


@dataclass(frozen=True, kw_only=True)
class GapFound(Payload):
    """A stretch in which nobody is on the rota in a role."""

    gap: int
    role: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class GapsFound(Payload):
    """The new gaps of a BCU, the nearest first."""

    bcu: str
    gaps: tuple[GapFound, ...]


@dataclass(frozen=True, kw_only=True)
class OfAbsence(Payload):
    """shifts: on this BCU's rota, to be covered, or back on it."""

    absence: int
    officer: int
    starts_at: datetime
    ends_at: datetime
    shifts: tuple[OfShift, ...]


@dataclass(frozen=True, kw_only=True)
class OfTraining(Payload):
    """Who passed which course when, and until before when it counts."""

    training: int
    officer: int
    course: str
    passed_on: date
    lapses_on: date


class TrainingFields(TypedDict):
    """The fields of `OfTraining`, for what adds to them."""

    training: int
    officer: int
    course: str
    passed_on: date
    lapses_on: date


@dataclass(frozen=True, kw_only=True)
class TrainingCorrected(OfTraining):
    """corrects: the id of the row that it takes the place of. counts: false to take that away."""

    corrects: int
    counts: bool
    because: str


@dataclass(frozen=True, kw_only=True)
class TrainingImported(Payload):
    """The rows that were new."""

    rows: tuple[OfTraining, ...]


SHIFT_ADDED = kind("rota.shift_added", "Shift added to the rota", OfShift)
SHIFT_CHANGED = kind("rota.shift_changed", "Shift changed", ShiftChanged)
SHIFT_TAKEN_OUT = kind("rota.shift_taken_out", "Shift taken out of the rota", OfShift)
SHIFT_COVERED = kind("rota.shift_covered", "Shift covered", ShiftCovered)
ROTA_FILLED = kind("rota.filled", "Rota filled", RotaFilled)
ROTA_REPEATED = kind("rota.repeated", "Shifts repeated week by week", OfShifts)
ROTA_IMPORTED = kind("rota.imported", "Rota imported", OfShifts)
GAPS_FOUND = kind("rota.gaps_found", "Gaps in the rota found ahead", GapsFound)
ABSENCE_RECORDED = kind("rota.absence_recorded", "Absence recorded", OfAbsence)
ABSENCE_ENDED = kind("rota.absence_ended", "Absence ended", OfAbsence)
SWAP_OFFERED = kind("rota.swap_offered", "Swap offered", OfSwap)
SWAP_ACCEPTED = kind("rota.swap_accepted", "Swap accepted", OfSwap)
SWAP_DECLINED = kind("rota.swap_declined", "Swap declined", OfSwap)
SWAP_WITHDRAWN = kind("rota.swap_withdrawn", "Swap withdrawn", OfSwap)
TRAINING_RECORDED = kind("training.recorded", "Training recorded", OfTraining)
TRAINING_CORRECTED = kind("training.corrected", "Training corrected", TrainingCorrected)
TRAINING_IMPORTED = kind("training.imported", "Training imported", TrainingImported)
