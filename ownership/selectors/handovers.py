"""Reads of handovers."""

from collections.abc import Sequence

from django.db.models import CharField, Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Cast

from core.errors import NotVisible
from mispers.models import Incident
from mispers.rules.codes import Code
from officers.models import Officer
from officers.selectors.visibility import Reader, bcus_seen_by
from ownership.models import Capacity, Deadline, Handover, HandoverItem
from ownership.rules.rungs import Rung
from ownership.rules.subjects import OfHandoverItem


def handovers_visible_to(reader: Reader) -> QuerySet[Handover]:
    """Handovers of the BCUs the reader sees, latest first, with their items."""
    seen = bcus_seen_by(reader)
    items = HandoverItem.objects.select_related(
        "handover", "incident__person", "decided_by"
    ).order_by("pk")
    found = (
        Handover.objects.select_related("giver", "receiver", "bcu")
        .prefetch_related(Prefetch("items", queryset=items))
        .order_by("-offered_at", "-pk")
    )
    return found if seen is None else found.filter(bcu__in=seen)


def handover_for(reader: Reader, handover_id: int) -> Handover:
    """The handover, or NotVisible."""
    handover = handovers_visible_to(reader).filter(pk=handover_id).first()
    if handover is None:
        raise NotVisible
    return handover


def narrowed_to_waiting(
    handovers: QuerySet[Handover], is_waiting: bool = True
) -> QuerySet[Handover]:
    """Those of which something still waits to be accepted; or, with False, nothing does."""
    waiting = HandoverItem.objects.filter(handover=OuterRef("pk"), state=HandoverItem.State.OFFERED)
    return handovers.filter(Exists(waiting) if is_waiting else ~Exists(waiting))


def waiting_for(officer: Officer) -> QuerySet[Handover]:
    """Offers that wait for this officer's answer."""
    return narrowed_to_waiting(handovers_visible_to(officer).filter(receiver=officer))


def waiting_from(officer: Officer) -> QuerySet[Handover]:
    """Offers of this officer that somebody has yet to answer."""
    return narrowed_to_waiting(handovers_visible_to(officer).filter(giver=officer))


def open_offer_of(incident: Incident, capacity: Capacity | str) -> HandoverItem | None:
    """The offer of the incident that waits for an answer, if there is one."""
    return (
        HandoverItem.objects.select_related("handover__giver", "handover__receiver")
        .filter(incident=incident, capacity=capacity, state=HandoverItem.State.OFFERED)
        .first()
    )


def handovers_of(incident: Incident) -> QuerySet[HandoverItem]:
    """Every offer of the incident, latest first."""
    return (
        HandoverItem.objects.select_related("handover__giver", "handover__receiver", "decided_by")
        .filter(incident=incident)
        .order_by("-handover__offered_at", "-pk")
    )


def rungs_reached(items: Sequence[HandoverItem]) -> dict[int, int]:
    """{item pk: the last rung of its ladder that was raised}, of waiting items; one query.

    Left out is what nobody above has been told of yet.
    """
    waits = Deadline.objects.filter(
        code=Code.OWN_5,
        subject__in=[OfHandoverItem(item.pk).spelled for item in items],
        met_at__isnull=True,
        cancelled_at__isnull=True,
        next_rung__gt=Rung.INSPECTOR,
    )
    return {
        each.about.pk: each.next_rung - 1
        for each in waits
        if isinstance(each.about, OfHandoverItem)
    }


def climbed_in(reader: Officer) -> QuerySet[HandoverItem]:
    """Waiting items of the BCUs the officer sees whose ladder has gone past the receiver."""
    climbed = Deadline.objects.filter(
        incident=OuterRef("incident"),
        code=Code.OWN_5,
        subject=Cast(OuterRef("pk"), CharField()),
        met_at__isnull=True,
        cancelled_at__isnull=True,
        next_rung__gt=Rung.INSPECTOR,
    )
    seen = bcus_seen_by(reader)
    found = HandoverItem.objects.filter(Exists(climbed), state=HandoverItem.State.OFFERED)
    if seen is not None:
        found = found.filter(handover__bcu__in=seen)
    return found.select_related("incident__person", "handover__giver", "handover__receiver")
