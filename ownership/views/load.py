"""Moving all that a leaver or an absent officer holds: who that is, and the sitting itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.pages.form_page import form_page
from core.text import counted
from officers.presenters.every_page import signed_in
from officers.selectors.training import officer_visible_to
from ownership.forms.load import LoadForm
from ownership.models import Capacity
from ownership.selectors.loads import load_of, officers_to_relieve
from ownership.selectors.receivers import receivers
from ownership.services.moving_a_load import Receivers, check_may_move, move_load


@require_GET
def loads(request: HttpRequest) -> HttpResponse:
    """Officers who are away or have left, and still hold something."""
    officer, now = signed_in(request), clock.now()
    return render(request, "ownership/loads.html", {"found": officers_to_relieve(officer, now)})


@require_http_methods(["GET", "POST"])
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything an officer holds, to be moved in one sitting."""
    by, now = signed_in(request), clock.now()
    officer = officer_visible_to(by, pk)
    check_may_move(by, officer, now)
    held = load_of(by, officer)
    others = receivers(officer.bcu_id, now).exclude(pk__in=[officer.pk])
    form = LoadForm(
        request.POST or None,
        load=held,
        officers=others,
        inspectors=receivers(officer.bcu_id, now, Capacity.INSPECTOR).exclude(pk=officer.pk),
    )
    if form.is_valid():
        with form.domain_errors():
            to = Receivers.taken_from(form.cleaned_data)
            moved = move_load(officer=officer, receivers=to, by=by, now=now, **form.cleaned_data)
            messages.success(
                request,
                f"{counted(moved.incidents, 'incident')} offered, "
                f"{counted(len(moved.actions), 'action')} reassigned. "
                "Incidents stay theirs until they are accepted.",
            )
            return redirect("officer-load", officer.pk)
    return form_page(
        request,
        form,
        title=f"What {officer} holds",
        submit="Move it",
        back=reverse("loads"),
        template="ownership/load.html",
        who=officer,
        load=held,
    )
