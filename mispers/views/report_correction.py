"""Correcting what a report says."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core import clock
from core.pages.form_page import form_page
from mispers.forms.report import FIELDS
from mispers.forms.report_correction import CorrectionForm
from mispers.presenters.pages import frame
from mispers.selectors import incidents
from mispers.services.corrections import correct_incident
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """The report in its boxes; a correction of what has changed meanwhile is shown, not lost."""
    officer, now = signed_in(request), clock.now()
    incident = incidents.get_incident(officer, reference)
    check_may(officer, Permission.CORRECT, now)
    form = CorrectionForm(request.POST or None, incident=incident)
    if form.is_valid():
        with form.domain_errors(rename=FIELDS):
            correct_incident(
                reference,
                by=officer,
                now=now,
                changes=form.changes,
                version=form.cleaned_data["version"],
            )
            messages.success(request, "The report was corrected. What it said before is kept.")
            return redirect("incident", reference=reference)
    return form_page(
        request,
        form,
        title="Correct the report",
        submit="Save corrections",
        back=reverse("incident", args=[reference]),
        lead="For what was written down wrongly. What has happened since belongs in the log.",
        template="mispers/report/correct.html",
        **frame(request, incident, "incident", now),
    )
