"""The BCU's open incidents, the most pressing first; the page keeps itself up to date."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock
from mispers import registries
from mispers.forms.filters import OpenFilter
from mispers.presenters.header import lines_of
from mispers.selectors import incidents as selectors
from officers.presenters.every_page import signed_in

PER_PAGE = 25


@require_GET
def open_list(request: HttpRequest) -> HttpResponse:
    """The open incidents that this officer sees, narrowed and page by page."""
    officer, now = signed_in(request), clock.now()
    narrowing = OpenFilter(request.GET, reader=officer, known=list(registries.filters()))
    found = selectors.narrowed(
        selectors.open_incidents_visible_to(officer), narrowing.narrowing, now
    )
    page = Paginator(selectors.most_pressing_first(found, now), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "mispers/open_list.html",
        {
            "form": narrowing,
            "page": page,
            "lines": lines_of(list(page.object_list), now),
            "where": "the force" if officer.bcus_seen() is None else str(officer.bcu),
        },
    )
