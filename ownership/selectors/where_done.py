"""Where what is due is done: the one place that makes the address, for pages, notices and REST."""

from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse

from mispers.models import Incident
from mispers.rules.codes import AddressPart, Place, due_of
from ownership.models import Deadline, HandoverItem
from ownership.rules.subjects import OfAction, OfHandoverItem


def where_done(deadlines: Sequence[Deadline], incidents: Iterable[Incident]) -> dict[int, str]:
    """{deadline pk: the path of the page where it is done}; one query at most, for offers.

    incidents: at least those that the deadlines are on.
    """
    references = {incident.pk: incident.reference for incident in incidents}
    handovers = _handovers_of(deadlines)
    return {
        deadline.pk: path_of(
            due_of(deadline.code).place,
            _address_parts(deadline, references[deadline.incident_id], handovers),
        )
        for deadline in deadlines
    }


def path_of(place: Place, given: Mapping[AddressPart, str | int]) -> str:
    """The path of a place; without all that it takes, of the place that stands in for it."""
    if place.otherwise is not None and not given.keys() >= set(place.takes):
        return path_of(place.otherwise, given)
    return reverse(place.url_name, args=[given[each] for each in place.takes])


def _address_parts(
    deadline: Deadline, reference: str, handovers: Mapping[int, int]
) -> dict[AddressPart, str | int]:
    given: dict[AddressPart, str | int] = {AddressPart.REFERENCE: reference}
    match deadline.about:
        case OfAction(pk):
            given[AddressPart.ACTION] = pk
        case OfHandoverItem(pk) if pk in handovers:
            given[AddressPart.HANDOVER] = handovers[pk]
    return given


def _handovers_of(deadlines: Sequence[Deadline]) -> dict[int, int]:
    """{pk of an offered item that a deadline is about: its handover's}."""
    about = [deadline.about for deadline in deadlines]
    items = {each.pk for each in about if isinstance(each, OfHandoverItem)}
    if not items:
        return {}
    return dict(HandoverItem.objects.filter(pk__in=items).values_list("pk", "handover_id"))
