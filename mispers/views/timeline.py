"""The one trail of an incident, newest first."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from core import trail
from mispers.forms.filters import TimelineFilter
from mispers.presenters.header import timeline_entry
from mispers.presenters.pages import incident_page
from mispers.selectors import incidents
from officers.presenters.every_page import signed_in

PER_PAGE = 50


@require_GET
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything recorded on the incident; `before` is an event's number, `whole` takes all."""
    incident = incidents.get_incident(signed_in(request), reference)
    events = incidents.trail_of(incident)
    known = trail.kinds()
    there = events.order_by().values_list("kind", flat=True).distinct()
    labels = {code: known[code].label if code in known else code for code in there}
    narrowing = TimelineFilter(request.GET, kinds=sorted(labels.items(), key=lambda pair: pair[1]))
    chosen = narrowing.wanted.get("kind")
    if chosen:
        events = events.filter(kind__in=chosen)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit():
        events = events.filter(seq__lt=min(int(before), 2**31 - 1))
    events = events.order_by("-seq")
    shown = list(events if "whole" in request.GET else events[: PER_PAGE + 1])
    has_more = "whole" not in request.GET and len(shown) > PER_PAGE
    shown = shown[:PER_PAGE] if has_more else shown
    return incident_page(
        request,
        incident,
        "mispers/timeline.html",
        active="incident-timeline",
        form=narrowing,
        entries=[timeline_entry(event) for event in shown],
        older=shown[-1].seq if has_more else None,
        is_first_page=not before,
    )
