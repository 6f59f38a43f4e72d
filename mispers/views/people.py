"""Looking somebody up in the whole force, and recording that they were met."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.pages.form_page import form_page
from mispers.forms.people import LookUpForm, MeetingForm
from mispers.presenters.looked_for import desk_of, to_report, tried
from mispers.selectors.people import missing_now
from mispers.services.lookups import look_up_person
from mispers.services.meetings import record_meeting
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Is this person missing, and whom do I ring?"""
    form = LookUpForm(request.GET if "name" in request.GET else None)
    form.fields["reason"].required = settings.MISPERS_REASON_MANDATORY
    officer, now = signed_in(request), clock.now()
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        with form.domain_errors():
            wanted = form.asked
            context["found"] = look_up_person(
                by=officer, now=now, wanted=wanted, reason=form.cleaned_data["reason"]
            )
            context["asked"] = form.cleaned_data["name"]
            context["tried"] = tried(wanted)
            context["desk"] = desk_of(officer.bcu, now)
            context["to_report"] = to_report(wanted)
    return render(request, "mispers/people.html", context)


@require_http_methods(["GET", "POST"])
def met(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that the officer has met somebody who is missing, in any BCU."""
    officer, now = signed_in(request), clock.now()
    incident = missing_now(reference)
    check_may(officer, Permission.RECORD, now)
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        with form.domain_errors():
            record_meeting(reference, by=officer, now=now, **form.cleaned_data)
            messages.success(
                request, f"Recorded on {reference}. Ring {incident.bcu_id} as well, now."
            )
            return redirect("people")
    return form_page(
        request,
        form,
        title=f"I have met {incident.person.name}",
        submit="Record that I met them",
        back=reverse("people"),
        lead=f"Goes on the record of {reference} at once, as a sighting by you.",
    )
