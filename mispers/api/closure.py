"""The REST endpoints of an incident's end: located, interviews, barriers, closure, reopening."""

from collections.abc import Sequence

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, commands, creates, lists
from core.barriers import Barrier
from mispers import registries
from mispers.api import closure_shapes as shapes
from mispers.api.investigation import consulted, writer, writing
from mispers.models import (
    ClosureRequest,
    Located,
    PreventionInterview,
    Reopening,
    ReturnInterview,
)
from mispers.rules.stages import Stage
from mispers.selectors.entries import closure_requests_of, entries_of, located_of
from mispers.services.authorising import authorise_closure
from mispers.services.closure import ask_closure, refuse_closure
from mispers.services.interviews import (
    InterviewDetails,
    record_prevention_interview,
    record_return_interview,
)
from mispers.services.located import LocationDetails, record_located
from mispers.services.new_information import keep_closed
from mispers.services.reopening import reopen_incident
from officers.models import Officer


class LocatedEntries(Endpoint):
    """How the person was located; the first entry supersedes the others."""

    resource = "incidents"

    @lists(shapes.LocatedOut)
    def get(self, call: Call, reference: str) -> QuerySet[Located]:
        """Newest first."""
        return located_of(consulted(call, reference))

    @creates(shapes.LocatedIn, shapes.LocatedOut)
    def post(self, call: Call, reference: str) -> Located:
        """Record how the person was located and by whom seen; the incident enters closure."""
        return record_located(reference, LocationDetails(**call.data), **writer(call))


class PreventionInterviews(Endpoint):
    """The prevention interviews, held or attempted."""

    resource = "incidents"
    field_names = {"interviewer": "by"}

    @lists(shapes.PreventionInterviewOut)
    def get(self, call: Call, reference: str) -> QuerySet[PreventionInterview]:
        """Newest first."""
        return entries_of(PreventionInterview, consulted(call, reference))

    @creates(shapes.PreventionInterviewIn, shapes.PreventionInterviewOut)
    def post(self, call: Call, reference: str) -> PreventionInterview:
        """Record the interview, or the attempt and why it was not held."""
        details = InterviewDetails(**call.data)
        return record_prevention_interview(reference, details, **writer(call))


class ReturnInterviews(Endpoint):
    """The return home interviews asked of the local authority."""

    resource = "incidents"

    @lists(shapes.ReturnInterviewOut)
    def get(self, call: Call, reference: str) -> QuerySet[ReturnInterview]:
        """Newest first."""
        return entries_of(ReturnInterview, consulted(call, reference))

    @creates(shapes.ReturnInterviewIn, shapes.ReturnInterviewOut)
    def post(self, call: Call, reference: str) -> ReturnInterview:
        """Ask by requested_at and authority; then, in the same or a later call, its outcome."""
        return record_return_interview(reference, **writing(call))


class Barriers(Endpoint):
    """What stands in the way of a stage, for whoever asks."""

    resource = "incidents"

    @lists(
        shapes.BarrierOut,
        filters={"to": serializers.ChoiceField(Stage.choices, help_text="`closed` if absent.")},
    )
    def get(self, call: Call, reference: str) -> Sequence[Barrier]:
        """Those that nobody may override first."""
        incident = consulted(call, reference)
        by = call.by if isinstance(call.by, Officer) else None
        target = Stage(call.query.get("to", Stage.CLOSED))
        return registries.barriers_to(incident, target, by, call.now)


class Closure(Endpoint):
    """The requests for closure and their decisions."""

    resource = "incidents"

    @lists(shapes.ClosureOut)
    def get(self, call: Call, reference: str) -> QuerySet[ClosureRequest]:
        """Newest first."""
        return closure_requests_of(consulted(call, reference))

    @creates(shapes.ClosureIn, shapes.ClosureOut)
    def post(self, call: Call, reference: str) -> ClosureRequest:
        """Ask for closure; refused with every barrier while one stands that nobody may override."""
        return ask_closure(reference, **writing(call))


class AuthoriseClosure(Endpoint):
    """Another inspector closes the record."""

    resource = "incidents"

    @commands(shapes.AuthoriseIn, shapes.ClosureOut)
    def post(self, call: Call, reference: str) -> ClosureRequest:
        """Authorise, overriding what may be overridden one by one with a reason each."""
        return authorise_closure(reference, **writing(call))


class RefuseClosure(Endpoint):
    """Another inspector does not close the record."""

    resource = "incidents"

    @commands(shapes.RefuseIn, shapes.ClosureOut)
    def post(self, call: Call, reference: str) -> ClosureRequest:
        """Refuse with a reason; the incident goes back to the stage that the clock says."""
        return refuse_closure(reference, **writing(call))


class KeepClosed(Endpoint):
    """An inspector leaves a record closed in spite of what has arrived on it."""

    resource = "incidents"

    @commands(shapes.KeepClosedIn, None)
    def post(self, call: Call, reference: str) -> None:
        """Say why the new information changes nothing (NEW-1)."""
        keep_closed(reference, **writing(call))


class Reopen(Endpoint):
    """The reopenings of an incident."""

    resource = "incidents"

    @lists(shapes.ReopeningOut)
    def get(self, call: Call, reference: str) -> QuerySet[Reopening]:
        """Newest first."""
        return entries_of(Reopening, consulted(call, reference))

    @creates(shapes.ReopenIn, shapes.ReopeningOut)
    def post(self, call: Call, reference: str) -> Reopening:
        """Reopen with a reason; the 48 hours run from the new report."""
        return reopen_incident(reference, **writing(call))
