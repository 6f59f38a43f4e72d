"""The REST endpoints of the investigation: what is planned, searched, seen, said and told."""

from typing import Any

from django.db.models import QuerySet

from core.api.endpoint import Call, Endpoint, commands, creates, lists
from mispers.api import investigation_shapes as shapes
from mispers.models import (
    FamilyContact,
    Hypothesis,
    Incident,
    LogEntry,
    Notification,
    Search,
    SearchAdviserDecision,
    Sighting,
    Strategy,
)
from mispers.selectors import incidents
from mispers.selectors.entries import entries_of, hypotheses_of
from mispers.services.contacts import record_family_contact, record_notification
from mispers.services.log import add_log_entry
from mispers.services.searches import SearchDetails, decide_on_search_adviser, record_search
from mispers.services.sightings import SightingDetails, record_sighting
from mispers.services.strategy import conclude_hypothesis, state_hypothesis, write_strategy


def consulted(call: Call, reference: str) -> Incident:
    """The incident, within what the caller sees; that it was read is logged."""
    incident = incidents.get_incident(call.by, reference)
    call.log_consultation(incident.reference)
    return incident


def writer(call: Call) -> dict[str, Any]:
    """What every service takes: the officer and the moment."""
    return {"by": call.officer, "now": call.now}


def writing(call: Call) -> dict[str, Any]:
    """The officer, the moment and the body, for a service that takes its parts one by one."""
    return {**writer(call), **call.data}


class Strategies(Endpoint):
    """The investigation strategies of an incident; the first is the one in force."""

    resource = "actions"

    @lists(shapes.StrategyOut)
    def get(self, call: Call, reference: str) -> QuerySet[Strategy]:
        """Newest first."""
        return entries_of(Strategy, consulted(call, reference))

    @creates(shapes.StrategyIn, shapes.StrategyOut)
    def post(self, call: Call, reference: str) -> Strategy:
        """Write a strategy; it replaces the one before."""
        return write_strategy(reference, **writing(call))


class Hypotheses(Endpoint):
    """The hypotheses of an incident."""

    resource = "actions"

    @lists(shapes.HypothesisOut)
    def get(self, call: Call, reference: str) -> QuerySet[Hypothesis]:
        """Newest first."""
        return hypotheses_of(consulted(call, reference))

    @creates(shapes.HypothesisIn, shapes.HypothesisOut)
    def post(self, call: Call, reference: str) -> Hypothesis:
        """State a hypothesis; it is open until concluded."""
        return state_hypothesis(reference, **writing(call))


class ConcludeHypothesis(Endpoint):
    """A hypothesis is tested."""

    resource = "actions"

    @commands(shapes.ConclusionIn, shapes.HypothesisOut)
    def post(self, call: Call, reference: str, pk: int) -> Hypothesis:
        """Say whether it is supported or refuted, by what evidence and from whom."""
        return conclude_hypothesis(reference, hypothesis=pk, **writing(call))


class Searches(Endpoint):
    """The searches of an incident, each as exactly what it was."""

    resource = "incidents"

    @lists(shapes.SearchOut)
    def get(self, call: Call, reference: str) -> QuerySet[Search]:
        """Newest first."""
        return entries_of(Search, consulted(call, reference))

    @creates(shapes.SearchIn, shapes.SearchOut)
    def post(self, call: Call, reference: str) -> Search:
        """Record a search; only an extent of `inside` is a search of the inside."""
        return record_search(reference, SearchDetails(**call.data), **writer(call))


class SearchAdvisers(Endpoint):
    """The decisions on a specialist search adviser; the first is the one that stands."""

    resource = "incidents"

    @lists(shapes.SearchAdviserOut)
    def get(self, call: Call, reference: str) -> QuerySet[SearchAdviserDecision]:
        """Newest first."""
        return entries_of(SearchAdviserDecision, consulted(call, reference))

    @creates(shapes.SearchAdviserIn, shapes.SearchAdviserOut)
    def post(self, call: Call, reference: str) -> SearchAdviserDecision:
        """Decide that one is involved, or is not, and why."""
        return decide_on_search_adviser(reference, **writing(call))


class Sightings(Endpoint):
    """The sightings of an incident."""

    resource = "incidents"

    @lists(shapes.SightingOut)
    def get(self, call: Call, reference: str) -> QuerySet[Sighting]:
        """Newest first."""
        return entries_of(Sighting, consulted(call, reference))

    @creates(shapes.SightingIn, shapes.SightingOut)
    def post(self, call: Call, reference: str) -> Sighting:
        """Record that somebody says they saw the person."""
        return record_sighting(reference, SightingDetails(**call.data), **writer(call))


class Log(Endpoint):
    """The log of an incident."""

    resource = "incidents"

    @lists(shapes.LogEntryOut)
    def get(self, call: Call, reference: str) -> QuerySet[LogEntry]:
        """Newest first."""
        return entries_of(LogEntry, consulted(call, reference))

    @creates(shapes.LogEntryIn, shapes.LogEntryOut)
    def post(self, call: Call, reference: str) -> LogEntry:
        """Add information; on a resolved record it reaches the duty inspector."""
        return add_log_entry(reference, **writing(call))


class FamilyContacts(Endpoint):
    """Contact with the family."""

    resource = "incidents"
    field_names = {"contact_with": "with"}

    @lists(shapes.FamilyContactOut)
    def get(self, call: Call, reference: str) -> QuerySet[FamilyContact]:
        """Newest first."""
        return entries_of(FamilyContact, consulted(call, reference))

    @creates(shapes.FamilyContactIn, shapes.FamilyContactOut)
    def post(self, call: Call, reference: str) -> FamilyContact:
        """Record a contact, and when the next is due."""
        return record_family_contact(reference, **writing(call))


class Notifications(Endpoint):
    """Who else was told."""

    resource = "incidents"
    field_names = {"notification_reference": "reference"}

    @lists(shapes.NotificationOut)
    def get(self, call: Call, reference: str) -> QuerySet[Notification]:
        """Newest first."""
        return entries_of(Notification, consulted(call, reference))

    @creates(shapes.NotificationIn, shapes.NotificationOut)
    def post(self, call: Call, reference: str) -> Notification:
        """Record that another body was told, with its reference."""
        return record_notification(reference, **writing(call))
