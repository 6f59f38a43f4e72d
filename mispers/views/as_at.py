"""An incident as it stood at another time, and what was known then."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from core import clock
from core.london import in_london
from mispers.forms.filters import AsAtForm
from mispers.models import Incident
from mispers.presenters.header import timeline_entry
from mispers.presenters.pages import incident_page
from mispers.selectors import as_at as hindsight
from mispers.selectors import incidents
from officers.presenters.every_page import signed_in


@require_GET
def as_at(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks for a moment; `at` may also be given in ISO 8601, as over REST."""
    officer, now = signed_in(request), clock.now()
    incident = incidents.get_incident(officer, reference)
    form = _form(request)
    context: dict[str, Any] = {"form": form, "then": None}
    if form.is_bound and form.is_valid():
        with form.domain_errors():
            context |= _as_it_stood(incident, form.cleaned_data["at"], now)
    wrong = form.is_bound and bool(form.errors)
    return incident_page(
        request,
        incident,
        "mispers/as_at.html",
        active="incident-timeline",
        status=422 if wrong else 200,
        **context,
    )


def _as_it_stood(incident: Incident, at: datetime, now: datetime) -> dict[str, Any]:
    then = hindsight.as_it_stood(incident, at, now)
    return {
        "then": then,
        "at": at,
        "header_then": then.strip,
        "entries": [timeline_entry(event) for event in then.known],
    }


def _form(request: HttpRequest) -> AsAtForm:
    given = request.GET.copy()
    if "at" in given:
        typed = str(given["at"])
        try:
            moment = datetime.fromisoformat(typed)
        except ValueError:
            given["at_day"], given["at_time"] = typed, ""
        else:
            local = in_london(moment) if moment.tzinfo else moment
            given["at_day"], given["at_time"] = f"{local:%d/%m/%Y}", f"{local:%H:%M}"
    return AsAtForm(given if "at_day" in given else None)
