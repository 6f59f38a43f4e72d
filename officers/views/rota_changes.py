"""Changing a BCU's rota: a shift added, changed, taken out, covered; a pattern; a file."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core import clock
from core.errors import NotVisible
from core.london import day_of
from core.pages.form_page import form_page
from core.text import counted
from officers.forms.shift import CoverForm, ImportRotaForm, RepeatForm, ShiftForm
from officers.models import BCU, Officer, Shift
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from officers.rules.roles import Role
from officers.rules.turns import ROTA_ROLES, turn_at
from officers.rules.weekly import WeeklyPattern
from officers.selectors.shifts import shift_in_sight
from officers.services.rota_checks import check_may_edit, described
from officers.services.rota_import import import_rota
from officers.services.shifts import add_shift, change_shift, cover_shift, take_out_shift
from officers.services.weekly import repeat_shifts
from officers.views.rota import may_edit, week_url


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, bcu: str) -> HttpResponse:
    """Put an officer on duty, one of another BCU too."""
    by, now = _editor(request, bcu)
    source, others = _source(request, bcu)
    form = ShiftForm(request.POST or None, bcus=[source], initial=_suggested(request))
    if form.is_valid():
        with form.domain_errors():
            shift = add_shift(bcu=bcu, by=by, now=now, **form.cleaned_data)
            messages.success(
                request, f"{shift.officer} is on the rota as {Role(shift.role).label.lower()}."
            )
            return redirect(week_url(shift))
    return form_page(
        request, form, title=f"Add a shift in {bcu}", submit="Add shift",
        back=f"{reverse('rota')}?bcu={bcu}", source=source, others=others,
        template="officers/form_with_cover.html",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Put another shift in the place of one."""
    by, now = signed_in(request), clock.now()
    shift = shift_in_sight(by, pk)
    check_may_edit(by, shift.bcu_id, now)
    source, others = _source(request, shift.bcu_id, default=shift.officer.bcu_id)
    initial = {
        "officer": shift.officer_id,
        "role": shift.role,
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
    }
    form = ShiftForm(request.POST or None, bcus=[source], initial=initial)
    if form.is_valid():
        with form.domain_errors():
            given = change_shift(shift=pk, by=by, now=now, **form.cleaned_data)
            messages.success(request, "Changed. What was there before stays on the record.")
            return redirect("rota-shift", given.pk)
    return form_page(
        request, form, title="Change a shift", submit="Change it", lead=_in_lead(shift),
        back=reverse("rota-shift", args=[pk]), source=source, others=others,
        template="officers/form_with_cover.html",
    )  # fmt: skip


@require_POST
def take_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a shift off the rota."""
    by, now = signed_in(request), clock.now()
    shift = shift_in_sight(by, pk)
    take_out_shift(shift=pk, by=by, now=now)
    messages.success(request, f"{shift.officer} is off the rota for this shift.")
    return redirect(week_url(shift))


@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who stands in for an absent officer; without the right to edit, oneself."""
    by, now = signed_in(request), clock.now()
    shift = shift_in_sight(by, pk)
    editing = may_edit(by, shift.bcu_id, now)
    if not editing and (by.bcu_id, by.role) != (shift.bcu_id, shift.role):
        check_may(by, Permission.EDIT_ROTA, now, shift.bcu_id)
    source, others = _source(request, shift.bcu_id)
    form = CoverForm(request.POST or None, bcus=[source])
    if not editing:
        others = []
        form.fields["officer"].queryset = Officer.objects.filter(pk=by.pk)  # type: ignore[attr-defined]
        form.fields["officer"].initial = by.pk
    if form.is_valid():
        with form.domain_errors():
            given = cover_shift(shift=pk, by=by, now=now, **form.cleaned_data)
            messages.success(request, f"{given.officer} stands in.")
            return redirect(week_url(given))
    return form_page(
        request, form, title="Cover a shift", submit="Cover it", lead=_in_lead(shift),
        back=reverse("rota-shift", args=[pk]), source=source, others=others,
        template="officers/form_with_cover.html",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def repeat(request: HttpRequest, bcu: str) -> HttpResponse:
    """Put an officer on a turn week by week."""
    by, now = _editor(request, bcu)
    source, others = _source(request, bcu)
    initial = {"first_day": day_of(now), "turn": turn_at(now).turn.value}
    form = RepeatForm(request.POST or None, bcus=[source], initial=initial)
    if form.is_valid():
        with form.domain_errors():
            pattern = WeeklyPattern.taken_from(form.cleaned_data)
            added = repeat_shifts(bcu=bcu, pattern=pattern, by=by, now=now, **form.cleaned_data)
            number = counted(len(added), "shift")
            messages.success(request, f"{number} added; what was there already is left.")
            first = added[0] if added else Shift(bcu_id=bcu, starts_at=now)
            return redirect(week_url(first))
    return form_page(
        request, form, title=f"Repeat a turn in {bcu}", submit="Add the shifts",
        lead="The turn is by the clock on the wall: where the clocks change in the night, that "
        "night is an hour shorter or longer.",
        back=reverse("rota-week", args=[bcu]), source=source, others=others,
        template="officers/form_with_cover.html",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def import_file(request: HttpRequest, bcu: str) -> HttpResponse:
    """Put the shifts of a file on the rota; what was not taken is listed, each with its reason."""
    by, now = _editor(request, bcu)
    back = reverse("rota-week", args=[bcu])
    form = ImportRotaForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors(rename={"file": "content"}):
            done = import_rota(bcu=bcu, by=by, now=now, **form.cleaned_data)
            if done.not_taken or done.assumed:
                return render(
                    request, "officers/rota_read.html", {"bcu": bcu, "done": done, "back": back}
                )
            messages.success(
                request,
                f"{counted(done.added, 'shift')} added; {done.unchanged} on the rota already.",
            )
            return redirect(back)
    return form_page(
        request,
        form,
        title=f"Rota of {bcu} from a file",
        submit="Read the file",
        back=back,
        lead="What is over, cancelled or declined, or more than a year ahead, is left out and "
        "named. Giving the same file twice changes nothing.",
    )


def _editor(request: HttpRequest, bcu: str) -> tuple[Officer, datetime]:
    by, now = signed_in(request), clock.now()
    if not BCU.objects.filter(pk=bcu).exists():
        raise NotVisible
    check_may_edit(by, bcu, now)
    return by, now


def _source(request: HttpRequest, bcu: str, default: str = "") -> tuple[str, list[str]]:
    """The BCU whose officers are listed, and the others that could be."""
    codes = list(BCU.objects.order_by("pk").values_list("pk", flat=True))
    asked = request.GET.get("from", "")
    source = asked if asked in codes else default or bcu
    return source, [code for code in codes if code != source]


def _in_lead(shift: Shift) -> str:
    return f"{shift.officer}, {described(shift)}."


def _suggested(request: HttpRequest) -> dict[str, Any]:
    """The role and times of the gap that the officer pressed; what cannot be read is left out."""
    suggested: dict[str, Any] = {}
    if (role := request.GET.get("role", "")) in ROTA_ROLES:
        suggested["role"] = role
    for name in ("starts_at", "ends_at"):
        with suppress(ValueError):
            moment = datetime.fromisoformat(request.GET.get(name, ""))
            if moment.tzinfo is not None:
                suggested[name] = moment
    return suggested
