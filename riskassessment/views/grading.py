"""The grading page: what the force holds beside the decision, and prompts as it is typed."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.checks import LONGEST_TEXT
from core.forms.drafts import changes_in, saved
from core.pages.form_page import form_page
from mispers.models import Incident
from mispers.presenters.pages import frame, log_consultation
from mispers.selectors.incidents import get_incident
from mispers.services.gateway import check_open
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from riskassessment.bespoke.finding import find as find_repeats
from riskassessment.bespoke.pointing_out import pointed_out
from riskassessment.bespoke.stock import stock_figures
from riskassessment.forms.grading import GradeForm, rows_of
from riskassessment.forms.while_typing import hear
from riskassessment.models import RiskAssessment, RiskDraft
from riskassessment.selectors.assessments import (
    definitions_in_force,
    draft_of,
    get_assessment,
    latest_assessment,
    to_regrade,
)
from riskassessment.selectors.background import background_of
from riskassessment.selectors.review_clock import review_state_of
from riskassessment.services.assess import assess_risk
from riskassessment.services.draft import save_draft
from riskassessment.views.risk import TAB

LOOK = "look"


@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, reference: str) -> HttpResponse:
    """Grade the risk; what is typed is kept as it is typed."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    check_may(officer, Permission.ASSESS_RISK, now)
    check_open(incident)
    saved_draft = draft_of(officer, incident)
    posted, draft = _typed(request, saved_draft)
    before = latest_assessment(incident)
    regrades = to_regrade(saved_draft, before)
    definitions = definitions_in_force(now)
    form = GradeForm(posted, draft=draft, definitions=definitions, has_earlier=before is not None)
    heard = hear(incident, now, posted=posted, draft=draft, before=before)
    information, not_checked = rows_of(posted, draft=draft)
    rows = (heard.prompts, information, not_checked)
    if all([form.is_valid(), *(each.is_valid() for each in rows)]):
        with form.domain_errors(rows=rows):
            made = assess_risk(
                reference=reference,
                by=officer,
                now=now,
                prompts=heard.prompts.entries,
                information=information.entries,
                sources_not_checked=not_checked.entries,
                regrades=regrades,
                asks_why=True,
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
        regrades=regrades,
        definitions=[each for meant in definitions.values() for each in meant],
        draft=saved_draft,
        heard=heard,
        information=information,
        not_checked=not_checked,
        **_beside(request, incident, before, now),
    )


def _beside(
    request: HttpRequest, incident: Incident, before: RiskAssessment | None, now: datetime
) -> dict[str, Any]:
    """What is laid beside the decision: what the force holds, and the last assessment's review."""
    return {
        "background": background_of(signed_in(request), incident, now),
        "before": before,
        "review": review_state_of(before, now) if before else None,
        **frame(request, incident, TAB, now),
    }


def _typed(
    request: HttpRequest, saved_draft: RiskDraft | None
) -> tuple[QueryDict | None, Mapping[str, Sequence[str]] | None]:
    """What was posted to be recorded, or else what is shown again without complaint.

    LOOK is how a browser without scripts asks which questions its answers open.
    """
    if request.method == "POST":
        return (None, request.POST) if LOOK in request.POST else (request.POST, None)
    return None, saved_draft.data if saved_draft else None


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
    if request.GET.get("about") == "repeats":
        context = _repeats(request, incident)
        return render(request, "riskassessment/parts/repeats.html", context)
    heard = hear(incident, now, draft=request.POST, before=latest_assessment(incident))
    there = set(request.POST)
    fresh = [each for each in heard.prompts.forms if each.add_prefix("text") not in there]
    context = {"incident": incident, "heard": heard, "fresh": fresh}
    return render(request, "riskassessment/parts/heard.html", context)


def _repeats(request: HttpRequest, incident: Incident) -> dict[str, Any]:
    """What the reasons typed so far repeat, or lack; as they will be checked when recorded."""
    officer, now = signed_in(request), clock.now()
    typed = request.POST.get("rationale", "")[:LONGEST_TEXT].replace("\x00", "")
    told_so_far = [
        value
        for name in request.POST
        if name.endswith("-text")
        for value in request.POST.getlist(name)
    ]
    draft = draft_of(officer, incident)
    without = to_regrade(draft, latest_assessment(incident)) if draft else None
    # A sentence is not held against somebody who is still typing it.
    begun = len(typed.split()) >= stock_figures().short
    found = find_repeats(incident, typed, now, told=told_so_far, without=without) if begun else []
    return {"found": [pointed_out(each, incident, officer) for each in found]}


def _say_what_follows(request: HttpRequest, pk: int) -> None:
    made = get_assessment(signed_in(request), pk)
    messages.success(request, f"Risk graded {made.get_grade_display().lower()}.")
    if getattr(made, "words", []):
        messages.warning(
            request, "Some words blame the person: reword them, or keep them with a reason."
        )
