"""Officers away: their shifts come off the rota, to be covered, and go back if they return."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from core import trail
from core.errors import Invalid, NotPermitted, NotVisible
from core.text import counted
from core.trail import Kind
from officers.errors import AbsenceOver, AlreadyAway
from officers.events import ABSENCE_ENDED, ABSENCE_RECORDED, OfAbsence, OfShift
from officers.models import Absence, Officer, Shift
from officers.services.rota_checks import (
    absences_during,
    check_in_service,
    check_may_edit,
    cut_out,
    facts,
    in_words,
    lock,
    piece,
    rota_stream,
    until,
)

LONGEST_ABSENCE = timedelta(days=366)


def record_absence(
    *,
    officer: Officer,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    by: Officer,
    now: datetime,
) -> Absence:
    """Record that an officer is away; what they were to do in that time, wherever, is uncovered.

    Anybody records their own absence. What has passed of it stays on the rota as it was. Raises
    NotVisible, NotPermitted, Invalid, and Conflict when they are away then already.
    """
    if officer.pk != by.pk:
        check_may_edit(by, officer.bcu_id, now)
    check_in_service(officer)
    _check_period(starts_at, ends_at, now)
    with transaction.atomic():
        shifts = _lock_shifts(officer, starts_at, ends_at)
        if away := absences_during([officer.pk], starts_at, ends_at):
            raise AlreadyAway(f"{officer} is away until {in_words(until(away[0]))} already.")
        absence = Absence.objects.create(
            officer=officer,
            kind=kind,
            starts_at=starts_at,
            ends_at=ends_at,
            recorded_by=by,
            recorded_at=now,
        )
        uncovered = [_cut(shift, absence, by, now) for shift in shifts if shift.ends_at > now]
        summary = (
            f"{by} recorded that {officer} is away from {in_words(starts_at)} "
            f"to {in_words(ends_at)}."
        )
        _record(ABSENCE_RECORDED, absence, uncovered, summary, by, now)
    return absence


def end_absence(*, absence: int, by: Officer, now: datetime) -> Absence:
    """The officer is back: their shifts go back on the rota, but where somebody stands in.

    Raises NotVisible, and Conflict when the absence is over.
    """
    found = Absence.objects.select_related("officer").filter(pk=absence).first()
    if found is None:
        raise NotVisible
    if found.officer_id != by.pk:
        try:
            check_may_edit(by, found.officer.bcu_id, now)
        except NotPermitted:
            # That somebody is away is not for everybody to know.
            raise NotVisible from None
    with transaction.atomic():
        away = Shift.every.filter(absence=found).order_by("starts_at")
        lock({found.officer.bcu_id, *away.values_list("bcu", flat=True)})
        found.refresh_from_db(fields=["ended_at"])
        if until(found) <= now:
            raise AbsenceOver("This absence is over.")
        found.ended_at = max(now, found.starts_at)
        found.save(update_fields=["ended_at"])
        waiting = [each for each in away if each.ends_at > now and not _is_taken(each)]
        back = [piece(each, max(each.starts_at, now), each.ends_at) for each in waiting]
        _record(ABSENCE_ENDED, found, back, f"{by} recorded that {found.officer} is back.", by, now)
    return found


def _lock_shifts(officer: Officer, starts_at: datetime, ends_at: datetime) -> list[Shift]:
    """The officer's standing shifts of the period, in every BCU, their rotas locked."""
    during = Shift.objects.filter(officer=officer, starts_at__lt=ends_at, ends_at__gt=starts_at)
    lock({officer.bcu_id, *during.values_list("bcu", flat=True)})
    return list(during.select_related("officer").order_by("starts_at"))


def _cut(shift: Shift, absence: Absence, by: Officer, now: datetime) -> Shift:
    """Take a shift out for as long as the absence lasts; before and after it stands."""
    start, end = max(shift.starts_at, absence.starts_at, now), min(shift.ends_at, absence.ends_at)
    return cut_out(shift, start, end, by=by, now=now, absence=absence)


def _is_taken(away: Shift) -> bool:
    """Whether somebody stands in, or it is on the rota again."""
    return (
        Shift.objects.filter(covers=away).exists()
        or Shift.objects.filter(
            officer=away.officer_id,
            bcu=away.bcu_id,
            role=away.role,
            starts_at__lt=away.ends_at,
            ends_at__gt=away.starts_at,
        ).exists()
    )


def _check_period(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    if ends_at <= starts_at:
        raise Invalid.field("ends_at", "ends_before_start", "The end must be after the start")
    if ends_at - starts_at > LONGEST_ABSENCE:
        raise Invalid.field("ends_at", "too_long", "Record at most a year at a time")
    if ends_at <= now:
        raise Invalid.field("ends_at", "in_the_past", "It must end in the future")


def _record(
    what: Kind[OfAbsence],
    absence: Absence,
    shifts: Iterable[Shift],
    summary: str,
    by: Officer,
    now: datetime,
) -> None:
    """On the trail of every rota it touches; why somebody is away stays off it."""
    shifts = list(shifts)
    for bcu in sorted({absence.officer.bcu_id, *(shift.bcu_id for shift in shifts)}):
        its = [shift for shift in shifts if shift.bcu_id == bcu]
        number = f" {counted(len(its), 'shift')}"
        tail = " to be covered." if what is ABSENCE_RECORDED else " back on the rota."
        trail.record(
            what,
            stream=rota_stream(bcu),
            bcu=bcu,
            by=by,
            now=now,
            summary=f"{summary}{number}{tail}" if its else summary,
            data=OfAbsence(
                absence=absence.pk,
                officer=absence.officer_id,
                starts_at=absence.starts_at,
                ends_at=until(absence),
                shifts=tuple(OfShift(**facts(shift)) for shift in its),
            ),
        )
