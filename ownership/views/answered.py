"""The page of everything that an officer answered for in a period."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock, trail
from core.london import end_of, start_of
from core.models import Access
from officers.models import Officer
from officers.presenters.every_page import signed_in
from officers.selectors.training import officer_visible_to
from ownership.forms.chains import AnsweredForForm
from ownership.permissions import check_may_see_answered_for
from ownership.selectors.answered_for import answered_for as selected

PER_PAGE = 50


@require_GET
def answered_for(request: HttpRequest, pk: int) -> HttpResponse:
    """By day in London, the latest first. What is shown is logged as consulted."""
    officer, now = signed_in(request), clock.now()
    whose = officer if pk == officer.pk else officer_visible_to(officer, pk)
    check_may_see_answered_for(officer, whose, now)
    form = AnsweredForForm(request.GET or None)
    days = form.days
    found = selected(whose, officer, start_of(days[0]), end_of(days[1])) if days else []
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    _log(officer, whose, [each.incident.reference for each in page.object_list], request)
    return render(
        request,
        "ownership/answered_for.html",
        {"whose": whose, "form": form, "days": days, "page": page, "is_mine": whose == officer},
    )


def _log(reader: Officer, whose: Officer, references: list[str], request: HttpRequest) -> None:
    trail.log_accesses(
        Access.Kind.CONSULTATION,
        list(dict.fromkeys(references)) or [""],
        by=reader,
        now=clock.now(),
        detail={"page": "officer-answered-for", "officer": whose.pk},
    )
