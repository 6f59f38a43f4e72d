"""Handing over a shift in one sitting, and going off duty."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core import clock
from core.text import agreeing, counted
from mispers.presenters.header import shown_strips
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from ownership.forms.handovers import HandOverShiftForm
from ownership.selectors.receivers import receivers
from ownership.selectors.sitting import sheet_of
from ownership.services.shifts import hand_over_shift
from ownership.services.signing_off import sign_off

# What a card of an incident shows.
CARD = ("name", "grade", "next_due")


@require_http_methods(["GET", "POST"])
def new_handover(request: HttpRequest) -> HttpResponse:
    """Hand over this shift: all that the officer holds, briefed, for whoever the rota has next."""
    officer, now = signed_in(request), clock.now()
    check_may(officer, Permission.HAND_OVER, now)
    sheet = sheet_of(officer, now)
    others = [each for each in receivers(officer.bcu_id, now) if each.pk != officer.pk]
    form = HandOverShiftForm(request.POST or None, sheet=sheet, officers=others)
    if form.is_valid():
        with form.domain_errors(rename=form.places()):
            chosen, actions = form.chosen(), form.allocations()
            made = hand_over_shift(
                by=officer,
                now=now,
                lines=chosen,
                actions=actions,
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, _what_was_done(len(chosen), len(made), len(actions)))
            return redirect("handovers")
    strips = shown_strips([line.incident for line in sheet.lines], now, CARD)
    return render(
        request,
        "ownership/hand_over_shift.html",
        {
            "form": form,
            "sheet": sheet,
            "groups": [
                (role, to, [(shown, strips[shown.line.incident.pk]) for shown in some])
                for role, to, some in form.groups
            ],
            "waiting": [line for line in sheet.lines if line.waiting is not None],
        },
        status=422 if form.is_bound and form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def off_duty(request: HttpRequest) -> HttpResponse:
    """What stays with an officer who goes off duty; and, posted, that they go."""
    officer, now = signed_in(request), clock.now()
    check_may(officer, Permission.HAND_OVER, now)
    if request.method == "POST":
        left = sign_off(by=officer, now=now)
        if left:
            words = (
                f"You are off duty. {counted(len(left), 'incident')} that nobody has accepted "
                f"{agreeing(len(left), 'stays', 'stay')} with you until somebody does; the next "
                "officer up has been told."
            )
            messages.warning(request, words)
        else:
            messages.success(request, "You are off duty. Nothing stays with you.")
        return redirect("off-duty")
    sheet = sheet_of(officer, now)
    return render(
        request,
        "ownership/off_duty.html",
        {
            "sheet": sheet,
            "offered": [line for line in sheet.lines if line.waiting is not None],
            "kept": [line for line in sheet.lines if line.waiting is None],
        },
    )


def _what_was_done(offered: int, officers: int, moved: int) -> str:
    parts = []
    if offered:
        parts.append(
            f"{counted(offered, 'incident')} offered to {counted(officers, 'officer')}. "
            "Each is yours until it is accepted."
        )
    if moved:
        parts.append(f"{counted(moved, 'action')} re-allocated.")
    return " ".join(parts)
