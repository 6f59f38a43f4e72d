"""The pages of actions: the list on an incident, one action, and what can be done with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.forms import HouseForm
from mispers.models import Incident
from mispers.presenters.pages import incident_page
from mispers.selectors.incidents import get_incident
from officers.models import Officer
from officers.permissions import check_may, may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from ownership import permissions
from ownership.forms.actions import (
    CompleteForm,
    ExtendForm,
    NotPursuedForm,
    ReassignForm,
    SetActionForm,
)
from ownership.models import Action
from ownership.selectors.actions import RUNNING, action_on, actions_of
from ownership.selectors.receivers import receivers
from ownership.services import actions as services
from ownership.views.frames import incident_form_page

TAB = "incident-actions"


@require_GET
def incident_actions(request: HttpRequest, reference: str) -> HttpResponse:
    """Every action of the incident: those running first, then the ended ones."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    actions = list(actions_of(incident))
    return incident_page(
        request,
        incident,
        "ownership/actions.html",
        TAB,
        running=[action for action in actions if action.state in RUNNING],
        ended=[action for action in actions if action.state not in RUNNING],
        can_set=incident.is_open and may(officer, Permission.SET_ACTION, now),
    )


@require_GET
def action(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One action, its chain, and what this officer can do with it."""
    officer, now = signed_in(request), clock.now()
    incident, found = _found(request, reference, pk)
    is_running = found.state in RUNNING
    return incident_page(
        request,
        incident,
        "ownership/action.html",
        TAB,
        action=found,
        chain=list(found.chain.select_related("officer")),
        can_end=is_running and permissions.can_end(officer, found, now),
        can_move=is_running and may(officer, Permission.SET_ACTION, now),
        can_approve=permissions.can_approve(officer, found, now),
    )


@require_http_methods(["GET", "POST"])
def set_action(request: HttpRequest, reference: str) -> HttpResponse:
    """Set an action."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    check_may(officer, Permission.SET_ACTION, now)
    form = SetActionForm(request.POST or None, officers=receivers(incident.bcu_id, now))
    if form.is_valid():
        with form.domain_errors():
            asked = services.NewAction(**form.cleaned_data)
            made = services.set_action(reference=reference, action=asked, by=officer, now=now)
            messages.success(request, f"Action set for {made.responsible}.")
            return redirect(TAB, reference)
    return incident_form_page(
        request,
        incident,
        form,
        active=TAB,
        title="Set an action",
        submit="Set action",
        back=reverse(TAB, args=[reference]),
    )


def _check_may_move(officer: Officer, found: Action, now: datetime) -> None:
    check_may(officer, Permission.SET_ACTION, now)


def _changes(
    make_form: Callable[..., HouseForm],
    service: Callable[..., Action],
    *,
    check: Callable[[Officer, Action, datetime], None],
    title: str,
    done: str,
    **options: Any,
) -> Callable[..., HttpResponse]:
    """A page with one form that changes an action through one service."""

    @require_http_methods(["GET", "POST"])
    def view(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
        officer, now = signed_in(request), clock.now()
        incident, found = _found(request, reference, pk)
        check(officer, found, now)
        extra = {}
        if make_form is ReassignForm:
            others = receivers(incident.bcu_id, now).exclude(pk=found.responsible_id)
            extra["officers"] = others
        form = make_form(request.POST or None, version=found.version, **extra)
        if form.is_valid():
            with form.domain_errors():
                service(action_id=pk, by=officer, now=now, **form.cleaned_data)
                messages.success(request, done)
                return redirect(TAB, reference)
        return incident_form_page(
            request,
            incident,
            form,
            active=TAB,
            title=title,
            submit=title,
            back=reverse("action", args=[reference, pk]),
            template="ownership/action_form.html",
            action=found,
            **options,
        )

    view.__doc__ = title
    return view


reassign = _changes(
    ReassignForm,
    services.reassign_action,
    check=_check_may_move,
    title="Reassign action",
    done="Action reassigned.",
)
extend = _changes(
    ExtendForm,
    services.extend_action,
    check=_check_may_move,
    title="Move the due time",
    done="Due time moved.",
)
complete = _changes(
    CompleteForm,
    services.complete_action,
    check=permissions.check_may_end,
    title="Complete action",
    done="Action completed.",
)
propose_not_pursued = _changes(
    NotPursuedForm,
    services.propose_not_pursued,
    check=permissions.check_may_end,
    title="Propose not to pursue",
    done="Proposed. An inspector other than you decides.",
)


@require_POST
def approve_not_pursued(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Agree that the action is not pursued."""
    _found(request, reference, pk)
    services.approve_not_pursued(action_id=pk, by=signed_in(request), now=clock.now())
    messages.success(request, "Agreed: the action is not pursued.")
    return redirect(TAB, reference)


def _found(request: HttpRequest, reference: str, pk: int) -> tuple[Incident, Action]:
    officer = signed_in(request)
    incident = get_incident(officer, reference)
    return incident, action_on(officer, incident, pk)
