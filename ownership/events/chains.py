"""Who answers for an incident: taken on, offered, accepted, sent back; off duty."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from core.trail import Payload, kind


@dataclass(frozen=True, kw_only=True)
class Taken(Payload):
    """link: the id of the chain's new link. before: whoever answered until then."""

    capacity: str
    officer: int
    basis: str
    link: int
    taken_at: datetime
    is_fallback: bool
    before: int | None


@dataclass(frozen=True, kw_only=True)
class OfHandover(Payload):
    """Which item of which handover; from_ is None when the clock offered it."""

    handover: int
    item: int
    capacity: str
    from_: int | None
    to: int


class HandoverFields(TypedDict):
    """The fields of `OfHandover`, for what adds to them."""

    handover: int
    item: int
    capacity: str
    from_: int | None
    to: int


@dataclass(frozen=True, kw_only=True)
class Offered(OfHandover):
    """What the receiver is told. holder: whoever answers until they accept."""

    briefing: str
    worry: str
    reason: str
    holder: int | None


@dataclass(frozen=True, kw_only=True)
class AnsweredBecause(OfHandover):
    """reason: why, or what is asked."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class ShiftEnded(Payload):
    """holder: whoever still answers; incoming: whoever is on duty from the boundary on."""

    boundary: datetime
    holder: int
    holder_name: str
    incoming: int


@dataclass(frozen=True, kw_only=True)
class LeftWaiting(Payload):
    """item: the id of the offer that waits, if there is one."""

    capacity: str
    item: int | None


@dataclass(frozen=True, kw_only=True)
class SignedOff(Payload):
    """left: reference and capacity of each incident that stays with whoever went."""

    left: tuple[tuple[str, ...], ...]


TAKEN = kind("ownership.taken", "Responsibility taken", Taken)
OFFERED = kind("handover.offered", "Handover offered", Offered)
ACCEPTED = kind("handover.accepted", "Handover accepted", OfHandover)
DECLINED = kind("handover.declined", "Handover sent back", AnsweredBecause)
RISK_RECONFIRMED = kind(
    "handover.risk_reconfirmed", "Risk re-confirmed at handover", AnsweredBecause
)
REVIEW_ASKED = kind(
    "handover.review_asked", "Review of the risk asked for at handover", AnsweredBecause
)
SHIFT_ENDED = kind("handover.shift_ended", "A shift ended without an accepted handover", ShiftEnded)
LEFT_WAITING = kind(
    "handover.left_waiting", "Holder went off duty before anybody accepted", LeftWaiting
)
SIGNED_OFF = kind("duty.signed_off", "Went off duty", SignedOff)
WITHDRAWN = kind("handover.withdrawn", "Handover withdrawn", AnsweredBecause)
