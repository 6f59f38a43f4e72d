"""The page of who answers, and who answered, for an incident."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from core import clock
from mispers.pages import incident_page
from mispers.selectors import get_incident
from officers.context import signed_in
from officers.permissions import Permission, may
from ownership.forms.chains import AnsweredAtForm
from ownership.models import Capacity
from ownership.selectors.actions import actions_of
from ownership.selectors.custody import answered_for_at, chain_of
from ownership.selectors.handovers import handovers_of


@require_GET
def incident_ownership(request: HttpRequest, reference: str) -> HttpResponse:
    """Both chains, handovers, actions' chains, and who answered at a moment that is asked for."""
    officer, now = signed_in(request), clock.now()
    incident = get_incident(officer, reference)
    periods = chain_of(incident)
    form = AnsweredAtForm(request.GET or None)
    at = form.wanted.get("at")
    return incident_page(
        request,
        incident,
        "ownership/ownership.html",
        "incident-ownership",
        chains=[
            (each, [period for period in periods if period.capacity is each]) for each in Capacity
        ],
        handovers=list(handovers_of(incident)),
        actions=list(actions_of(incident)),
        form=form,
        answering=answered_for_at(incident, at) if at else None,
        can_hand_over=incident.is_open and may(officer, Permission.HAND_OVER, now),
    )
