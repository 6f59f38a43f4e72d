"""An incident at a glance: who is missing, what was reported and done, what can be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.forms import HouseForm, TextField
from core.pages.form_page import form_page
from mispers import registries
from mispers.models import Incident
from mispers.presenters.header import timeline_entry
from mispers.presenters.pages import incident_page, remember_reason
from mispers.rules.markers import label_of
from mispers.selectors import incidents
from officers.permissions import permissions_of
from officers.presenters.every_page import signed_in

LATEST = 10


class ReasonForm(HouseForm):
    """Why an officer looks at a record."""

    reason = TextField(
        label="Why are you looking at this record?",
        hint="A few words, such as “supervisor review”. Kept with the log of who looked.",
    )


@require_GET
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """The incident's first page."""
    officer, now = signed_in(request), clock.now()
    incident = incidents.get_incident(officer, reference)
    latest = incidents.trail_of(incident).order_by("-seq")[:LATEST]
    acts = registries.acts_on(incident, permissions_of(officer, now, incident.bcu_id))
    return incident_page(
        request,
        incident,
        "mispers/overview.html",
        active="incident",
        person=incident.person,
        markers=[label_of(code) for code in incident.person.markers],
        previous=incidents.earlier_incidents(officer, incident),
        linked=incidents.linked_incidents(officer, incident),
        latest=[timeline_entry(event) for event in latest],
        acts=[(act.label, reverse(act.url_name, args=[reference])) for act in acts],
        panels=[
            {"template": panel.template, "context": panel.context(incident, officer, now)}
            for panel in registries.panels()
        ],
    )


@require_http_methods(["GET", "POST"])
def reason(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why the officer looks at the record; kept until they sign out."""
    incident = incidents.get_incident(signed_in(request), reference)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        remember_reason(request, incident.reference, form.cleaned_data["reason"])
        return redirect(_next(request, incident))
    return form_page(
        request,
        form,
        title=f"Reason for looking at {incident.reference}",
        submit="Continue",
        back=reverse("open-incidents"),
        lead="Every look at a record is logged with who, when and why.",
    )


def _next(request: HttpRequest, incident: Incident) -> str:
    """Where the officer was going, if that is a page of ours."""
    asked = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}):
        return asked
    return reverse("incident", args=[incident.reference])
