"""The investigation: one page to read, and a page of its own for each thing to add."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from core import clock
from mispers.forms import investigation as forms
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
from mispers.presenters.pages import incident_page
from mispers.selectors import incidents
from mispers.selectors.entries import entries_of, get_hypothesis, hypotheses_of
from mispers.services.contacts import record_family_contact, record_notification
from mispers.services.log import add_log_entry
from mispers.services.searches import SearchDetails, decide_on_search_adviser, record_search
from mispers.services.sightings import SightingDetails, record_sighting
from mispers.services.strategy import conclude_hypothesis, state_hypothesis, write_strategy
from mispers.views.entry_pages import EntryPage
from officers.models import Officer
from officers.permissions import may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission

MOST_SHOWN = 50


@require_GET
def investigation(request: HttpRequest, reference: str) -> HttpResponse:
    """What is planned, supposed, searched, seen, said and told; the newest of each kind."""
    officer = signed_in(request)
    incident = incidents.get_incident(officer, reference)
    return incident_page(
        request,
        incident,
        "mispers/investigation/tab.html",
        active="incident-investigation",
        may_record=may(officer, Permission.RECORD, clock.now()),
        strategies=entries_of(Strategy, incident)[:MOST_SHOWN],
        hypotheses=hypotheses_of(incident)[:MOST_SHOWN],
        searches=entries_of(Search, incident)[:MOST_SHOWN],
        adviser_decisions=entries_of(SearchAdviserDecision, incident)[:MOST_SHOWN],
        sightings=entries_of(Sighting, incident)[:MOST_SHOWN],
        log_entries=entries_of(LogEntry, incident)[:MOST_SHOWN],
        contacts=entries_of(FamilyContact, incident)[:MOST_SHOWN],
        notifications=entries_of(Notification, incident)[:MOST_SHOWN],
        was_searched_inside=_searched_inside(incident),
    )


def _searched_inside(incident: Incident) -> bool:
    """Whether somebody searched the inside of the home (SEARCH-1)."""
    return Search.objects.filter(
        incident=incident, kind=Search.Kind.HOME, extent=Search.Extent.INSIDE
    ).exists()


def _signed_by(field: str) -> Any:
    """Form arguments that put the officer's own name in a box, to be changed if it was another."""

    def arguments(incident: Incident, officer: Officer, now: datetime) -> dict[str, Any]:
        return {"initial": {field: str(officer)}}

    return arguments


write_strategy_page = EntryPage(
    forms.StrategyForm,
    write_strategy,
    title="Write the strategy",
    submit="Save strategy",
    done="The strategy is written.",
    anchor="strategy",
    lead="It replaces the one before, which stays on the record.",
).view()
state_hypothesis_page = EntryPage(
    forms.HypothesisForm,
    state_hypothesis,
    title="State a hypothesis",
    submit="State hypothesis",
    done="The hypothesis is stated. It is open until it has been tested.",
    anchor="hypotheses",
    lead="A hypothesis that nobody has tested cannot be the ground of a closure.",
).view()
record_search_page = EntryPage(
    forms.SearchForm,
    record_search,
    details=SearchDetails,
    title="Record a search",
    submit="Record search",
    done="The search is recorded as exactly what it was.",
    anchor="searches",
    form_arguments=_signed_by("searched_by"),
).view()
decide_search_adviser_page = EntryPage(
    forms.SearchAdviserForm,
    decide_on_search_adviser,
    title="Decide on a specialist search adviser",
    submit="Record decision",
    done="The decision is recorded.",
    anchor="searches",
    lead="Involved or not, the decision is yours by name. It can be decided anew at any time.",
).view()
record_sighting_page = EntryPage(
    forms.SightingForm,
    record_sighting,
    details=SightingDetails,
    title="Record a sighting",
    submit="Record sighting",
    done="The sighting is recorded.",
    anchor="sightings",
).view()
add_log_page = EntryPage(
    forms.LogForm,
    add_log_entry,
    title="Add to the log",
    submit="Add to the log",
    done="It is in the log.",
    anchor="log",
).view()
record_family_contact_page = EntryPage(
    forms.FamilyContactForm,
    record_family_contact,
    title="Record contact with the family",
    submit="Record contact",
    done="The contact with the family is recorded.",
    anchor="family",
    form_arguments=_signed_by("made_by"),
).view()
record_notification_page = EntryPage(
    forms.NotificationForm,
    record_notification,
    title="Record who else was told",
    submit="Record",
    done="It is recorded who was told.",
    anchor="told",
).view()


def conclude_hypothesis_page(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Conclude one hypothesis; its words stand above the form."""

    def shown(incident: Incident, officer: Officer, now: datetime) -> dict[str, Hypothesis]:
        return {"hypothesis": get_hypothesis(incident, pk)}

    return EntryPage(
        forms.ConclusionForm,
        conclude_hypothesis,
        title="Conclude a hypothesis",
        submit="Save conclusion",
        done="The hypothesis is concluded.",
        anchor="hypotheses",
        template="mispers/investigation/conclude_form.html",
        context=shown,
    ).view()(request, reference, hypothesis=pk)
