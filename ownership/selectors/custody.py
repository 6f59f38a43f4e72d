"""Who answers, and who answered at any instant, for an incident and its actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from mispers.models import Incident
from mispers.registries import Provider
from mispers.rules.strip import AnswersFor
from officers.models import Officer, Shift
from ownership.models import Action, ActionLink, Capacity, CustodyLink, Handover, Holding
from ownership.models.chain import Link


@dataclass(frozen=True)
class Period:
    """One stretch of a chain. until is None while it lasts; shift is the duty behind it, if any."""

    capacity: Capacity
    officer: Officer
    taken_at: datetime
    until: datetime | None
    basis: str
    basis_label: str
    is_fallback: bool
    handover: Handover | None
    shift: Shift | None
    pk: int


def holding_of(incident: Incident, capacity: Capacity | str) -> Holding | None:
    """Who holds the incident now."""
    return (
        Holding.objects.select_related("officer")
        .filter(incident=incident, capacity=capacity)
        .first()
    )


def holders_of(incidents: Sequence[Incident], capacity: Capacity) -> Mapping[int, AnswersFor]:
    """{incident pk: who holds it now}, in one query for any number of incidents."""
    found = Holding.objects.filter(incident__in=incidents, capacity=capacity)
    return {
        holding.incident_id: _answers(holding.officer, holding.since)
        for holding in found.select_related("officer")
    }


def holders_as_at(
    incidents: Sequence[Incident], capacity: Capacity, at: datetime
) -> Mapping[int, AnswersFor]:
    """{incident pk: who held it at `at`}, in one query."""
    links = CustodyLink.objects.filter(incident__in=incidents, capacity=capacity, taken_at__lte=at)
    found = links.order_by("incident_id", "-taken_at").distinct("incident_id")
    return {
        link.incident_id: _answers(link.officer, link.taken_at)
        for link in found.select_related("officer")
    }


def _answers(officer: Officer, since: datetime) -> AnswersFor:
    rank = str(officer.get_rank_display())
    return AnswersFor(officer.pk, officer.get_full_name(), rank, since)


def _holder(capacity: Capacity) -> Provider:
    def load(incidents: Sequence[Incident], now: datetime) -> Mapping[int, AnswersFor]:
        return holders_of(incidents, capacity)

    def as_at(incidents: Sequence[Incident], at: datetime) -> Mapping[int, AnswersFor]:
        return holders_as_at(incidents, capacity, at)

    return Provider(capacity.value, load, as_at=as_at)


OWNER, INSPECTOR = _holder(Capacity.OWNER), _holder(Capacity.INSPECTOR)


def holder_at(incident: Incident, capacity: Capacity | str, at: datetime) -> CustodyLink | None:
    """The link in force at `at`: its officer answered then. None before the chain starts."""
    return (
        CustodyLink.objects.select_related("officer", "handover_item__handover")
        .filter(incident=incident, capacity=capacity, taken_at__lte=at)
        .order_by("-taken_at")
        .first()
    )


def chain_of(incident: Incident) -> list[Period]:
    """Both chains, the owner's first, from start to now, with the shift behind each link."""
    links = list(
        CustodyLink.objects.select_related("officer", "handover_item__handover")
        .filter(incident=incident)
        .order_by("-capacity", "taken_at")
    )
    shifts = shifts_behind(incident.bcu_id, links)
    periods = []
    for index, link in enumerate(links):
        following = links[index + 1] if index + 1 < len(links) else None
        is_same_chain = following is not None and following.capacity == link.capacity
        periods.append(
            Period(
                capacity=Capacity(link.capacity),
                officer=link.officer,
                taken_at=link.taken_at,
                until=following.taken_at if following and is_same_chain else None,
                basis=link.basis,
                basis_label=link.get_basis_display(),
                is_fallback=link.is_fallback,
                handover=link.handover_item.handover if link.handover_item else None,
                shift=shifts.get(link.pk),
                pk=link.pk,
            )
        )
    return periods


def responsible_at(action: Action, at: datetime) -> ActionLink | None:
    """Who was responsible for the action at `at`; None before it was set."""
    return (
        ActionLink.objects.select_related("officer")
        .filter(action=action, taken_at__lte=at)
        .order_by("-taken_at")
        .first()
    )


def narrowed_by_holder(
    incidents: QuerySet[Incident], capacity: Capacity, officer_id: str
) -> QuerySet[Incident]:
    """Those the officer holds in the capacity now; none for an id that no officer has."""
    if not (officer_id.isascii() and officer_id.isdigit()):
        return incidents.none()
    return incidents.filter(holdings__capacity=capacity, holdings__officer=int(officer_id))


def shifts_behind(bcu: str, links: Sequence[Link]) -> dict[int, Shift]:
    """{link pk: the officer's shift in the BCU when they took it on}, in one query."""
    if not links:
        return {}
    shifts = list(
        Shift.objects.filter(
            bcu=bcu,
            officer__in={link.officer_id for link in links},
            starts_at__lte=max(link.taken_at for link in links),
            ends_at__gt=min(link.taken_at for link in links),
        ).order_by("starts_at", "pk")
    )
    return {
        link.pk: shift
        for link in links
        for shift in shifts
        if shift.officer_id == link.officer_id and shift.starts_at <= link.taken_at < shift.ends_at
    }
