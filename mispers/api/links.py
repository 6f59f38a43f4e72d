"""The REST endpoint of an incident's links."""

from django.db.models import QuerySet

from core.api.endpoint import Call, Endpoint, creates, lists
from mispers.api.intake_shapes import LinkIn, LinkOut
from mispers.api.investigation import consulted
from mispers.models import IncidentLink
from mispers.selectors.links import links_made_on
from mispers.services.links import link_incident


class IncidentLinks(Endpoint):
    """Other incidents that this one was linked with."""

    resource = "incidents"
    field_names = {"other": "incident"}

    @lists(LinkOut)
    def get(self, call: Call, reference: str) -> QuerySet[IncidentLink]:
        """Newest first, as far as the caller sees them."""
        return links_made_on(consulted(call, reference), call.by)

    @creates(LinkIn, LinkOut)
    def post(self, call: Call, reference: str) -> IncidentLink:
        """Link another incident; as an earlier one of the same person unless told otherwise."""
        other = call.data.pop("incident")
        return link_incident(reference, other=other, by=call.officer, now=call.now, **call.data)
