"""The grading page: what the force holds beside the decision, and prompts as it is typed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.drafts import changes_in, saved
from core.pages import form_page
from mispers.models import Incident
from mispers.pages import frame, log_consultation
from mispers.selectors import get_incident
from mispers.services.gateway import check_open
from officers.context import signed_in
from officers.permissions import Permission, check_may
from riskassessment.forms import GradeForm, rows_of
from riskassessment.known import known_of
from riskassessment.reactions import under_age
from riskassessment.selectors import (
    definitions_in_force,
    draft_of,
    get_assessment,
    latest_assessment,
)
from riskassessment.services.assess import assess_risk
from riskassessment.services.draft import save_draft
from riskassessment.usually import rules_for
from riskassessment.views.risk import TAB
from riskassessment.words.matcher import find


@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, reference: str) -> HttpResponse:
    """Grade the risk; what is typed is kept as it is typed."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    check_may(officer, Permission.ASSESS_RISK, now)
    check_open(incident)
    posted = request.POST if request.method == "POST" else None
    draft = draft_of(officer, incident)
    data = draft.data if draft else None
    before = latest_assessment(incident)
    definitions = definitions_in_force(now)
    form = GradeForm(posted, draft=data, definitions=definitions, has_earlier=before is not None)
    information, not_checked = rows = rows_of(posted, draft=data)
    if all([form.is_valid(), *(each.is_valid() for each in rows)]):
        with form.domain_errors(rows=rows):
            made = assess_risk(
                reference=reference,
                by=officer,
                now=now,
                information=information.entries,
                sources_not_checked=not_checked.entries,
                **form.arguments,
            )
            _say_what_follows(request, made.pk)
            return redirect(reverse(TAB, args=[reference]))
    if request.method == "GET":
        log_consultation(request, incident, now=now)
    return form_page(
        request,
        form,
        title="Grade the risk",
        submit="Record this grade",
        back=reverse(TAB, args=[reference]),
        autosave=reverse("risk-draft", args=[reference]),
        rows=rows,
        template="riskassessment/assess.html",
        known=known_of(officer, incident, now),
        before=before,
        definitions=[each for meant in definitions.values() for each in meant],
        draft=draft,
        information=information,
        not_checked=not_checked,
        **frame(request, incident, TAB, now),
    )


@require_POST
def autosave(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep what was typed since the last time."""
    now = clock.now()
    save_draft(reference=reference, changes=changes_in(request), by=signed_in(request), now=now)
    return saved(now)


@require_POST
def prompt(request: HttpRequest, reference: str) -> HttpResponse:
    """What to think over in what is typed so far; a prompt stores nothing and grades nothing."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    check_may(officer, Permission.ASSESS_RISK, now)
    about = "words" if request.GET.get("about") == "words" else "usually"
    prompts = {"words": _words, "usually": _usually}[about](request, incident)
    return render(request, f"riskassessment/parts/{about}.html", prompts)


def _words(request: HttpRequest, incident: Incident) -> dict[str, Any]:
    typed = "\n\n".join(
        value
        for name in request.POST
        if name in GradeForm.base_fields or name.endswith(("-text", "-reason"))
        for value in request.POST.getlist(name)
    )
    return {"hits": find(typed, is_child=under_age(incident))}


def _usually(request: HttpRequest, incident: Incident) -> dict[str, Any]:
    rules = rules_for(
        incident,
        request.POST.get("grade", ""),
        recorded=request.POST.getlist("factors"),
        now=clock.now(),
    )
    return {"rules": rules}


def _say_what_follows(request: HttpRequest, pk: int) -> None:
    made = get_assessment(signed_in(request), pk)
    messages.success(request, f"Risk graded {made.get_grade_display().lower()}.")
    if getattr(made, "words", []):
        messages.warning(
            request, "Some words blame the person: reword them, or keep them with a reason."
        )
