"""The last change of incidents, and how many since a moment; reminders change nothing."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Count, OuterRef, QuerySet, Subquery

from core import trail
from core.models import Event, Stream
from mispers.models import Incident
from mispers.registries import Provider
from mispers.rules.strip import Changed
from ownership import events


def last_changes(incidents: Sequence[Incident], now: datetime) -> dict[int, Changed]:
    """{incident pk: its last change}; one query, which looks at the end of each trail alone."""
    of_each = _changes().filter(stream=OuterRef("pk")).order_by("-seq").values("pk")[:1]
    streams = Stream.objects.filter(pk__in=[each.reference for each in incidents])
    latest = Event.objects.filter(pk__in=streams.values(latest=Subquery(of_each)))
    kinds = trail.kinds()
    by_stream = {
        event.stream_id: Changed(
            what=kinds[event.kind].label if event.kind in kinds else event.kind,
            by=event.actor_name,
            at=event.recorded_at,
        )
        for event in latest.only("stream_id", "kind", "actor_name", "recorded_at")
    }
    return {each.pk: by_stream[each.reference] for each in incidents if each.reference in by_stream}


def changes_since(incidents: Sequence[Incident], since: datetime) -> dict[int, int]:
    """{incident pk: how many changes were recorded since}; none of those without. One query."""
    found = _changes().filter(
        stream__in=[each.reference for each in incidents], recorded_at__gte=since
    )
    counted = dict(found.values_list("stream_id").annotate(Count("pk")))
    return {each.pk: counted[each.reference] for each in incidents if each.reference in counted}


def _changes() -> QuerySet[Event]:
    return Event.objects.exclude(kind=events.REMINDED.code)


CHANGED = Provider("changed", last_changes)
