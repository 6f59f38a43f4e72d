"""The frame of every page of one incident: its header, its tabs, and the log of who looked."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from core import clock, trail
from core.models import Access
from mispers import registries
from mispers.models import Incident
from mispers.presenters.header import HEADER, shown_strips
from officers.models import Officer
from officers.presenters.every_page import signed_in

REASONS = "reasons"


def incident_page(
    request: HttpRequest,
    incident: Incident,
    template: str,
    active: str,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """A page about an incident, with `header`, `tabs` and `incident` in its context.

    active: the URL name of the tab it belongs to. The consultation is logged with the reason the
    officer gave, where they gave one; where a reason is mandatory, it is asked for first.
    """
    now = clock.now()
    reason = request.session.get(REASONS, {}).get(incident.reference, "")
    if settings.MISPERS_REASON_MANDATORY and not reason and request.method == "GET":
        asked = reverse("incident-reason", args=[incident.reference])
        return redirect(f"{asked}?{urlencode({'next': request.get_full_path()})}")
    log_consultation(request, incident, now=now)
    return render(
        request, template, {**frame(request, incident, active, now), **context}, status=status
    )


def frame(request: HttpRequest, incident: Incident, active: str, now: datetime) -> dict[str, Any]:
    """`incident`, `header` and `tabs`, for pages that `core.pages.form_page` renders."""
    return {
        "incident": incident,
        "header": shown_strips([incident], now, HEADER)[incident.pk],
        "tabs": _tabs(incident, signed_in(request), active, now),
    }


def log_consultation(request: HttpRequest, incident: Incident, *, now: datetime) -> None:
    """Write down who looked at the incident, when and why (Data Protection Act 2018, s.62)."""
    trail.log_access(
        Access.Kind.CONSULTATION,
        by=signed_in(request),
        now=now,
        stream=incident.reference,
        reason=request.session.get(REASONS, {}).get(incident.reference, ""),
        detail={"page": request.resolver_match.url_name if request.resolver_match else ""},
    )


def remember_reason(request: HttpRequest, reference: str, reason: str) -> None:
    """Keep why this officer looks at this incident until they sign out."""
    request.session[REASONS] = {**request.session.get(REASONS, {}), reference: reason}


def _tabs(incident: Incident, officer: Officer, active: str, now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "label": tab.label,
            "url": reverse(tab.url_name, args=[incident.reference]),
            "active": tab.url_name == active,
        }
        for tab in registries.tabs_for(officer, now)
    ]
