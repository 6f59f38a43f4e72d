"""The page on which a sampled record is reviewed in words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from assurance.forms.samples import FindingRows, ReviewForm
from assurance.models import SampleItem
from assurance.permissions import is_independent
from assurance.rules.principles import PRINCIPLES
from assurance.selectors.proof import with_proof
from assurance.selectors.samples import draft_of, get_item, review_of
from assurance.services.reviewing import NewFinding, review_item, save_draft
from assurance.standards.evaluate import State, evaluate
from core import clock
from core.forms.drafts import changes_in, saved
from mispers.presenters.pages import frame, log_consultation
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from ownership.selectors.receivers import receivers

ROWS = "findings"


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Review one sampled record, or read its review once there is one."""
    officer, now = signed_in(request), clock.now()
    item = get_item(officer, pk)
    check_may(officer, Permission.DIP_SAMPLE, now)
    log_consultation(request, item.incident, now=now)
    if request.method == "GET" and (done := review_of(item)) is not None:
        asked = [(PRINCIPLES.get(each.principle), each.words) for each in done.answers.all()]
        context = {**_about(request, item), "review": done, "answers": asked}
        return render(request, "assurance/reviewed.html", context)
    draft = draft_of(item, officer)
    typed = draft.data if draft else None
    form = ReviewForm(request.POST or None, draft=typed)
    rows = FindingRows(
        request.POST or None,
        prefix=ROWS,
        draft=typed,
        form_kwargs={"officers": receivers(item.incident.bcu_id, now)},
    )
    valid = [form.is_valid(), rows.is_valid()] if request.method == "POST" else [False]
    if all(valid):
        with form.domain_errors(rows=[rows]):
            review_item(
                item_id=pk,
                by=officer,
                now=now,
                answers=form.cleaned_data,
                findings=[NewFinding(**entry) for entry in rows.entries],
            )
            messages.success(request, f"Review of {item.incident.reference} recorded.")
            return redirect("dip-sample", item.sample.reference)
    context = {
        **_about(request, item),
        "form": form,
        "rows": [rows],
        "draft": draft,
        "may_review": is_independent(officer, item.incident),
        "autosave": reverse("dip-sample-review-draft", args=[pk]),
    }
    wrong = request.method == "POST"
    return render(request, "assurance/review.html", context, status=422 if wrong else 200)


@require_POST
def review_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what has been typed so far."""
    now = clock.now()
    save_draft(item_id=pk, by=signed_in(request), now=now, changes=changes_in(request))
    return saved(now)


def _about(request: HttpRequest, item: SampleItem) -> dict[str, Any]:
    """The record in short: its header and tabs, and how it stands on the standards now."""
    now = clock.now()
    verdicts = with_proof(evaluate(item.incident, now))
    return {
        **frame(request, item.incident, "", now),
        "item": item,
        "worries": [each for each in verdicts if each.verdict.state is State.NOT_MET],
        "lates": [each for each in verdicts if each.verdict.late],
    }
