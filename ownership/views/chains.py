"""The pages of who answers, and who answered, for an incident and for one action."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from core import clock
from mispers.presenters.pages import incident_page
from mispers.selectors.incidents import get_incident
from officers.permissions import may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission
from ownership.forms.chains import AnsweredAtForm
from ownership.models import Capacity
from ownership.presenters.chain_chart import chart_of
from ownership.presenters.sentences import who_answered, who_was_responsible
from ownership.selectors.actions import action_on, actions_of
from ownership.selectors.answering import chain_of_action
from ownership.selectors.custody import chain_of
from ownership.selectors.handovers import handovers_of


@require_GET
def incident_ownership(request: HttpRequest, reference: str) -> HttpResponse:
    """Both chains, handovers, actions' chains, and who answered at a moment that is asked for."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    periods = chain_of(incident)
    numbered = list(enumerate(periods, start=1))
    form = AnsweredAtForm(request.GET or None)
    at = form.wanted.get("at")
    return incident_page(
        request,
        incident,
        "ownership/ownership.html",
        "incident-ownership",
        chart=chart_of(periods, until=incident.closed_at or now, asked=at),
        chains=[
            (each, [(number, period) for number, period in numbered if period.capacity is each])
            for each in Capacity
        ],
        handovers=list(handovers_of(incident)),
        actions=list(actions_of(incident)),
        form=form,
        asked_at=at,
        answers=who_answered(incident, at) if at else [],
        sees_answered_for=may(officer, Permission.SEE_ANSWERED_FOR, now),
        can_hand_over=incident.is_open and may(officer, Permission.HAND_OVER, now),
    )


@require_GET
def action_ownership(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Who was responsible for one action, and who at a moment that is asked for."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    action = action_on(officer, incident, pk)
    periods = chain_of_action(action)
    form = AnsweredAtForm(request.GET or None)
    at = form.wanted.get("at")
    return incident_page(
        request,
        incident,
        "ownership/action_ownership.html",
        "incident-actions",
        action=action,
        chart=chart_of(periods, until=action.ended_at or now, asked=at),
        periods=list(enumerate(periods, start=1)),
        form=form,
        asked_at=at,
        answers=who_was_responsible(action, at) if at else [],
        sees_answered_for=may(officer, Permission.SEE_ANSWERED_FOR, now),
    )
