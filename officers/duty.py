"""Who is on duty: one answer per BCU, role and moment; the fallback where the rota has a gap."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import DomainError
from officers.models import BCU, Officer, Shift
from officers.roles import Role


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


def roles_of(officer: Officer, now: datetime) -> frozenset[Role]:
    """The posting, and what the rota gives for this moment in the officer's own BCU."""
    by_rota = Shift.objects.filter(
        officer=officer, bcu=officer.bcu_id, starts_at__lte=now, ends_at__gt=now
    ).values_list("role", flat=True)
    return frozenset({Role(officer.role), *(Role(role) for role in by_rota)})


def is_on_duty(officer: Officer, now: datetime) -> bool:
    """Whether the rota has the officer on duty anywhere now."""
    return Shift.objects.filter(officer=officer, starts_at__lte=now, ends_at__gt=now).exists()
