"""An officer's own shifts, the swaps that wait, and absences."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.errors import NotVisible
from core.pages.form_page import form_page
from core.text import counted
from officers.forms.shift import AbsenceForm, SwapForm
from officers.models import Officer, Shift
from officers.permissions import may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from officers.selectors.shifts import (
    absences_seen_by,
    colleagues_for_swap,
    shifts_ahead_of,
    shifts_in_return,
    swaps_waiting,
)
from officers.services.absences import end_absence, record_absence
from officers.services.rota_checks import described
from officers.services.swaps import accept_swap, decline_swap, offer_swap, withdraw_swap
from officers.views.rota import may_edit

MOST_SHOWN = 60


@require_GET
def my_shifts(request: HttpRequest) -> HttpResponse:
    """What the officer is on the rota for, what they were offered, and who is away."""
    officer, now = signed_in(request), clock.now()
    edits_rota = may(officer, Permission.EDIT_ROTA, now)
    return render(
        request,
        "officers/my_shifts.html",
        {
            "shifts": shifts_ahead_of(officer, now)[:MOST_SHOWN],
            "swaps": swaps_waiting(officer, now),
            "absences": absences_seen_by(officer, now, edits_rota=edits_rota),
            "may_edit": may_edit(officer, officer.bcu_id, now),
        },
    )


@require_http_methods(["GET", "POST"])
def swap(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer one of one's own shifts to a colleague."""
    by, now = signed_in(request), clock.now()
    shift = Shift.objects.select_related("officer").filter(pk=pk, officer=by).first()
    if shift is None:
        raise NotVisible
    form = SwapForm(
        request.POST or None,
        colleagues=colleagues_for_swap(shift),
        theirs=shifts_in_return(shift, now),
    )
    if form.is_valid():
        with form.domain_errors():
            made = offer_swap(shift=pk, by=by, now=now, **form.cleaned_data)
            messages.success(request, f"Offered to {made.receiver}: yours until they accept.")
            return redirect("my-shifts")
    return form_page(
        request,
        form,
        title="Offer a shift",
        submit="Offer it",
        lead=f"Your duty as {described(shift)}. It stays yours until they accept.",
        back=reverse("my-shifts"),
    )


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the offered shift on."""
    accept_swap(swap=pk, by=signed_in(request), now=clock.now())
    messages.success(request, "Accepted: the shift is yours.")
    return redirect("my-shifts")


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the shift with whoever offered it."""
    decline_swap(swap=pk, by=signed_in(request), now=clock.now())
    messages.success(request, "Declined: it stays with them.")
    return redirect("my-shifts")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an offer back."""
    withdraw_swap(swap=pk, by=signed_in(request), now=clock.now())
    messages.success(request, "Withdrawn: nothing has changed.")
    return redirect("my-shifts")


@require_http_methods(["GET", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """Record that somebody is away; without the right to edit the rota, oneself."""
    by, now = signed_in(request), clock.now()
    form = AbsenceForm(
        request.POST or None,
        bcus=[by.bcu_id],
        initial={"officer": by.pk, "starts_at": now, "kind": "sick"},
    )
    if not may_edit(by, by.bcu_id, now):
        form.fields["officer"].queryset = Officer.objects.filter(pk=by.pk)  # type: ignore[attr-defined]
    if form.is_valid():
        with form.domain_errors():
            made = record_absence(by=by, now=now, **form.cleaned_data)
            number = made.shifts.count()
            waiting = f"{counted(number, 'shift')} to be covered."
            messages.success(request, f"Recorded. {waiting if number else 'No shift is affected.'}")
            return redirect(f"{reverse('rota')}?bcu={made.officer.bcu_id}#to-cover")
    return form_page(
        request,
        form,
        title="Record an absence",
        submit="Record it",
        lead="Shifts of that time come off the rota and wait to be covered. Say nothing about "
        "anybody's health: that they are away is enough.",
        back=reverse("my-shifts"),
    )


@require_POST
def back_again(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer is back before the end of an absence."""
    by, now = signed_in(request), clock.now()
    ended = end_absence(absence=pk, by=by, now=now)
    messages.success(request, f"{ended.officer} is back: what nobody covers is theirs again.")
    return redirect("my-shifts")
