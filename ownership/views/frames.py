"""A form about one incident, under the incident's header."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from core import clock
from core.forms import HouseForm
from core.pages.form_page import form_page
from mispers.models import Incident
from mispers.presenters.pages import frame, log_consultation


def incident_form_page(
    request: HttpRequest, incident: Incident, form: HouseForm, *, active: str, **options: Any
) -> HttpResponse:
    """`core.pages.form_page` with the incident's header and tabs; the consultation is logged."""
    now = clock.now()
    if request.method == "GET":
        log_consultation(request, incident, now=now)
    return form_page(
        request,
        form,
        template=options.pop("template", "ownership/incident_form.html"),
        **frame(request, incident, active, now),
        **options,
    )
