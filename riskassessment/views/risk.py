"""The risk of an incident: the grade in force with its reasons, and every one before it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.errors import NotVisible
from core.pages.form_page import form_page
from mispers.presenters.pages import frame, incident_page
from mispers.selectors.incidents import get_incident
from officers.permissions import check_may, permissions_of
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from riskassessment.forms.grading import KeepForm
from riskassessment.language.answers import unanswered
from riskassessment.permissions import can_decide
from riskassessment.presenters.assessment import shown
from riskassessment.presenters.comparison import compare
from riskassessment.selectors.assessments import assessments_of
from riskassessment.selectors.review_clock import review_state_of
from riskassessment.services.keep import keep_phrase

TAB = "incident-risk"


@require_GET
def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """The tab: what is in force first, then the history, newest first; nothing is edited."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    found = list(assessments_of(incident))
    assessments = [shown(each, officer) for each in found]
    current = assessments[0] if assessments else None
    waits = current is not None and current.said is None and incident.is_open
    return incident_page(
        request,
        incident,
        "riskassessment/risk.html",
        active=TAB,
        current=current,
        earlier=assessments[1:],
        review=review_state_of(found[0], now) if found and incident.is_open else None,
        comparison=compare(found[1], found[0]) if len(found) > 1 else None,
        phrases=unanswered(incident),
        grade_url=reverse("assess-risk", args=[reference]),
        decide_url=reverse("decide-assessment", args=[current.row.pk]) if current else "",
        may_assess=incident.is_open
        and Permission.ASSESS_RISK in permissions_of(officer, now, incident.bcu_id),
        may_decide=current is not None and waits and can_decide(officer, current.row, now),
    )


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say why a phrase stays."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    check_may(officer, Permission.ASSESS_RISK, now)
    found = next((each for each in unanswered(incident) if each.pk == pk), None)
    back = reverse(TAB, args=[reference])
    form = KeepForm(request.POST or None)
    if form.is_valid():
        with form.domain_errors():
            keep_phrase(reference=reference, found=pk, by=officer, now=now, **form.cleaned_data)
            messages.success(request, "The phrase stays, with your reason.")
            return redirect(back)
    elif found is None:
        raise NotVisible
    return form_page(
        request,
        form,
        title="Keep a phrase",
        submit="Keep it with this reason",
        back=back,
        template="riskassessment/keep.html",
        found=found,
        **frame(request, incident, TAB, now),
    )
