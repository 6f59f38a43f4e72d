"""The pages of handovers: what is on offer, and offering one incident; answering is beside."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.errors import NotPermitted
from mispers.selectors.incidents import get_incident
from officers.models import Officer
from officers.permissions import check_may, may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from ownership import permissions
from ownership.forms.handovers import HandOverForm
from ownership.models import Capacity, Handover
from ownership.permissions import handovers_climbed_to
from ownership.selectors.custody import holding_of
from ownership.selectors.handovers import handovers_visible_to, narrowed_to_waiting
from ownership.selectors.receivers import receivers
from ownership.services.handovers import offer_handover, withdraw_handover
from ownership.views.frames import incident_form_page

PER_PAGE = 25


@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """Offers that wait for this officer, those they made, and what was decided before."""
    officer, now = signed_in(request), clock.now()
    visible = handovers_visible_to(officer)
    mine = visible.filter(receiver=officer) | visible.filter(giver=officer)
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "ownership/handovers.html",
        {
            "to_me": narrowed_to_waiting(visible.filter(receiver=officer)),
            "by_me": narrowed_to_waiting(visible.filter(giver=officer)),
            "climbed": handovers_climbed_to(officer, now),
            "can_hand_over": may(officer, Permission.HAND_OVER, now),
            "page": page,
        },
    )


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what still waits."""
    withdraw_handover(handover_id=pk, by=signed_in(request), now=clock.now())
    messages.success(request, "Withdrawn.")
    return redirect("handover", pk)


@require_http_methods(["GET", "POST"])
def hand_over_incident(request: HttpRequest, reference: str) -> HttpResponse:
    """Offer one incident, from its own page."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    form = HandOverForm(
        request.POST or None,
        officers=receivers(incident.bcu_id, now).exclude(pk=officer.pk),
        capacities=_capacities(officer, reference),
    )
    if form.is_valid():
        with form.domain_errors():
            given = form.cleaned_data
            made = offer_handover(
                by=officer,
                now=now,
                capacity=given["capacity"],
                to=given["to"],
                bcu=incident.bcu_id,
                items=[
                    {
                        "incident": reference,
                        "briefing": given["briefing"],
                        "worry": given["worry"],
                    }
                ],
            )
            return _offered(request, made)
    return incident_form_page(
        request,
        incident,
        form,
        active="incident-ownership",
        title="Hand over",
        submit="Offer",
        back=reverse("incident-ownership", args=[reference]),
        lead="Whoever answers for it now goes on answering until the officer you choose accepts.",
    )


def _capacities(officer: Officer, reference: str) -> list[Capacity]:
    """What the officer may offer of the incident; raises NotPermitted when it is nothing."""
    incident = get_incident(officer, reference)
    now = clock.now()
    check_may(officer, Permission.HAND_OVER, now)
    if permissions.commands_handovers(officer, now):
        return list(Capacity)
    held = []
    for capacity in Capacity:
        holding = holding_of(incident, capacity)
        if holding is not None and holding.officer_id == officer.pk:
            held.append(capacity)
    if not held:
        raise NotPermitted(
            "Only its holder, the duty inspector on duty or a superintendent can offer an incident."
        )
    return held


def _offered(request: HttpRequest, made: Handover) -> HttpResponse:
    messages.success(request, f"Offered to {made.receiver}. It moves when they accept.")
    return redirect("handover", made.pk)
