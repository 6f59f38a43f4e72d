"""A page with one form that adds one entry to an incident, the same for every kind of entry."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from core import clock
from core.forms import HouseForm
from core.pages.form_page import form_page
from mispers.models import Incident
from mispers.presenters.pages import frame, log_consultation
from mispers.selectors import incidents
from officers.models import Officer
from officers.permissions import check_may
from officers.presenters.every_page import signed_in
from officers.rules.permitted import Permission

TEMPLATE = "mispers/entry_form.html"
Extra = Callable[[Incident, Officer, datetime], Mapping[str, Any]]


def nothing_more(incident: Incident, officer: Officer, now: datetime) -> Mapping[str, Any]:
    """No further context or arguments."""
    return {}


@dataclass(frozen=True)
class EntryPage:
    """What differs from one entry page to the next.

    service: takes the reference, by, now and the form's fields; those that belong to the value
    object `details`, where there is one, as that. done: the message of success.
    back: the URL name of the tab to return to; anchor: the section on it.
    form_arguments: further arguments of the form. context: further context of the template.
    """

    form: type[HouseForm]
    service: Callable[..., Any]
    title: str
    submit: str
    done: str
    back: str = "incident-investigation"
    anchor: str = ""
    lead: str = ""
    template: str = TEMPLATE
    permission: Permission = Permission.RECORD
    form_arguments: Extra = nothing_more
    context: Extra = nothing_more
    danger: bool = False
    rename: Mapping[str, str] = field(default_factory=dict)
    details: type[Any] | None = None

    def view(self) -> Callable[..., HttpResponse]:
        """The view function."""
        return require_http_methods(["GET", "POST"])(self.respond)

    def respond(self, request: HttpRequest, reference: str, **path: Any) -> HttpResponse:
        """Show the form, or send it to the service; what was typed stays when it is refused."""
        officer, now = signed_in(request), clock.now()
        incident = incidents.get_incident(officer, reference)
        check_may(officer, self.permission, now, incident.bcu_id)
        form = self.form(
            request.POST if request.method == "POST" else None,
            **self.form_arguments(incident, officer, now),
        )
        back = reverse(self.back, args=[incident.reference])
        if form.is_valid():
            with form.domain_errors(rename=self.rename):
                given, others = self._given(form.cleaned_data)
                self.service(reference, *given, by=officer, now=now, **path, **others)
                messages.success(request, self.done)
                return redirect(f"{back}#{self.anchor}" if self.anchor else back)
        if request.method == "GET":
            log_consultation(request, incident, now=now)
        return form_page(
            request,
            form,
            title=self.title,
            submit=self.submit,
            back=back,
            lead=self.lead,
            danger=self.danger,
            template=self.template,
            **frame(request, incident, self.back, now),
            **self.context(incident, officer, now),
        )

    def _given(self, typed: Mapping[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """The value object, if the service takes one, and what else was typed."""
        if self.details is None:
            return [], dict(typed)
        names = {each.name for each in fields(self.details)}
        given = self.details(**{name: typed[name] for name in typed if name in names})
        return [given], {name: typed[name] for name in typed if name not in names}
