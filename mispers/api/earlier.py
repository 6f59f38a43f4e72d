"""The REST endpoint of what earlier reports relied on (REP-1)."""

from collections.abc import Sequence

from rest_framework import serializers

from core.api.endpoint import Call, Endpoint, lists
from core.api.fields import Moment
from core.api.serializers import Output
from mispers.api.investigation import consulted
from mispers.models import Located, Search
from mispers.rules.stages import Stage
from mispers.selectors.earlier import Reliance, what_earlier_reports_relied_on
from officers.api.representations import OfficerBrief


class ReliedClosureOut(Output):
    """Why an earlier report was closed, and by whom."""

    rationale = serializers.CharField()
    asked_by = OfficerBrief(source="recorded_by")
    authorised_by = OfficerBrief(source="decided_by")
    authorised_at = Moment(source="decided_at")


class ReliedLocatedOut(Output):
    """How the person was located, and who saw them, if anybody did."""

    at = Moment()
    place = serializers.CharField()
    condition = serializers.ChoiceField(Located.Condition.choices)
    how = serializers.CharField()
    seen_in_person_by = OfficerBrief(allow_null=True)


class UntestedOut(Output):
    """A hypothesis that nobody tested."""

    statement = serializers.CharField()
    would_confirm = serializers.CharField()
    would_refute = serializers.CharField()


class NotInsideOut(Output):
    """A search of home or of the place missing from that was not of the whole inside."""

    place = serializers.CharField()
    extent = serializers.ChoiceField(Search.Extent.choices)
    not_covered = serializers.CharField()
    searched_by = serializers.CharField()
    searched_at = Moment()


class RelianceOut(Output):
    """An earlier report and what it rests on; `closure` is null while it is open."""

    incident = serializers.CharField(source="incident.reference")
    reported_at = Moment(source="incident.reported_at")
    stage = serializers.ChoiceField(Stage.choices, source="incident.stage")
    closure = ReliedClosureOut(allow_null=True)
    located = ReliedLocatedOut(allow_null=True)
    untested = UntestedOut(many=True)
    searched_inside = serializers.BooleanField()
    not_inside = NotInsideOut(many=True)


class ReliedOn(Endpoint):
    """What the person's earlier reports relied on, to be tested again before it is trusted."""

    resource = "incidents"

    @lists(RelianceOut)
    def get(self, call: Call, reference: str) -> Sequence[Reliance]:
        """Those still open first, then the newest closure first."""
        return what_earlier_reports_relied_on(consulted(call, reference), call.by)
