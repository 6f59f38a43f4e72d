"""The pages of handovers: what is on offer, offering, and answering."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.errors import NotPermitted
from mispers.selectors import get_incident
from officers.context import signed_in
from officers.models import Officer
from officers.permissions import Permission, check_may
from ownership import permissions
from ownership.forms.handovers import AnswerForm, HandOverForm, HandOverManyForm
from ownership.models import Capacity, Handover, HandoverItem
from ownership.selectors.custody import holding_of
from ownership.selectors.handovers import handover_for, handovers_visible_to, narrowed_to_waiting
from ownership.selectors.receivers import receivers
from ownership.selectors.work import held_by, lines_of, on_offer
from ownership.services.acceptance import accept_handover, decline_handover
from ownership.services.handovers import offer_handover, withdraw_handover
from ownership.views.frames import incident_form_page
from ownership.words import counted

PER_PAGE = 25


@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """Offers that wait for this officer, those they made, and what was decided before."""
    officer = signed_in(request)
    visible = handovers_visible_to(officer)
    mine = visible.filter(receiver=officer) | visible.filter(giver=officer)
    page = Paginator(mine, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "ownership/handovers.html",
        {
            "new_url": reverse("handover-new"),
            "to_me": narrowed_to_waiting(visible.filter(receiver=officer)),
            "by_me": narrowed_to_waiting(visible.filter(giver=officer)),
            "page": page,
        },
    )


@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """One handover: the receiver accepts what is ticked or sends it back with a question."""
    officer, now = signed_in(request), clock.now()
    found = handover_for(officer, pk)
    if request.method == "POST":
        permissions.check_may_answer(officer, found, now)
    items = list(found.items.all())
    waiting = [item.incident for item in items if item.state == HandoverItem.State.OFFERED]
    form = AnswerForm(request.POST or None, incidents=[item.incident for item in items])
    if form.is_valid():
        with form.domain_errors():
            chosen: dict[str, Any] = {"items": form.cleaned_data["items"]}
            if "decline" in request.POST:
                decline_handover(
                    handover_id=pk,
                    by=officer,
                    now=now,
                    reason=form.cleaned_data["reason"],
                    **chosen,
                )
                return _answered(request, found, "Sent back. Whoever held them still does.")
            accept_handover(handover_id=pk, by=officer, now=now, **chosen)
            return _answered(
                request, found, f"You have accepted {counted(len(chosen['items']), 'incident')}."
            )
    form.show(waiting)
    lines = lines_of([item.incident for item in items], now)
    return render(
        request,
        "ownership/handover.html",
        {
            "handover": found,
            "items": [(item, lines[item.incident_id]) for item in items],
            "waiting": waiting,
            "form": form,
            "is_mine": found.receiver_id == officer.pk,
            "can_withdraw": bool(waiting) and permissions.can_withdraw(officer, found, now),
        },
        status=422 if form.is_bound and form.errors else 200,
    )


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what still waits."""
    found = withdraw_handover(handover_id=pk, by=signed_in(request), now=clock.now())
    return _answered(request, found, "Withdrawn.")


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
                items=[{"incident": reference, "briefing": given["briefing"]}],
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


@require_http_methods(["GET", "POST"])
def new_handover(request: HttpRequest) -> HttpResponse:
    """Offer what this officer holds, all of it ticked, with a briefing for each."""
    officer, now = signed_in(request), clock.now()
    check_may(officer, Permission.HAND_OVER, now)
    capacity = _wanted_capacity(request, officer)
    held = held_by(officer, capacity)
    waiting = on_offer(held, capacity)
    free = [incident for incident in held if incident.pk not in waiting]
    form = HandOverManyForm(
        request.POST or None,
        officers=receivers(officer.bcu_id, now, capacity).exclude(pk=officer.pk),
        incidents=free,
    )
    if form.is_valid():
        with form.domain_errors(rename=form.places()):
            made = offer_handover(
                by=officer,
                now=now,
                capacity=capacity,
                to=form.cleaned_data["to"],
                bcu=officer.bcu_id,
                items=form.items(),
                reason=form.cleaned_data["reason"],
            )
            return _offered(request, made)
    lines = lines_of(free, now)
    return render(
        request,
        "ownership/new_handover.html",
        {
            "capacity": capacity,
            "other": next(each for each in Capacity if each is not capacity),
            "form": form,
            "pairs": [(lines[each.pk], tick, text) for each, tick, text in form.pairs],
            "waiting": waiting.values(),
        },
        status=422 if form.is_bound and form.errors else 200,
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


def _wanted_capacity(request: HttpRequest, officer: Officer) -> Capacity:
    asked = request.GET.get("capacity", "")
    if asked in Capacity.values:
        return Capacity(asked)
    return Capacity.INSPECTOR if officer.is_inspecting else Capacity.OWNER


def _offered(request: HttpRequest, made: Handover) -> HttpResponse:
    messages.success(request, f"Offered to {made.receiver}. It moves when they accept.")
    return redirect("handover", made.pk)


def _answered(request: HttpRequest, found: Handover, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("handover", found.pk)
