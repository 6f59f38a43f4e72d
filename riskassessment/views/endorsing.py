"""Endorsing: the queue by deadline, and the page on which an inspector decides."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.pages import form_page
from mispers import protocol
from mispers.pages import frame, log_consultation
from officers.context import signed_in
from officers.permissions import Permission, check_may
from riskassessment.forms import DecisionForm
from riskassessment.models import Endorsement, RiskAssessment
from riskassessment.permissions import check_may_decide
from riskassessment.presenters import shown
from riskassessment.selectors import assessments_of, get_assessment, waiting_for_endorsement
from riskassessment.services.endorse import endorse_assessment, return_assessment
from riskassessment.views.risk import TAB
from riskassessment.words.answers import unanswered


@dataclass(frozen=True)
class Waiting:
    """An assessment in the queue. is_own: made by whoever looks, so for somebody else to decide."""

    assessment: RiskAssessment
    due_at: datetime
    is_own: bool


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for an inspector in the BCU, by when it is due (RISK-3)."""
    officer, now = signed_in(request), clock.now()
    check_may(officer, Permission.ENDORSE_RISK, now)
    figures = protocol.in_force(now)
    waiting = [
        Waiting(
            assessment=each,
            due_at=each.made_at + figures.allow("endorse", each.grade),
            is_own=each.made_by_id == officer.pk,
        )
        for each in waiting_for_endorsement(officer)
    ]
    waiting.sort(key=lambda each: each.due_at)
    return render(request, "riskassessment/queue.html", {"waiting": waiting})


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Endorse or return, with the whole assessment and the one before it in sight."""
    officer, now = signed_in(request), clock.now()
    assessment = get_assessment(officer, pk)
    incident = assessment.incident
    check_may_decide(officer, assessment, now)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        with form.domain_errors():
            if form.cleaned_data["decision"] == Endorsement.Decision.ENDORSED:
                endorse_assessment(assessment=pk, by=officer, now=now)
                messages.success(request, "Endorsed.")
            else:
                reason = form.cleaned_data["reason"]
                return_assessment(assessment=pk, reason=reason, by=officer, now=now)
                messages.success(request, "Returned to be reconsidered.")
            return redirect(reverse(TAB, args=[incident.reference]))
    if request.method == "GET":
        log_consultation(request, incident, now=now)
    before = assessments_of(incident).filter(made_at__lte=assessment.made_at, pk__lt=pk).first()
    return form_page(
        request,
        form,
        title=f"Endorse or return: {assessment.get_grade_display().lower()}",
        submit="Record your decision",
        back=reverse(TAB, args=[incident.reference]),
        template="riskassessment/decide.html",
        assessment=shown(assessment),
        before=shown(before) if before else None,
        phrases=unanswered(incident),
        **frame(request, incident, TAB, now),
    )
