"""The change of shift, watched by the clock: whose inspector has gone and nobody has accepted.

Nothing is taken from anybody here. It is written down, due from the incoming inspector within the
hour (OWN-5), and offered to them where the outgoing one has offered it to nobody.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from core.text import at_time
from mispers.models import Incident
from mispers.rules.codes import Code
from mispers.rules.stages import OPEN_STAGES
from mispers.selectors.protocol import in_force
from mispers.services.gateway import record
from officers.models import BCU, Officer, Shift
from officers.rules.roles import Role
from officers.rules.turns import turn_at
from officers.selectors.duty import NobodyToAnswer, on_duty
from ownership import events
from ownership.models import Capacity, Deadline, HandoverItem, Holding
from ownership.rules.subjects import OfShift
from ownership.selectors.custody import holding_of
from ownership.selectors.handovers import open_offer_of
from ownership.services.locking import count_up
from ownership.services.offering import pass_on_by_clock

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Change:
    """The last change of shift of a BCU's inspectors: when (UTC), and who came on duty."""

    bcu: str
    at: datetime
    incoming: Officer

    @property
    def subject(self) -> str:
        """By which its deadlines are known in their table."""
        return OfShift(self.at).spelled


def watch_changes_of_shift(*, now: datetime) -> int:
    """Record each open incident whose inspector has gone off duty unrelieved; once each change.

    Answers how many records it wrote on. One that somebody is changing waits for the next sweep.
    """
    written = 0
    for bcu in BCU.objects.order_by("code"):
        change = last_change(bcu, now)
        if change is None:
            continue
        written += _each(_unrelieved(change, now), partial(_shift_ended, change=change, now=now))
        written += _each(_unoffered(change, now), partial(_offer, change=change, now=now))
    return written


def last_change(bcu: BCU, now: datetime) -> Change | None:
    """When whoever is duty inspector now came on; in a gap of the rota, when the last one went."""
    try:
        found = on_duty(bcu, Role.DUTY_INSPECTOR, now)
    except NobodyToAnswer:
        return None
    shifts = Shift.objects.filter(bcu=bcu, role=Role.DUTY_INSPECTOR)
    if found.is_fallback:
        at = shifts.filter(ends_at__lte=now).aggregate(at=Max("ends_at"))["at"]
    else:
        on_now = shifts.filter(officer=found.officer, starts_at__lte=now, ends_at__gt=now)
        at = on_now.aggregate(at=Max("starts_at"))["at"]
    return Change(bcu.code, at or turn_at(now).starts_at, found.officer)


def _unrelieved(change: Change, now: datetime) -> QuerySet[Holding, int]:
    """Incidents whose inspector is off duty here and is not the incoming one, not yet recorded."""
    on_now = Shift.objects.filter(
        officer=OuterRef("officer"), bcu=change.bcu, starts_at__lte=now, ends_at__gt=now
    )
    recorded = Deadline.objects.filter(
        incident=OuterRef("incident"), code=Code.OWN_5, subject=change.subject
    )
    return (
        Holding.objects.filter(
            ~Exists(on_now),
            ~Exists(recorded),
            capacity=Capacity.INSPECTOR,
            incident__bcu=change.bcu,
            incident__stage__in=OPEN_STAGES,
        )
        .exclude(officer=change.incoming)
        .order_by("incident_id")
        .values_list("incident_id", flat=True)
    )


def _unoffered(change: Change, now: datetime) -> QuerySet[Deadline, int]:
    """Those that nobody has offered in fifteen minutes; what went back is not among them."""
    offered = HandoverItem.objects.filter(
        incident=OuterRef("incident"),
        capacity=Capacity.INSPECTOR,
        handover__offered_at__gte=OuterRef("opened_at"),
    )
    waiting = HandoverItem.objects.filter(
        incident=OuterRef("incident"),
        capacity=Capacity.INSPECTOR,
        state=HandoverItem.State.OFFERED,
    )
    patience = in_force(now).allow("handover_reminder")
    return (
        Deadline.objects.filter(
            ~Exists(offered),
            ~Exists(waiting),
            code=Code.OWN_5,
            subject=change.subject,
            incident__bcu=change.bcu,
            met_at__isnull=True,
            cancelled_at__isnull=True,
            opened_at__lte=now - patience,
        )
        .order_by("incident_id")
        .values_list("incident_id", flat=True)
    )


def _each(incident_pks: Iterable[int], work: Callable[[int], bool]) -> int:
    """One record that cannot be written on must not keep the others from it."""
    done = 0
    for pk in list(incident_pks):
        try:
            done += work(pk)
        except Exception:
            logger.exception("The change of shift of incident %s could not be recorded.", pk)
    return done


@transaction.atomic
def _shift_ended(incident_pk: int, change: Change, now: datetime) -> bool:
    incident = _locked(incident_pk)
    holding = holding_of(incident, Capacity.INSPECTOR) if incident else None
    if (
        incident is None
        or holding is None
        or not _unrelieved(change, now).filter(incident=incident)
    ):
        return False
    waiting = open_offer_of(incident, Capacity.INSPECTOR)
    offered = (
        f"offered to {waiting.handover.receiver} and not accepted"
        if waiting
        else "offered to nobody"
    )
    record(
        incident,
        events.SHIFT_ENDED,
        events.ShiftEnded(
            boundary=change.at,
            holder=holding.officer_id,
            holder_name=str(holding.officer),
            incoming=change.incoming.pk,
        ),
        by=None,
        now=now,
        summary=f"The shift changed, {at_time(change.at)}: {incident.reference} was {offered}. "
        f"{holding.officer} is off duty and still answers; {change.incoming} is on duty.",
    )
    count_up([incident.pk])
    return True


@transaction.atomic
def _offer(incident_pk: int, change: Change, now: datetime) -> bool:
    incident = _locked(incident_pk)
    if incident is None or not _unoffered(change, now).filter(incident=incident):
        return False
    made = pass_on_by_clock(
        incident=incident,
        capacity=Capacity.INSPECTOR,
        role=Role.DUTY_INSPECTOR,
        reason=f"The shift has changed and nobody handed it over ({Code.OWN_5}).",
        now=now,
    )
    count_up([incident.pk])
    return made is not None


def _locked(incident_pk: int) -> Incident | None:
    return (
        Incident.objects.select_related("person", "bcu")
        .select_for_update(of=("self",), skip_locked=True)
        .filter(pk=incident_pk)
        .first()
    )
