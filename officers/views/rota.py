"""The rota: who is on duty now, who comes next, and where nobody is."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.errors import NotVisible
from core.pages import form_page
from officers.context import signed_in
from officers.forms.shift import ShiftForm
from officers.gaps import gaps_ahead
from officers.models import BCU, Officer
from officers.permissions import Permission, check_may, may
from officers.roles import Role
from officers.selectors_rota import AHEAD, on_duty_everywhere, turns_ahead
from officers.services.shifts import add_shift
from officers.turns import ROTA_ROLES


@require_GET
def rota(request: HttpRequest) -> HttpResponse:
    """On duty now in every BCU; the next 48 hours and their gaps in one of them."""
    officer, now = signed_in(request), clock.now()
    everywhere = on_duty_everywhere(now)
    codes = {each.bcu.pk: each.bcu for each in everywhere}
    chosen = codes.get(request.GET.get("bcu", officer.bcu_id), officer.bcu)
    return render(
        request,
        "officers/rota.html",
        {
            "bcu": chosen,
            "roles": [role.label for role in ROTA_ROLES],
            "everywhere": everywhere,
            "turns": turns_ahead(chosen.pk, now),
            "gaps": gaps_ahead([chosen.pk], now, now + AHEAD),
            "may_edit": _sees(officer, chosen.pk) and may(officer, Permission.EDIT_ROTA, now),
        },
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, bcu: str) -> HttpResponse:
    """Put an officer on duty."""
    officer, now = signed_in(request), clock.now()
    if not _sees(officer, bcu) or not BCU.objects.filter(pk=bcu).exists():
        raise NotVisible
    check_may(officer, Permission.EDIT_ROTA, now)
    back = f"{reverse('rota')}?bcu={bcu}"
    form = ShiftForm(request.POST or None, bcus=[bcu], initial=_suggested(request))
    if form.is_valid():
        with form.domain_errors():
            shift = add_shift(bcu=bcu, by=officer, now=now, **form.cleaned_data)
            messages.success(
                request, f"{shift.officer} is on the rota as {Role(shift.role).label.lower()}."
            )
            return redirect(back)
    return form_page(request, form, title=f"Add a shift in {bcu}", submit="Add shift", back=back)


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


def _sees(officer: Officer, bcu: str) -> bool:
    seen = officer.bcus_seen()
    return seen is None or bcu in seen
