"""Going off duty: what nobody has accepted stays with who goes, and the next rung is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from core import trail
from core.models import Event
from core.text import agreeing, at_time, counted
from mispers.models import Incident
from mispers.rules.stages import OPEN_STAGES
from mispers.services.gateway import record
from officers.models import Officer, Shift
from officers.permissions import check_may
from officers.rules.permitted import Permission
from officers.services.rota_checks import rota_stream
from ownership import events
from ownership.models import Capacity, HandoverItem, Holding
from ownership.selectors.handovers import open_offer_of, rungs_reached
from ownership.selectors.risk import risks_of
from ownership.selectors.sitting import role_to_take
from ownership.services.locking import count_up, lock_incidents, lock_officer
from ownership.services.offering import pass_on_by_clock, path_of
from ownership.services.telling import tell
from riskassessment.models import RiskAssessment

# Off the rota, one sign-off counts for so long.
ONE_SHIFT = timedelta(hours=8)


@dataclass(frozen=True)
class Left:
    """An incident that stays with who goes off duty: in which capacity, and the offer that waits.

    waiting is None where nobody could be found to offer it to.
    """

    incident: Incident
    capacity: Capacity
    waiting: HandoverItem | None


@transaction.atomic
def sign_off(*, by: Officer, now: datetime) -> list[Left]:
    """Record that the officer goes off duty; answers what nobody has accepted from them.

    Nothing moves: they go on answering for it. What they have not offered the clock offers to
    whoever is on duty, and what waits climbs to the next rung at once, which takes it only by
    accepting. A second press records nothing again.
    """
    check_may(by, Permission.HAND_OVER, now)
    held = list(_held(by))
    incidents = lock_incidents([holding.incident_id for holding in held])
    # One sign-off at a time; the incidents first, as everywhere.
    lock_officer(by.pk)
    risks = risks_of(list(incidents))
    left = [
        Left(incident, capacity, _offered_on(incident, capacity, by, risks, now))
        for holding in _held(by)
        if (incident := incidents.get(holding.incident_id)) is not None
        for capacity in [Capacity(holding.capacity)]
    ]
    climbed = rungs_reached([each.waiting for each in left if each.waiting])
    newly = [each for each in left if each.waiting is None or each.waiting.pk not in climbed]
    if _is_recorded(by, now):
        newly = [each for each in newly if each.waiting is not None]
    for each in newly:
        _record_left(each, by, now)
    count_up({each.incident.pk for each in newly})
    _tell_receivers(newly, by, now)
    _record_sign_off(left, by, now)
    return left


def _held(officer: Officer) -> Sequence[Holding]:
    return list(
        Holding.objects.filter(officer=officer, incident__stage__in=OPEN_STAGES).order_by(
            "incident__reported_at", "incident_id", "capacity"
        )
    )


def _offered_on(
    incident: Incident,
    capacity: Capacity,
    by: Officer,
    risks: dict[int, RiskAssessment],
    now: datetime,
) -> HandoverItem | None:
    """The offer that waits; where there is none, the clock makes one, but not back to who goes."""
    waiting = open_offer_of(incident, capacity)
    if waiting is not None:
        return waiting
    return pass_on_by_clock(
        incident=incident,
        capacity=capacity,
        role=role_to_take(incident, capacity, risks.get(incident.pk)),
        reason=f"{by} went off duty without offering it.",
        now=now,
    )


def _record_left(left: Left, by: Officer, now: datetime) -> None:
    if left.waiting is None:
        what = "Nobody else is on duty to offer it to"
    else:
        offer = left.waiting.handover
        what = f"It waits for {offer.receiver}, offered {at_time(offer.offered_at)}"
    record(
        left.incident,
        events.LEFT_WAITING,
        events.LeftWaiting(
            capacity=left.capacity.value, item=left.waiting.pk if left.waiting else None
        ),
        by=by,
        now=now,
        summary=f"{by} went off duty. {what}: {by} stays {left.capacity.label.lower()} of "
        f"{left.incident.reference} until somebody accepts it.",
    )


def _tell_receivers(newly: Sequence[Left], by: Officer, now: datetime) -> None:
    """One notice for each handover, however many of its items wait."""
    waiting: dict[int, list[HandoverItem]] = {}
    for each in newly:
        if each.waiting is not None:
            waiting.setdefault(each.waiting.handover_id, []).append(each.waiting)
    for items in waiting.values():
        handover = items[0].handover
        tell(
            handover.receiver,
            incident=None,
            title=f"{by} has gone off duty: {counted(len(items), 'incident')} still "
            f"{agreeing(len(items), 'waits', 'wait')} for your answer",
            link=path_of(handover),
            now=now,
        )


def _record_sign_off(left: Sequence[Left], by: Officer, now: datetime) -> None:
    if _is_recorded(by, now):
        return
    stays = (
        f"{counted(len(left), 'incident')} that nobody has accepted "
        f"{agreeing(len(left), 'stays', 'stay')} with them"
        if left
        else "nothing stays with them"
    )
    trail.record(
        events.SIGNED_OFF,
        stream=rota_stream(by.bcu_id),
        bcu=by.bcu_id,
        by=by,
        now=now,
        summary=f"{by} went off duty, {at_time(now)}: {stays}.",
        data=events.SignedOff(
            left=tuple((each.incident.reference, each.capacity.value) for each in left)
        ),
    )


def _is_recorded(by: Officer, now: datetime) -> bool:
    """Whether they have signed off in this shift already."""
    shift = Shift.objects.filter(officer=by, starts_at__lte=now, ends_at__gt=now).first()
    since = max(shift.starts_at, now - ONE_SHIFT) if shift else now - ONE_SHIFT
    return Event.objects.filter(
        stream=rota_stream(by.bcu_id),
        kind=events.SIGNED_OFF.code,
        actor=by,
        recorded_at__gte=since,
    ).exists()
