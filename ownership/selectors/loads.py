"""Everything that somebody holds, for the day on which they leave or are away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mispers.models import Incident
from mispers.rules.stages import OPEN_STAGES
from mispers.selectors.incidents import open_incidents_visible_to
from officers.models import Absence, Officer
from officers.selectors.visibility import bcus_seen_by
from ownership.models import Action, Capacity, HandoverItem, Holding
from ownership.selectors.actions import RUNNING, actions_visible_to


@dataclass(frozen=True)
class Load:
    """What an officer holds, as far as the reader sees it.

    free: incidents in each capacity that are on offer to nobody. waiting: offers of what they hold,
    and offers to them, which nobody has answered. actions: those still running.
    """

    free: dict[Capacity, list[Incident]]
    offered_by_them: list[HandoverItem]
    offered_to_them: list[HandoverItem]
    actions: list[Action]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is left with them."""
        return not (
            any(self.free.values()) or self.offered_by_them or self.offered_to_them or self.actions
        )


def load_of(reader: Officer, officer: Officer) -> Load:
    """Everything the officer answers for, in a fixed number of queries."""
    offers = list(
        HandoverItem.objects.select_related(
            "incident__person", "handover__giver", "handover__receiver"
        )
        .filter(
            Q(incident__holdings__officer=officer) | Q(handover__receiver=officer),
            state=HandoverItem.State.OFFERED,
            incident__in=open_incidents_visible_to(reader),
        )
        .distinct()
        .order_by("pk")
    )
    held = {each: _held(reader, officer, each) for each in Capacity}
    to_them = [each for each in offers if each.handover.receiver_id == officer.pk]
    mine = {(capacity, each.pk) for capacity, some in held.items() for each in some}
    by_them = [each for each in offers if (each.capacity, each.incident_id) in mine]
    on_offer = {(each.capacity, each.incident_id) for each in by_them}
    return Load(
        free={
            capacity: [each for each in some if (capacity, each.pk) not in on_offer]
            for capacity, some in held.items()
        },
        offered_by_them=by_them,
        offered_to_them=to_them,
        actions=list(actions_visible_to(reader).filter(responsible=officer, state__in=RUNNING)),
    )


def officers_to_relieve(reader: Officer, now: datetime) -> Sequence[Any]:
    """Officers of the reader's BCUs who are away or have left and still hold something.

    Each has `incidents` and `actions_left` (how many), and `away_until` (None for a leaver).
    """
    away = (
        Absence.objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=now), starts_at__lte=now, ends_at__gt=now
        )
        .filter(officer=OuterRef("pk"))
        .order_by("-ends_at")
    )
    found: QuerySet[Any] = Officer.objects.annotate(
        away_until=Subquery(away.values("ends_at")[:1]),
        incidents=_how_many(Holding.objects.filter(incident__stage__in=OPEN_STAGES), "officer"),
        actions_left=_how_many(Action.objects.filter(state__in=RUNNING), "responsible"),
    )
    seen = bcus_seen_by(reader)
    if seen is not None:
        found = found.filter(bcu__in=seen)
    return list(
        found.filter(Q(is_active=False) | Q(away_until__isnull=False))
        .filter(Q(incidents__gt=0) | Q(actions_left__gt=0))
        .order_by("is_active", "family_name", "given_name", "pk")
    )


def _held(reader: Officer, officer: Officer, capacity: Capacity) -> list[Incident]:
    return list(
        open_incidents_visible_to(reader)
        .filter(holdings__capacity=capacity, holdings__officer=officer)
        .order_by("reported_at", "pk")
    )


def _how_many(rows: QuerySet[Any], column: str) -> Coalesce:
    counted = (
        rows.filter(**{column: OuterRef("pk")})
        .order_by()
        .values(column)
        .annotate(number=Count("pk"))
        .values("number")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
