"""Reporting somebody missing, in steps that save as they go."""

import uuid
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.errors import NotVisible
from core.forms.drafts import as_posted, changes_in, saved
from core.registries import typing_help
from mispers.forms.report import WhoForm
from mispers.forms.report_steps import (
    BY_SLUG,
    STEPS,
    Step,
    WrittenReport,
    boxes_of,
    summary_of,
    typed_in,
)
from mispers.models import ReportDraft
from mispers.selectors.drafts import open_drafts_of, own_draft
from mispers.selectors.people import duty_inspectors
from mispers.selectors.same_person import Wanted
from mispers.services import drafts
from mispers.services.lookups import matches_for_draft
from officers.models import Officer
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission

# What the steps keep folded until it is wanted.
MORE = (
    "age_estimate", "sex", "address", "postcode", "phones", "looked_after_by",
    "placing_authority", "reported_at",
)  # fmt: skip


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The officer's unfinished reports, and the button that begins a new one."""
    officer, now = signed_in(request), clock.now()
    if request.method == "POST":
        # What somebody typed to look the person up comes along.
        typed = {name: each for name, each in typed_in(WhoForm, request.POST).items() if any(each)}
        draft = drafts.start_draft(by=officer, now=now, typed=typed)
        return redirect("report-step", pk=draft.pk, slug=STEPS[0].slug)
    check_may(officer, Permission.LOG_REPORT, now)
    begun = [(draft, summary_of(draft.data)) for draft in open_drafts_of(officer)]
    return render(request, "mispers/report/start.html", {"begun": begun})


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, pk: uuid.UUID, slug: str) -> HttpResponse:
    """One step: everything posted is kept, right or wrong, before anything is said about it."""
    officer, now = signed_in(request), clock.now()
    here = BY_SLUG.get(slug)
    if here is None:
        raise NotVisible
    draft = own_draft(officer, pk)
    if draft.incident is not None:
        return redirect("incident", reference=draft.incident.reference)
    if request.method != "POST":
        if "problems" not in request.GET:
            return _step_page(request, draft, here, here.form(draft=draft.data))
        return _step_page(request, draft, here, _checked(draft, here, officer))
    changes = {**typed_in(here.form, request.POST), **typing_help.carried_in(request.POST)}
    draft = drafts.save_draft(pk, changes=changes, by=officer, now=now)
    if pressed := request.POST.get("link") or request.POST.get("unlink"):
        drafts.choose_earlier(
            pk, reference=pressed, chosen="link" in request.POST, by=officer, now=now
        )
        return redirect(f"{request.path}#similar")
    form = _checked(draft, here, officer)
    if form.errors:
        return _step_page(request, draft, here, form)
    return redirect(_after(pk, here))


@require_POST
def autosave(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep what is being typed."""
    now = clock.now()
    known = {name for each in STEPS for name in boxes_of(each.form())} | {
        *typing_help.carried_names()
    }
    changes = {name: value for name, value in changes_in(request).items() if name in known}
    drafts.save_draft(pk, changes=changes, by=signed_in(request), now=now)
    return saved(now)


@require_GET
def similar(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Earlier incidents of the person being typed in, as a part of the page."""
    draft = own_draft(signed_in(request), pk)
    context = similar_people(draft, request.GET, signed_in(request))
    return render(request, "mispers/report/similar.html", context)


@require_POST
def discard(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Throw an unfinished report away."""
    drafts.discard_draft(pk, by=signed_in(request))
    messages.success(request, "The unfinished report was thrown away.")
    return redirect("report")


def similar_people(draft: ReportDraft, typed: Any, officer: Officer) -> dict[str, Any]:
    """Who was reported before and may be this person, for the part of a page that offers them."""
    now = clock.now()
    found = matches_for_draft(draft, wanted_in(typed), by=officer, now=now)
    codes = {code for match in found for code in match.elsewhere}
    return {
        "matches": found,
        "chosen": draft.data.get("previous", []),
        "inspectors": duty_inspectors(codes, now) if codes else {},
        "draft": draft,
    }


def wanted_in(typed: Any) -> Wanted:
    """The name and date of birth as far as they can be read from what has been typed."""
    form = WhoForm(typed)
    form.is_valid()
    given = form.cleaned_data
    return Wanted(
        given_name=given.get("given_name") or "",
        family_name=given.get("family_name") or "",
        date_of_birth=given.get("date_of_birth"),
    )


def _checked(draft: ReportDraft, here: Step, officer: Officer) -> Any:
    return WrittenReport(draft, by=officer, now=clock.now()).forms[here.slug]


def _step_page(request: HttpRequest, draft: ReportDraft, here: Step, form: Any) -> HttpResponse:
    number = STEPS.index(here) + 1
    context: dict[str, Any] = {
        "draft": draft,
        "form": form,
        "step": here,
        "number": number,
        "steps": len(STEPS) + 1,
        "back": reverse("report-step", args=[draft.pk, STEPS[number - 2].slug])
        if number > 1
        else reverse("report"),
        "more_is_open": _any_given(draft, form, MORE),
        "markers_are_open": _any_given(draft, form, ("markers",)),
    }
    if here.form is WhoForm:
        context |= similar_people(draft, as_posted(draft.data), signed_in(request))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, f"mispers/report/{here.slug}.html", context, status=status)


def _any_given(draft: ReportDraft, form: Any, names: Sequence[str]) -> bool:
    """Whether something folded away has been filled in, or must be put right."""
    return any(name in form.errors for name in names) or any(
        value.strip()
        for name in names
        for box, values in draft.data.items()
        if box == name or box.startswith(f"{name}_")
        for value in values
    )


def _after(pk: uuid.UUID, here: Step) -> str:
    """Where Continue leads."""
    following = STEPS.index(here) + 1
    if following == len(STEPS):
        return reverse("report-check", args=[pk])
    return reverse("report-step", args=[pk, STEPS[following].slug])
