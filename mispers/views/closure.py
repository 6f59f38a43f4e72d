"""The end of an incident: what stands in the way first, then who asks and who decides."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.pages.form_page import form_page
from mispers import registries
from mispers.forms import closure as forms
from mispers.models import Incident, PreventionInterview, Reopening, ReturnInterview
from mispers.presenters.pages import frame, incident_page, log_consultation
from mispers.rules.codes import Code
from mispers.rules.stages import Stage
from mispers.selectors import incidents
from mispers.selectors.closure import ending_of
from mispers.selectors.entries import (
    closure_requests_of,
    entries_of,
    located_of,
    waiting_information,
)
from mispers.services.authorising import authorise_closure
from mispers.services.closure import ask_closure, refuse_closure
from mispers.services.interviews import (
    InterviewDetails,
    ask_return_interview,
    record_prevention_interview,
    update_return_interview,
)
from mispers.services.located import LocationDetails, record_located
from mispers.services.new_information import keep_closed
from mispers.services.reopening import reopen_incident
from mispers.views.entry_pages import EntryPage
from officers.models import Officer
from officers.permissions import check_may, may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission

TAB = "incident-closure"
MOST_SHOWN = 20


@require_GET
def closure(request: HttpRequest, reference: str) -> HttpResponse:
    """The barriers before anybody asks, what is recorded of the end, and what may be done now."""
    officer, now = signed_in(request), clock.now()
    incident = incidents.get_incident(officer, reference)
    return incident_page(
        request,
        incident,
        "mispers/closure/tab.html",
        active=TAB,
        barriers=registries.barriers_to(incident, Stage.CLOSED, officer, now),
        pending=ending_of(incident).pending,
        waiting=waiting_information(incident),
        requests=closure_requests_of(incident)[:MOST_SHOWN],
        located_entries=located_of(incident)[:MOST_SHOWN],
        prevention_interviews=entries_of(PreventionInterview, incident)[:MOST_SHOWN],
        return_interviews=entries_of(ReturnInterview, incident)[:MOST_SHOWN],
        reopenings=entries_of(Reopening, incident)[:MOST_SHOWN],
        may_record=may(officer, Permission.RECORD, now, incident.bcu_id),
        may_locate=incident.is_open and may(officer, Permission.LOCATE, now, incident.bcu_id),
        may_ask=incident.is_open and may(officer, Permission.ASK_CLOSURE, now, incident.bcu_id),
        may_decide=may(officer, Permission.AUTHORISE_CLOSURE, now, incident.bcu_id),
        may_reopen=not incident.is_open and may(officer, Permission.REOPEN, now, incident.bcu_id),
    )


def _located_arguments(incident: Incident, officer: Officer, now: datetime) -> dict[str, Any]:
    return {"bcu": incident.bcu_id, "version": incident.version}


def _of_version(incident: Incident, officer: Officer, now: datetime) -> dict[str, Any]:
    return {"version": incident.version}


def _barriers(incident: Incident, officer: Officer, now: datetime) -> dict[str, Any]:
    return {"barriers": registries.barriers_to(incident, Stage.CLOSED, officer, now)}


def _interviewer(incident: Incident, officer: Officer, now: datetime) -> dict[str, Any]:
    return {"initial": {"interviewer": str(officer)}}


record_located_page = EntryPage(
    forms.LocatedForm,
    record_located,
    details=LocationDetails,
    title="Record how they were located",
    submit="Record",
    done="It is recorded how they were located.",
    back=TAB,
    lead="Nobody is written off as found until a named officer has seen them in person.",
    permission=Permission.LOCATE,
    form_arguments=_located_arguments,
).view()
prevention_interview_page = EntryPage(
    forms.PreventionInterviewForm,
    record_prevention_interview,
    details=InterviewDetails,
    title="Record the prevention interview",
    submit="Record interview",
    done="The prevention interview is recorded.",
    back=TAB,
    form_arguments=_interviewer,
).view()
ask_return_interview_page = EntryPage(
    forms.AskReturnInterviewForm,
    ask_return_interview,
    title="Record that a return interview was asked for",
    submit="Record",
    done="It is recorded that a return interview was asked for.",
    back=TAB,
).view()
update_return_interview_page = EntryPage(
    forms.UpdateReturnInterviewForm,
    update_return_interview,
    title="Update the return interview",
    submit="Update",
    done="The return interview is updated.",
    back=TAB,
).view()
ask_closure_page = EntryPage(
    forms.AskClosureForm,
    ask_closure,
    title="Ask for closure",
    submit="Ask for closure",
    done="Closure is asked for. Another inspector decides.",
    back=TAB,
    template="mispers/closure/ask.html",
    permission=Permission.ASK_CLOSURE,
    form_arguments=_of_version,
    context=_barriers,
).view()
refuse_closure_page = EntryPage(
    forms.RefuseForm,
    refuse_closure,
    title="Refuse closure",
    submit="Refuse closure",
    done="Closure is refused.",
    back=TAB,
    permission=Permission.AUTHORISE_CLOSURE,
    danger=True,
).view()
keep_closed_page = EntryPage(
    forms.KeepClosedForm,
    keep_closed,
    title="Leave the record closed",
    submit="Leave it closed",
    done="The decision is recorded.",
    back=TAB,
    lead=f"Information has arrived since the record was closed ({Code.NEW_1}). Reopen it, or say "
    "why not.",
    permission=Permission.AUTHORISE_CLOSURE,
).view()
reopen_page = EntryPage(
    forms.ReopenForm,
    reopen_incident,
    title="Reopen the incident",
    submit="Reopen",
    done="The incident is open again. A new risk assessment is due within the hour.",
    back=TAB,
    lead="How they were located before does not answer the new report.",
    permission=Permission.REOPEN,
).view()


@require_http_methods(["GET", "POST"])
def authorise_closure_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Authorise: what was asked, what stands in the way, and a box for each that may be passed."""
    officer, now = signed_in(request), clock.now()
    incident = incidents.get_incident(officer, reference)
    check_may(officer, Permission.AUTHORISE_CLOSURE, now, incident.bcu_id)
    barriers = registries.barriers_to(incident, Stage.CLOSED, officer, now)
    form = forms.AuthoriseForm(
        request.POST if request.method == "POST" else None, barriers=barriers
    )
    back = reverse(TAB, args=[incident.reference])
    if form.is_valid():
        with form.domain_errors():
            authorise_closure(reference, by=officer, now=now, overrides=form.overrides)
            messages.success(request, "Closure is authorised. The incident is closed.")
            return redirect(back)
    if request.method == "GET":
        log_consultation(request, incident, now=now)
    ending = ending_of(incident)
    return form_page(
        request,
        form,
        title="Authorise closure",
        submit="Authorise closure",
        back=back,
        template="mispers/closure/authorise.html",
        pending=ending.pending,
        located=ending.located,
        barriers=barriers,
        never=[barrier for barrier in barriers if not barrier.overridable],
        **frame(request, incident, TAB, now),
    )
