"""The REST endpoints of incidents: the list, one of them, and one as it stood at another time."""

from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from rest_framework import serializers

from core.api.endpoint import Answer, Call, Endpoint, changes, creates, lists, shows
from core.api.events import EventOut
from core.api.fields import Line, Moment
from core.models import Event
from mispers.api.intake_shapes import CorrectionIn, ReportIn
from mispers.api.investigation import consulted
from mispers.api.representations import AsAtOut, IncidentOut
from mispers.models import Incident
from mispers.rules.reports import MissingReport
from mispers.rules.stages import Stage
from mispers.rules.strip import GRADES, NOT_GRADED
from mispers.selectors import as_at, incidents
from mispers.selectors.as_at import AsItStood
from mispers.services.corrections import correct_incident
from mispers.services.reporting import RECORDERS, log_report_with_known
from officers.api.fields import BcuCode

GRADED = [*(code for code, _ in GRADES), NOT_GRADED]
FILTERS: dict[str, serializers.Field[Any, Any, Any, Any]] = {
    "stage": serializers.ChoiceField(Stage.choices, help_text="In this stage."),
    "grade": serializers.ChoiceField(GRADED, help_text="Of this grade; `none`: not graded yet."),
    "bcu": BcuCode(help_text="Of this BCU."),
    "owner": serializers.CharField(max_length=20, help_text="Owned by the officer with this id."),
    "inspector": serializers.CharField(max_length=20, help_text="Answered for by this officer."),
    "overdue": serializers.BooleanField(help_text="Whether anything is overdue."),
    "reported_after": Moment(help_text="Reported later than this."),
    "q": Line(help_text="Every word in the reference or the name."),
}


class Incidents(Endpoint):
    """The incidents that the caller sees."""

    resource = "incidents"

    @lists(IncidentOut, filters=FILTERS)
    def get(self, call: Call) -> QuerySet[Incident]:
        """Newest report first. A look-up by name or reference (q) is logged."""
        if "q" in call.query:
            call.log_search(q=call.query["q"])
        wanted = {
            name: {True: "true", False: "false"}.get(value, value) if name == "overdue" else value
            for name, value in call.query.items()
        }
        visible = incidents.incidents_visible_to(call.by)
        return incidents.narrowed(visible, wanted, call.now).order_by("-reported_at", "-pk")

    @creates(ReportIn, IncidentOut)
    def post(self, call: Call) -> Answer:
        """Report a person missing; the same source again answers 200 with what exists."""
        entries = {name: call.data.pop(name) for name in RECORDERS if name in call.data}
        logged = log_report_with_known(
            MissingReport(**call.data), by=call.officer, now=call.now, entries=entries
        )
        place = reverse("api-incident", args=[logged.incident.reference])
        status = HTTPStatus.CREATED if logged.created else HTTPStatus.OK
        return Answer(logged.incident, status=status, location=place)


class OneIncident(Endpoint):
    """An incident by its reference."""

    resource = "incidents"

    @shows(IncidentOut)
    def get(self, call: Call, reference: str) -> Incident:
        """The incident as it stands now."""
        return consulted(call, reference)

    @changes(CorrectionIn, IncidentOut)
    def patch(self, call: Call, reference: str) -> Incident:
        """Correct what the report says; the old words stay in the history."""
        return correct_incident(
            reference,
            by=call.officer,
            now=call.now,
            changes=call.data,
            version=call.expected_version,
        )


class Timeline(Endpoint):
    """The trail of an incident."""

    resource = "incidents"

    @lists(
        EventOut,
        filters={"kind": serializers.CharField(max_length=64, help_text="Only of this kind.")},
    )
    def get(self, call: Call, reference: str) -> QuerySet[Event]:
        """Newest first."""
        events = incidents.trail_of(consulted(call, reference))
        if "kind" in call.query:
            events = events.filter(kind=call.query["kind"])
        return events.order_by("-seq")


class AsAt(Endpoint):
    """An incident as it stood at a moment, and what was known then."""

    resource = "incidents"

    @shows(AsAtOut, filters={"at": Moment(help_text="The moment; now if left out.")})
    def get(self, call: Call, reference: str) -> AsItStood:
        """Refused for a moment in the future, or before the incident was recorded."""
        incident = consulted(call, reference)
        return as_at.as_it_stood(incident, call.query.get("at", call.now), call.now)
