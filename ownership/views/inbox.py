"""The inbox: what an officer has been told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from officers.context import signed_in
from ownership.selectors.inbox import inbox_of
from ownership.services.inbox import read_item, read_items

PER_PAGE = 25


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Unread first, newest first."""
    page = Paginator(inbox_of(signed_in(request)), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "ownership/inbox.html", {"page": page})


@require_POST
def open_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark it read and go to what it is about."""
    item = read_item(item_id=pk, by=signed_in(request), now=clock.now())
    return redirect(item.link)


@require_POST
def read_page(request: HttpRequest) -> HttpResponse:
    """Mark what was shown on the page read."""
    shown = [int(pk) for pk in request.POST.getlist("item") if pk.isascii() and pk.isdigit()]
    count = read_items(item_ids=shown, by=signed_in(request), now=clock.now())
    messages.success(request, f"{count} marked read.")
    return redirect(reverse("inbox"))
