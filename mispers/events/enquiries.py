"""The investigation: strategy, hypotheses, searches, sightings, the log, who was told."""

from dataclasses import dataclass
from datetime import datetime

from core.trail import Payload, kind, left_out_if_none


@dataclass(frozen=True, kw_only=True)
class StrategyWritten(Payload):
    """Which strategy."""

    strategy: int


@dataclass(frozen=True, kw_only=True)
class HypothesisStated(Payload):
    """Which hypothesis."""

    hypothesis: int


@dataclass(frozen=True, kw_only=True)
class HypothesisConcluded(Payload):
    """status: what it was found to be."""

    hypothesis: int
    status: str


@dataclass(frozen=True, kw_only=True)
class Searched(Payload):
    """kind: of place; extent: how far inside."""

    search: int
    kind: str
    extent: str


@dataclass(frozen=True, kw_only=True)
class SearchAdviserDecided(Payload):
    """involved: whether a specialist search adviser is."""

    decision: int
    involved: bool


@dataclass(frozen=True, kw_only=True)
class Sighted(Payload):
    """place: left out of older meetings of an officer with the person."""

    sighting: int
    credibility: str
    place: str | None = left_out_if_none()


@dataclass(frozen=True, kw_only=True)
class Logged(Payload):
    """source: who gave it, empty where nobody is named; source_kind: in what capacity."""

    entry: int
    source: str
    source_kind: str


@dataclass(frozen=True, kw_only=True)
class NewInformationDecided(Payload):
    """What was decided on information that arrived on a resolved record, and why."""

    decision: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class FamilyContacted(Payload):
    """next_due_at: when the family is to hear next, if that was agreed."""

    contact: int
    next_due_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Notified(Payload):
    """to: the body that was told."""

    notification: int
    to: str


STRATEGY_WRITTEN = kind("strategy.written", "Investigation strategy written", StrategyWritten)
HYPOTHESIS_STATED = kind("hypothesis.stated", "Hypothesis stated", HypothesisStated)
HYPOTHESIS_CONCLUDED = kind("hypothesis.concluded", "Hypothesis concluded", HypothesisConcluded)
SEARCHED = kind("search.recorded", "Search recorded", Searched)
SEARCH_ADVISER_DECIDED = kind(
    "search_adviser.decided", "Decision on a specialist search adviser", SearchAdviserDecided
)
SIGHTED = kind("sighting.recorded", "Sighting recorded", Sighted)
LOGGED = kind("log.added", "Log entry added", Logged)
LOGGED_ON_CLOSED = kind(
    "log.added_on_closed", "Information on a resolved record", Logged, grave=True
)
NEW_INFORMATION_DECIDED = kind(
    "log.new_information_decided", "Decision on new information", NewInformationDecided
)
FAMILY_CONTACTED = kind("family.contacted", "Contact with the family", FamilyContacted)
NOTIFIED = kind("notification.made", "Another body told", Notified)
