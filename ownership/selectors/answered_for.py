"""Everything that one officer answered for in a period, in either capacity and by actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from mispers.models import Incident
from mispers.selectors.incidents import incidents_visible_to
from officers.models import Officer, Shift
from officers.selectors.visibility import Reader
from ownership.models import Action, ActionLink, Capacity, CustodyLink
from ownership.models.chain import Basis
from ownership.selectors.answering import RESPONSIBLE

CAPACITIES = {**dict(Capacity.choices), RESPONSIBLE: "Responsible for an action"}


@dataclass(frozen=True)
class AnsweredFor:
    """One stretch in which the officer answered. until (UTC) is None while it lasts.

    It ends where the next officer took it on, with the action, or with the closed record.
    shift is the duty they were on when they took it on, in that BCU, if any.
    """

    officer: Officer
    incident: Incident
    action: Action | None
    capacity: str
    taken_at: datetime
    until: datetime | None
    basis: str
    is_fallback: bool
    shift: Shift | None

    @property
    def capacity_label(self) -> str:
        """The capacity in words."""
        return CAPACITIES[self.capacity]

    @property
    def basis_label(self) -> str:
        """What made them the holder, in words."""
        return Basis(self.basis).label


def answered_for(
    officer: Officer, reader: Reader, start: datetime, end: datetime
) -> list[AnsweredFor]:
    """All of it between two moments (UTC), the latest taken on first; four queries.

    Only of incidents that the reader sees.
    """
    visible = incidents_visible_to(reader).order_by().values("pk")
    links: list[CustodyLink | ActionLink] = [
        *_custody(officer, visible, start, end),
        *_actions(officer, visible, start, end),
    ]
    shifts = _shifts(officer, links)
    found = [
        AnsweredFor(
            officer=officer,
            incident=_incident(link),
            action=link.action if isinstance(link, ActionLink) else None,
            capacity=RESPONSIBLE if isinstance(link, ActionLink) else link.capacity,
            taken_at=link.taken_at,
            until=link.until,  # type: ignore[union-attr]  # annotated below
            basis=link.basis,
            is_fallback=link.is_fallback,
            shift=_shift_behind(link, shifts),
        )
        for link in links
    ]
    return sorted(found, key=lambda each: (each.taken_at, each.incident.pk), reverse=True)


def _custody(
    officer: Officer, visible: QuerySet, start: datetime, end: datetime
) -> QuerySet[CustodyLink]:
    following = CustodyLink.objects.filter(
        incident=OuterRef("incident"),
        capacity=OuterRef("capacity"),
        taken_at__gt=OuterRef("taken_at"),
    ).order_by("taken_at")
    # A record that was reopened is not closed now; its chain then went on with a further link.
    closed = Case(When(incident__closed_at__gt=F("taken_at"), then=F("incident__closed_at")))
    return (
        CustodyLink.objects.filter(officer=officer, incident__in=visible, taken_at__lt=end)
        .annotate(until=Coalesce(Subquery(following.values("taken_at")[:1]), closed))
        .filter(Q(until__isnull=True) | Q(until__gt=start))
        .select_related("incident__person")
    )


def _actions(
    officer: Officer, visible: QuerySet, start: datetime, end: datetime
) -> QuerySet[ActionLink]:
    following = ActionLink.objects.filter(
        action=OuterRef("action"), taken_at__gt=OuterRef("taken_at")
    ).order_by("taken_at")
    return (
        ActionLink.objects.filter(officer=officer, action__incident__in=visible, taken_at__lt=end)
        .annotate(until=Coalesce(Subquery(following.values("taken_at")[:1]), F("action__ended_at")))
        .filter(Q(until__isnull=True) | Q(until__gt=start))
        .select_related("action__incident__person")
    )


def _incident(link: CustodyLink | ActionLink) -> Incident:
    return link.action.incident if isinstance(link, ActionLink) else link.incident


def _shifts(officer: Officer, links: Sequence[CustodyLink | ActionLink]) -> list[Shift]:
    if not links:
        return []
    moments = [link.taken_at for link in links]
    shifts = Shift.objects.filter(
        officer=officer, starts_at__lte=max(moments), ends_at__gt=min(moments)
    )
    return list(shifts.order_by("-starts_at", "-pk"))


def _shift_behind(link: CustodyLink | ActionLink, shifts: Sequence[Shift]) -> Shift | None:
    bcu = _incident(link).bcu_id
    return next(
        (s for s in shifts if s.bcu_id == bcu and s.starts_at <= link.taken_at < s.ends_at), None
    )
