"""The last page of a report: what will be logged, and what an earlier closure relied on."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core import clock
from core.errors import Invalid
from core.forms.drafts import as_posted
from mispers.forms.report_steps import STEPS, WrittenReport
from mispers.models import Incident, ReportDraft
from mispers.rules.markers import label_of
from mispers.selectors.drafts import own_draft
from mispers.selectors.earlier import reliances_of
from mispers.selectors.incidents import incidents_visible_to
from mispers.selectors.same_person import Match
from mispers.selectors.strips import strips_of
from mispers.services.drafts import log_draft
from mispers.views.report import similar_people
from officers.models import Officer
from officers.presenters.every_page import signed_in


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show what will be logged; log it. Pressed twice, the same incident is shown."""
    officer, now = signed_in(request), clock.now()
    draft = own_draft(officer, pk)
    if draft.incident is not None:
        return redirect("incident", reference=draft.incident.reference)
    report = WrittenReport(draft, by=officer, now=now)
    if request.method == "POST":
        if report.first_wrong is None:
            try:
                logged = log_draft(pk, report=report.report, by=officer, now=now)
            except Invalid as error:
                messages.error(request, error.message)
                return redirect("report-check", pk=pk)
            if logged.created:
                messages.success(request, _logged_in_words(logged.incident))
            return redirect("incident", reference=logged.incident.reference)
        return redirect(_to(pk, report.first_wrong))
    return render(request, "mispers/report/check.html", _context(draft, report, officer))


def _to(pk: uuid.UUID, slug: str) -> str:
    return f"{reverse('report-step', args=[pk, slug])}?problems"


def _context(draft: ReportDraft, report: WrittenReport, officer: Officer) -> dict[str, object]:
    similar = similar_people(draft, as_posted(draft.data), officer)
    linked = _linked(report.previous, similar["matches"], officer)
    given = report.report
    return {
        **similar,
        "report": given,
        "markers": [label_of(code) for code in given.person["markers"]],
        "problems": [
            {
                "step": step,
                "url": _to(draft.pk, step.slug),
                "messages": _messages(report, step.slug),
            }
            for step in STEPS
            if report.forms[step.slug].errors
        ],
        "linked": linked,
        "relied_on": reliances_of(linked),
        "missing_from": dict(Incident.MissingFrom.choices)[given.missing_from]
        if given.missing_from in Incident.MissingFrom.values
        else "",
        "back": reverse("report-step", args=[draft.pk, STEPS[-1].slug]),
        "change": {step.slug: reverse("report-step", args=[draft.pk, step.slug]) for step in STEPS},
        "bcu": officer.bcu,
    }


def _messages(report: WrittenReport, slug: str) -> list[str]:
    form = report.forms[slug]
    return [str(message) for errors in form.errors.values() for message in errors]


def _linked(chosen: list[str], matches: list[Match], officer: Officer) -> list[Incident]:
    """The earlier incidents that this report will be linked with, of those the officer sees."""
    sure = [match for match in matches if match.is_linked_by_itself]
    found = {each.pk: each for match in sure for each in match.incidents}
    found |= {each.pk: each for each in incidents_visible_to(officer).filter(reference__in=chosen)}
    return sorted(found.values(), key=lambda each: each.reported_at, reverse=True)


def _logged_in_words(incident: Incident) -> str:
    """The reference, and who answers for it from now on."""
    strip = strips_of([incident], clock.now(), ("owner", "inspector"))[incident.pk]
    words = [f"Logged as {incident.reference}."]
    answering = {"Owner": strip.owner, "Inspector": strip.inspector}
    words += [f"{label}: {officer}." for label, officer in answering.items() if officer]
    return " ".join(words)
