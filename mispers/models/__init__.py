"""The incident and everything recorded under it."""

from mispers.models.closure import BarrierOverride, ClosureRequest, Reopening
from mispers.models.contact import FamilyContact, LogEntry, Notification
from mispers.models.counter import ReferenceCounter
from mispers.models.draft import ReportDraft
from mispers.models.incident import Incident, IncidentLink
from mispers.models.known import (
    Associate,
    Clothing,
    ExploitationInvestigation,
    HealthCondition,
    Known,
    KnownPlace,
    Medication,
    Weather,
)
from mispers.models.located import Located, PreventionInterview, ReturnInterview
from mispers.models.name_part import NamePart
from mispers.models.person import Person
from mispers.models.protocol import Protocol
from mispers.models.search import Search, SearchAdviserDecision, Sighting
from mispers.models.strategy import Hypothesis, Strategy

__all__ = [
    "Associate",
    "BarrierOverride",
    "ClosureRequest",
    "Clothing",
    "ExploitationInvestigation",
    "FamilyContact",
    "HealthCondition",
    "Hypothesis",
    "Incident",
    "IncidentLink",
    "Known",
    "KnownPlace",
    "Located",
    "LogEntry",
    "Medication",
    "NamePart",
    "Notification",
    "Person",
    "PreventionInterview",
    "Protocol",
    "ReferenceCounter",
    "Reopening",
    "ReportDraft",
    "ReturnInterview",
    "Search",
    "SearchAdviserDecision",
    "Sighting",
    "Strategy",
    "Weather",
]
