"""Who is on duty: one answer per BCU, role and moment; the fallback where the rota has a gap."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from core.errors import DomainError
from officers.models import BCU, Officer, Shift
from officers.rules.roles import Role
from officers.rules.turns import figures

# How long before and after a shift in another BCU its records are open: the time of handing over.
HANDOVER_TIME = timedelta(minutes=figures()["handover_minutes"])


class NobodyToAnswer(DomainError):
    """The rota has a gap and the BCU names no fallback officer."""

    code = "nobody_to_answer"


@dataclass(frozen=True)
class OnDuty:
    """The officer found, and whether the rota gave them or the fallback stepped in."""

    officer: Officer
    is_fallback: bool


def on_duty(bcu: BCU | str, role: Role, now: datetime) -> OnDuty:
    """Who holds the role now; where shifts overlap, whoever started last.

    Raises NobodyToAnswer when neither the rota nor a fallback officer gives anybody.
    """
    code = bcu.pk if isinstance(bcu, BCU) else bcu
    shift = (
        Shift.objects.filter(
            bcu_id=code, role=role, starts_at__lte=now, ends_at__gt=now, officer__is_active=True
        )
        .select_related("officer")
        .order_by("-starts_at", "-pk")
        .first()
    )
    if shift is not None:
        return OnDuty(shift.officer, is_fallback=False)
    fallback = BCU.objects.select_related("fallback_officer").get(pk=code).fallback_officer
    if fallback is None:
        raise NobodyToAnswer(
            f"Nobody is on duty as {Role(role).label} in {code} and no fallback officer is named."
        )
    return OnDuty(fallback, is_fallback=True)


def roles_of(officer: Officer, now: datetime, bcu: str = "") -> frozenset[Role]:
    """The posting, and what the rota gives for this moment in a BCU (their own, if none is named).

    A shift elsewhere gives its role there alone.
    """
    by_rota = Shift.objects.filter(
        officer=officer, bcu=bcu or officer.bcu_id, starts_at__lte=now, ends_at__gt=now
    ).values_list("role", flat=True)
    return frozenset({Role(officer.role), *(Role(role) for role in by_rota)})


def is_on_duty(officer: Officer, now: datetime) -> bool:
    """Whether the rota has the officer on duty anywhere now."""
    return Shift.objects.filter(officer=officer, starts_at__lte=now, ends_at__gt=now).exists()


def read_duty(officer: Officer, now: datetime) -> list[Shift]:
    """The officer's shifts of this moment, the last to start first; one query.

    Widens what this very object sees to the BCUs they cover: from an hour before such a shift until
    an hour after it, in which incidents are handed over (OWN-5).
    """
    around = Shift.objects.filter(
        officer=officer, starts_at__lte=now + HANDOVER_TIME, ends_at__gt=now - HANDOVER_TIME
    ).order_by("-starts_at", "-pk")
    shifts = list(around)
    officer.covering = tuple(sorted({shift.bcu_id for shift in shifts} - {officer.bcu_id}))
    return [shift for shift in shifts if shift.starts_at <= now < shift.ends_at]


def sees_bcu(officer: Officer, bcu: str, now: datetime) -> bool:
    """Whether records of the BCU are open to the officer at this moment, cover included."""
    seen = officer.bcus_seen()
    return seen is None or bcu in seen or on_shift_in(bcu, now).filter(officer=officer).exists()


def on_shift_in(bcu: str, now: datetime) -> QuerySet[Shift]:
    """Shifts in a BCU that run now, or begin or ended within the time of handing over."""
    return Shift.objects.filter(
        bcu=bcu, starts_at__lte=now + HANDOVER_TIME, ends_at__gt=now - HANDOVER_TIME
    )
