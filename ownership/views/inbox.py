"""The inbox: what an officer has been told."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from core import clock
from mispers.presenters.pages import incident_page
from mispers.selectors.incidents import get_incident
from officers.presenters.every_page import signed_in
from ownership.selectors.inbox import inbox_of, told_about, with_ways
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


@require_GET
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """The link of an e-mail or a push: whoever follows it has read the notice, and is there."""
    item = read_item(item_id=pk, by=signed_in(request), now=clock.now())
    return redirect(item.link)


@require_GET
def incident_reminders(request: HttpRequest, reference: str) -> HttpResponse:
    """Who was told what about the incident, by which channel, and when they read it."""
    incident = get_incident(signed_in(request), reference)
    page = Paginator(told_about(incident), PER_PAGE).get_page(request.GET.get("page"))
    return incident_page(
        request,
        incident,
        "ownership/reminders.html",
        "incident-reminders",
        page=page,
        told=with_ways(page.object_list),
    )


@require_POST
def read_page(request: HttpRequest) -> HttpResponse:
    """Mark what was shown on the page read."""
    shown = [int(pk) for pk in request.POST.getlist("item") if pk.isascii() and pk.isdigit()]
    count = read_items(item_ids=shown, by=signed_in(request), now=clock.now())
    messages.success(request, f"{count} marked read.")
    return redirect(reverse("inbox"))
