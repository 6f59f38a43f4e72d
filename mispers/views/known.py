"""What is known about a person: one page to read, and a page of its own for each thing to add."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from core import clock
from core.errors import NotVisible
from mispers.forms import known as forms
from mispers.models import (
    Associate,
    Clothing,
    ExploitationInvestigation,
    HealthCondition,
    Incident,
    Known,
    KnownPlace,
    Medication,
    Weather,
)
from mispers.presenters.pages import incident_page
from mispers.rules import conditions
from mispers.selectors import incidents
from mispers.selectors.critical_times import critical_times
from mispers.selectors.known import get_known, known_entries
from mispers.services import health
from mispers.services import known as services
from mispers.views.entry_pages import EntryPage
from officers.models import Officer
from officers.permissions import may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission

TAB = "incident-known"


@dataclass(frozen=True)
class Section:
    """One kind of what is known. slug: its section on the tab and its place in addresses.

    card: the template of one entry. nothing: what to say where there is none.
    """

    slug: str
    model: type[Known]
    heading: str
    card: str
    nothing: str
    page: EntryPage

    @property
    def card_template(self) -> str:
        """The template of one entry, which it calls `entry`."""
        return f"mispers/known/cards/{self.card}.html"

    @property
    def url_name(self) -> str:
        """The name of the page that records one."""
        return f"record-known-{self.slug}"


def _form_arguments(incident: Incident, officer: Officer, now: datetime) -> dict[str, Any]:
    return {"incident": incident}


def _page(slug: str, form: Any, service: Any, what: str, **over: Any) -> EntryPage:
    return EntryPage(
        form,
        service,
        title=f"Record {what}",
        submit="Record it",
        done=f"It is recorded: {what}.",
        back=TAB,
        anchor=slug,
        form_arguments=_form_arguments,
        **over,
    )


def _catalogue(incident: Incident, officer: Officer, now: datetime) -> Mapping[str, Any]:
    return {"catalogue": sorted(conditions.conditions(), key=lambda each: each.label)}


SECTIONS = {
    kind.slug: kind
    for kind in (
        Section(
            "conditions", HealthCondition, "Health", "condition",
            "No health condition is recorded. Nobody knows whether there is one.",
            _page(
                "conditions", forms.ConditionForm, health.record_condition, "a health condition",
                template="mispers/known/condition_form.html", context=_catalogue,
            ),
        ),
        Section(
            "medication", Medication, "Medication", "medication",
            "No medication is recorded. Nobody knows whether they need any.",
            _page("medication", forms.MedicationForm, health.record_medication, "medication"),
        ),
        Section(
            "exploitation", ExploitationInvestigation, "Exploitation investigations",
            "exploitation", "No investigation of exploitation is referenced.",
            _page(
                "exploitation", forms.ExploitationForm, services.record_exploitation_investigation,
                "an exploitation investigation",
            ),
        ),
        Section(
            "associates", Associate, "Associates", "associate", "Nobody is recorded.",
            _page("associates", forms.AssociateForm, services.record_associate, "an associate"),
        ),
        Section(
            "places", KnownPlace, "Places", "place", "No place is recorded.",
            _page("places", forms.PlaceForm, services.record_place, "a place"),
        ),
        Section(
            "clothing", Clothing, "Clothing", "clothing", "No clothing is recorded.",
            _page("clothing", forms.ClothingForm, services.record_clothing, "clothing"),
        ),
        Section(
            "weather", Weather, "Weather", "weather", "No weather is recorded.",
            _page("weather", forms.WeatherForm, services.record_weather, "the weather"),
        ),
    )
}  # fmt: skip


@require_GET
def known(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything known, what holds first; what was corrected since stays in sight below it."""
    officer, now = signed_in(request), clock.now()
    incident = incidents.get_incident(officer, reference)
    return incident_page(
        request,
        incident,
        "mispers/known/tab.html",
        active=TAB,
        may_record=incident.is_open and may(officer, Permission.RECORD, now),
        sections=[_section(kind, incident) for kind in SECTIONS.values()],
        criticals=critical_times(incident) if incident.is_open else [],
    )


def _section(kind: Section, incident: Incident) -> dict[str, Any]:
    entries = list(known_entries(kind.model, incident))
    return {
        "kind": kind,
        "standing": [entry for entry in entries if entry.is_standing],
        "before": [entry for entry in entries if not entry.is_standing],
    }


def correct_known(request: HttpRequest, reference: str, slug: str, pk: int) -> HttpResponse:
    """A further entry in the place of one that is wrong or no longer so; both stay."""
    kind = SECTIONS.get(slug)
    if kind is None:
        raise NotVisible

    def arguments(incident: Incident, officer: Officer, now: datetime) -> dict[str, Any]:
        return {"incident": incident, "corrects": get_known(kind.model, incident, pk)}

    def context(incident: Incident, officer: Officer, now: datetime) -> Mapping[str, Any]:
        return {
            **kind.page.context(incident, officer, now),
            "kind": kind,
            "entry": get_known(kind.model, incident, pk),
        }

    page = replace(
        kind.page,
        title=f"Correct: {kind.heading.lower()}",
        done="It is corrected. What was recorded before stays on the record.",
        form_arguments=arguments,
        context=context,
    )
    return page.view()(request, reference, corrects=pk)
