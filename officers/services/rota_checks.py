"""What every change of the rota has in common: the lock, who may, what is wrong, the trail."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from core.errors import Invalid, NotVisible
from core.london import in_london
from officers.errors import OfficerAway, ShiftExists, ShiftOver, ShiftTakenOut
from officers.events import ShiftFields
from officers.models import BCU, Absence, Officer, Shift
from officers.permissions import check_may
from officers.rules.permitted import Permission
from officers.rules.roles import Role
from officers.rules.turns import lasts_too_long


def rota_stream(bcu: str) -> str:
    """The trail of a BCU's rota."""
    return f"rota-{bcu}"


def in_words(moment: datetime) -> str:
    """A moment in local time with its zone, as an event's sentence has it."""
    return in_london(moment).strftime("%H:%M %Z on %d %b %Y")


def described(shift: Shift) -> str:
    """A shift within a sentence."""
    return (
        f"{Role(shift.role).label} in {shift.bcu_id} from {in_words(shift.starts_at)} "
        f"to {in_words(shift.ends_at)}"
    )


def facts(shift: Shift) -> ShiftFields:
    """What an event holds of a shift."""
    return {
        "shift": shift.pk,
        "role": shift.role,
        "officer": shift.officer_id,
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
    }


def lock(bcus: Iterable[str]) -> None:
    """One change of a BCU's rota at a time; several BCUs always in the same order.

    Whoever puts an officer on duty locks the officer's own BCU too: their absences are under it.
    """
    list(BCU.objects.select_for_update().filter(pk__in=set(bcus)).order_by("pk"))


def check_may_edit(by: Officer, bcu: str, now: datetime) -> None:
    """Raise NotVisible for a BCU out of sight, NotPermitted without the permission there."""
    seen = by.bcus_seen()
    if seen is not None and bcu not in seen:
        raise NotVisible
    check_may(by, Permission.EDIT_ROTA, now, bcu)


def check_times(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raise Invalid for a shift that ends before it starts, lasts too long, or is over."""
    if ends_at <= starts_at:
        raise Invalid.field("ends_at", "ends_before_start", "The end must be after the start")
    if lasts_too_long(starts_at, ends_at):
        raise Invalid.field("ends_at", "too_long", "A shift can last at most 24 hours")
    if ends_at <= now:
        raise Invalid.field("ends_at", "in_the_past", "The shift must end in the future")


def check_in_service(officer: Officer) -> None:
    """Raise Invalid for somebody who has left."""
    if not officer.is_active:
        raise Invalid.field("officer", "not_active", f"{officer} is no longer in service")


def check_free(shift: Shift, *, but: Collection[int] = ()) -> None:
    """Raise Conflict when the officer is away then, or in this role of this BCU already.

    but: ids of shifts that do not count. Call it with the BCU locked.
    """
    during = Shift.objects.filter(
        bcu=shift.bcu_id,
        role=shift.role,
        officer=shift.officer_id,
        starts_at__lt=shift.ends_at,
        ends_at__gt=shift.starts_at,
    )
    if during.exclude(pk__in=but).exists():
        raise ShiftExists(f"{shift.officer} is already on the rota in this role at that time.")
    away = absences_during([shift.officer_id], shift.starts_at, shift.ends_at)
    if away:
        raise OfficerAway(f"{shift.officer} is away until {in_words(until(away[0]))}.")


def absences_during(
    officers: Collection[int], starts_at: datetime, ends_at: datetime
) -> list[Absence]:
    """Absences of these officers that touch the period."""
    found = Absence.objects.filter(
        officer__in=officers, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    return [each for each in found if until(each) > max(starts_at, each.starts_at)]


def until(absence: Absence) -> datetime:
    """When an absence ends, or ended early."""
    return absence.ended_at or absence.ends_at


def shift_for_change(pk: int, by: Officer, now: datetime, *, also: Officer | None = None) -> Shift:
    """The standing shift with its BCU locked, for somebody who may change that BCU's rota.

    also: whoever is to serve, whose absences are then locked too.

    Raises NotVisible, NotPermitted, and Conflict where it no longer stands or is over.
    """
    found = Shift.every.filter(pk=pk).first()
    if found is None:
        raise NotVisible
    check_may_edit(by, found.bcu_id, now)
    lock([found.bcu_id, *([also.bcu_id] if also else [])])
    return still_standing(pk, now)


def still_standing(pk: int, now: datetime) -> Shift:
    """The shift as it is under the lock. Raises Conflict, saying who took it out, or it is over."""
    shift = Shift.every.select_related("officer", "bcu", "taken_out_by").get(pk=pk)
    if shift.taken_out_at is not None:
        raise ShiftTakenOut(
            f"{shift.taken_out_by} took this shift out of the rota at "
            f"{in_words(shift.taken_out_at)}."
        )
    if shift.ends_at <= now:
        raise ShiftOver("This shift is over: what has passed stays as it was.")
    return shift


def take_out(shift: Shift, *, by: Officer, now: datetime) -> Shift:
    """Take a locked shift out, or the rest of it where it runs already."""
    return cut_out(shift, max(shift.starts_at, now), shift.ends_at, by=by, now=now)


def cut_out(
    shift: Shift,
    starts_at: datetime,
    ends_at: datetime,
    *,
    by: Officer,
    now: datetime,
    absence: Absence | None = None,
) -> Shift:
    """Take a stretch of a locked shift out; what is before and after it stands.

    Answers the row that holds just that stretch, taken out, so that what is to be covered can be
    seen from it.
    """
    taken = {"taken_out_at": now, "taken_out_by": by}
    if (starts_at, ends_at) == (shift.starts_at, shift.ends_at):
        Shift.every.filter(pk=shift.pk).update(absence=absence, **taken)
        return Shift.every.select_related("officer").get(pk=shift.pk)
    Shift.every.filter(pk=shift.pk).update(**taken)
    if shift.starts_at < starts_at:
        piece(shift, shift.starts_at, starts_at)
    if ends_at < shift.ends_at:
        piece(shift, ends_at, shift.ends_at)
    return piece(shift, starts_at, ends_at, absence=absence, **taken)


def piece(shift: Shift, starts_at: datetime, ends_at: datetime, **over: Any) -> Shift:
    """A row for a part of a shift that was taken out; it stands unless told otherwise."""
    return Shift.every.create(
        bcu_id=shift.bcu_id,
        role=shift.role,
        officer_id=shift.officer_id,
        starts_at=starts_at,
        ends_at=ends_at,
        replaces=shift,
        **over,
    )
