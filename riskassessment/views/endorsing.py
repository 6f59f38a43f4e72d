"""Endorsing: the queue by deadline, and the page on which an inspector decides."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.pages.form_page import form_page
from mispers.presenters.pages import frame, log_consultation
from officers.models import Officer
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from riskassessment.forms.grading import DecisionForm
from riskassessment.language.answers import unanswered
from riskassessment.models import Endorsement, RiskAssessment
from riskassessment.permissions import can_endorse, check_may_decide
from riskassessment.presenters.assessment import shown
from riskassessment.presenters.comparison import compare
from riskassessment.selectors.assessments import (
    assessment_before,
    by_deadline,
    get_assessment,
    is_trained,
    waiting_for_endorsement,
)
from riskassessment.services.endorse import endorse_assessment, return_assessment
from riskassessment.services.regrade import begin_regrading
from riskassessment.views.risk import TAB


@dataclass(frozen=True)
class Waiting:
    """An assessment in the queue. is_own: made by whoever looks, so for somebody else to decide.

    needs_trained: its maker was not trained, nor is whoever looks. repeats: whether its rationale
    was pointed out as not written for this person.
    """

    assessment: RiskAssessment
    is_own: bool
    needs_trained: bool
    repeats: bool


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for an inspector in the BCU, by when it is due (RISK-3)."""
    officer, now = signed_in(request), clock.now()
    check_may(officer, Permission.ENDORSE_RISK, now)
    trained = is_trained(officer, now)
    waiting = [
        Waiting(
            assessment=each,
            is_own=each.made_by_id == officer.pk,
            needs_trained=not (each.assessor_trained or trained),
            repeats=bool(each.pointed.all()),
        )
        for each in by_deadline(waiting_for_endorsement(officer), now).prefetch_related("pointed")
    ]
    return render(request, "riskassessment/queue.html", {"waiting": waiting})


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Endorse, return or grade again, with what changed since the assessment before in sight."""
    officer, now = signed_in(request), clock.now()
    assessment = get_assessment(officer, pk)
    incident = assessment.incident
    check_may_decide(officer, assessment, now)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        with form.domain_errors():
            return _decided(request, assessment, form, officer, now)
    if request.method == "GET":
        log_consultation(request, incident, now=now)
    before = assessment_before(assessment)
    return form_page(
        request,
        form,
        title=f"Endorse or return: {assessment.get_grade_display().lower()}",
        submit="Record your decision",
        back=reverse(TAB, args=[incident.reference]),
        template="riskassessment/decide.html",
        assessment=shown(assessment, officer),
        before=shown(before, officer) if before else None,
        comparison=compare(before, assessment) if before else None,
        may_endorse=can_endorse(officer, assessment, now),
        phrases=unanswered(incident),
        **frame(request, incident, TAB, now),
    )


def _decided(
    request: HttpRequest,
    assessment: RiskAssessment,
    form: DecisionForm,
    officer: Officer,
    now: datetime,
) -> HttpResponse:
    reference = assessment.incident.reference
    match form.cleaned_data["decision"]:
        case Endorsement.Decision.ENDORSED:
            endorse_assessment(assessment=assessment.pk, by=officer, now=now)
            messages.success(request, "Endorsed.")
        case Endorsement.Decision.RETURNED:
            reason = form.cleaned_data["reason"]
            return_assessment(assessment=assessment.pk, reason=reason, by=officer, now=now)
            messages.success(request, "Returned to be reconsidered.")
        case _:
            begin_regrading(assessment=assessment.pk, by=officer, now=now)
            return redirect(reverse("assess-risk", args=[reference]))
    return redirect(reverse(TAB, args=[reference]))
