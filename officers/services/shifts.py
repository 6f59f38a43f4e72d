"""Shifts one at a time: added, changed, taken out, covered by somebody else."""

from datetime import datetime
from typing import TypeVar

from django.db import IntegrityError, transaction

from core import trail
from core.errors import Invalid, NotVisible
from core.trail import Kind
from officers.errors import AlreadyCovered, ShiftStands
from officers.events import (
    SHIFT_ADDED,
    SHIFT_CHANGED,
    SHIFT_COVERED,
    SHIFT_TAKEN_OUT,
    OfShift,
    ShiftChanged,
    ShiftCovered,
)
from officers.models import Officer, Shift
from officers.rules.permitted import MAY, Permission
from officers.rules.roles import Role
from officers.rules.turns import ROTA_ROLES
from officers.services.rota_checks import (
    check_free,
    check_in_service,
    check_may_edit,
    check_times,
    described,
    facts,
    lock,
    rota_stream,
    shift_for_change,
    take_out,
)

S = TypeVar("S", bound=OfShift)


def add_shift(
    *,
    bcu: str,
    role: str,
    officer: Officer,
    starts_at: datetime,
    ends_at: datetime,
    by: Officer,
    now: datetime,
) -> Shift:
    """Put an officer on duty in a role of the BCU, from `starts_at` until `ends_at` (UTC).

    An officer of another BCU covers: they see and act there from an hour before until an hour
    after. Raises NotVisible for another BCU, NotPermitted, Invalid for a wrong time or officer,
    Conflict when the officer already has this shift or is away.
    """
    check_may_edit(by, bcu, now)
    check_times(starts_at, ends_at, now)
    check_can_serve(officer, role)
    with transaction.atomic():
        lock([bcu, officer.bcu_id])
        given = Shift(bcu_id=bcu, role=role, officer=officer, starts_at=starts_at, ends_at=ends_at)
        check_free(given)
        given.save(force_insert=True)
        _record(
            SHIFT_ADDED,
            OfShift(**facts(given)),
            given,
            f"{by} put {officer} on duty as {described(given)}.",
            by,
            now,
        )
    return given


def change_shift(
    *,
    shift: int,
    role: str,
    officer: Officer,
    starts_at: datetime,
    ends_at: datetime,
    by: Officer,
    now: datetime,
) -> Shift:
    """Put another shift in the place of one; both stay on the record.

    Of a running shift only the end can be changed. Raises as `add_shift`, and Conflict when the
    shift is over or was taken out by somebody else first.
    """
    with transaction.atomic():
        before = shift_for_change(shift, by, now, also=officer)
        is_running = before.starts_at < now
        check_times(starts_at, ends_at, now)
        check_can_serve(officer, role)
        given = Shift(
            bcu_id=before.bcu_id, role=role, officer=officer, starts_at=starts_at, ends_at=ends_at,
            replaces=before, covers_id=before.covers_id,
        )  # fmt: skip
        same = ("role", "officer_id", "starts_at")
        if is_running and any(getattr(given, each) != getattr(before, each) for each in same):
            raise Invalid.field(
                "ends_at",
                "running",
                "It has begun: change only its end, or take it out and add another",
            )
        if all(getattr(given, each) == getattr(before, each) for each in (*same, "ends_at")):
            raise Invalid.field("ends_at", "unchanged", "That is how it is already")
        check_free(given, but=[before.pk])
        Shift.objects.filter(pk=before.pk).update(taken_out_at=now, taken_out_by=by)
        given.save(force_insert=True)
        _record(
            SHIFT_CHANGED,
            ShiftChanged(**facts(given), before=OfShift(**facts(before))),
            given,
            f"{by} changed the rota: not {before.officer} as {described(before)}, "
            f"but {officer} as {described(given)}.",
            by,
            now,
        )
    return given


def take_out_shift(*, shift: int, by: Officer, now: datetime) -> Shift:
    """Take a shift out of the rota, or the rest of one that runs; answers what was taken out."""
    with transaction.atomic():
        found = shift_for_change(shift, by, now)
        rest = take_out(found, by=by, now=now)
        _record(
            SHIFT_TAKEN_OUT,
            OfShift(**facts(rest)),
            rest,
            f"{by} took {found.officer} off duty as {described(rest)}.",
            by,
            now,
        )
    return rest


def cover_shift(*, shift: int, officer: Officer, by: Officer, now: datetime) -> Shift:
    """Have an officer stand in for what was taken out of the rota.

    Whoever edits the rota names somebody, of another BCU too; anybody may take a shift of their own
    BCU and posting on themselves. Raises Conflict, naming them, when somebody stands in already.
    """
    with transaction.atomic():
        away = Shift.every.select_related("officer").filter(pk=shift).first()
        if away is None:
            raise NotVisible
        _check_may_cover(away, officer, by, now)
        lock([away.bcu_id, officer.bcu_id])
        away.refresh_from_db(fields=["taken_out_at"])
        if away.taken_out_at is None or Shift.every.filter(replaces=away).exists():
            raise ShiftStands(f"{away.officer} is on the rota for it.")
        _check_not_covered(away)
        starts_at = max(away.starts_at, now)
        check_times(starts_at, away.ends_at, now)
        check_can_serve(officer, away.role)
        given = Shift(
            bcu_id=away.bcu_id, role=away.role, officer=officer, starts_at=starts_at,
            ends_at=away.ends_at, covers=away,
        )  # fmt: skip
        check_free(given)
        _save_cover(given)
        whose = f" of {officer.bcu_id}" if officer.bcu_id != away.bcu_id else ""
        who = "takes" if officer.pk == by.pk else f"gave {officer}{whose}"
        _record(
            SHIFT_COVERED,
            ShiftCovered(**facts(given), covers=away.pk),
            given,
            f"{by} {who} the duty of {away.officer} as {described(given)}.",
            by,
            now,
        )
    return given


def check_can_serve(officer: Officer, role: str) -> None:
    """Raise Invalid for a role without a rota, or an officer who cannot be on one."""
    if role not in ROTA_ROLES:
        raise Invalid.field("role", "no_rota", "There is no rota for this role")
    check_in_service(officer)
    if Role(officer.role) not in MAY[Permission.RECORD]:
        raise Invalid.field("officer", "does_not_serve", f"{officer} is not posted to duty")


def _check_may_cover(away: Shift, officer: Officer, by: Officer, now: datetime) -> None:
    takes_it = officer.pk == by.pk and by.bcu_id == away.bcu_id and by.role == away.role
    if not takes_it:
        check_may_edit(by, away.bcu_id, now)


def _check_not_covered(away: Shift) -> None:
    there = Shift.objects.select_related("officer").filter(covers=away).first()
    if there is not None:
        raise AlreadyCovered(f"{there.officer} stands in already.")


def _save_cover(given: Shift) -> None:
    """The database has the last word on who stands in."""
    try:
        with transaction.atomic():
            given.save(force_insert=True)
    except IntegrityError:
        raise AlreadyCovered("Somebody stands in already.") from None


def _record(what: Kind[S], said: S, shift: Shift, summary: str, by: Officer, now: datetime) -> None:
    trail.record(
        what,
        stream=rota_stream(shift.bcu_id),
        bcu=shift.bcu_id,
        by=by,
        now=now,
        summary=summary,
        data=said,
    )
