"""A look-up by reference or name, closed incidents included, written down as a search."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core import clock, trail
from core.models import Access
from mispers.forms.filters import SearchForm
from mispers.presenters.header import lines_of
from mispers.selectors import incidents as selectors
from officers.presenters.every_page import signed_in

PER_PAGE = 25


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """The search box, and what was found.

    Any officer learns that a person is missing, wherever that is: they may be standing before
    them. The record itself opens only to those who see its BCU.
    """
    officer, now = signed_in(request), clock.now()
    form = SearchForm(request.GET if "q" in request.GET else None)
    text = form.wanted.get("q", "") if form.is_bound else ""
    if not text:
        return render(request, "mispers/search.html", {"form": form})
    trail.log_access(Access.Kind.SEARCH, by=officer, now=now, detail={"q": text, "page": "search"})
    found = selectors.found_by_words(officer, text)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "mispers/search.html",
        {
            "form": form,
            "asked": text,
            "page": page,
            "lines": lines_of(list(page.object_list), now, officer.bcus_seen()),
        },
    )
