"""The end of an investigation: located, interviewed, closure asked for and decided."""

from dataclasses import dataclass

from core.trail import Payload, kind


@dataclass(frozen=True, kw_only=True)
class Located(Payload):
    """seen: whether an officer has seen the person."""

    located: int
    condition: str
    seen: bool


@dataclass(frozen=True, kw_only=True)
class PreventionInterview(Payload):
    """held: false for an attempt."""

    interview: int
    held: bool


@dataclass(frozen=True, kw_only=True)
class OfReturnInterview(Payload):
    """Which return interview."""

    interview: int


@dataclass(frozen=True, kw_only=True)
class OfClosure(Payload):
    """closure: the id of what was asked for."""

    closure: int


@dataclass(frozen=True, kw_only=True)
class Overridden(Payload):
    """A barrier that did not stop the closure, and why."""

    code: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClosureAuthorised(OfClosure):
    """duplicate_of: the reference of the other report of the same."""

    outcome: str
    overrides: tuple[Overridden, ...]
    duplicate_of: str | None


@dataclass(frozen=True, kw_only=True)
class Barred(Payload):
    """barriers: the codes of what stood in the way."""

    barriers: tuple[str, ...]


LOCATED = kind("located.recorded", "Located", Located)
PREVENTION_INTERVIEW = kind(
    "prevention_interview.recorded", "Prevention interview", PreventionInterview
)
RETURN_INTERVIEW_ASKED = kind(
    "return_interview.asked", "Return interview asked for", OfReturnInterview
)
RETURN_INTERVIEW_UPDATED = kind(
    "return_interview.updated", "Return interview updated", OfReturnInterview
)
CLOSURE_ASKED = kind("closure.asked", "Closure asked for", OfClosure)
BARRED = kind("closure.barred", "Closure tried in vain", Barred)
CLOSURE_AUTHORISED = kind("closure.authorised", "Closure authorised", ClosureAuthorised)
CLOSURE_REFUSED = kind("closure.refused", "Closure refused", OfClosure, grave=True)
