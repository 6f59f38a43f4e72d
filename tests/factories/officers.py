"""BCUs, officers and rotas for tests; every name is invented."""

import itertools
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet

from officers.models import BCU, Officer, Shift, Training
from officers.rules.roles import Rank, Role
from officers.rules.turns import Turn, turn_of_duty
from tests.moments import NOW

_numbers = itertools.count(1)
_GIVEN = ("Amal", "Bronwen", "Callum", "Dilys", "Emeka", "Farida", "Gwilym", "Hana", "Idris")
_FAMILY = ("Thorne", "Okafor", "Lidell", "Varga", "Hussein", "Penrose", "Quill", "Marsh")
RANKS = {
    Role.FRONTLINE: Rank.PC,
    Role.DUTY_INSPECTOR: Rank.INSPECTOR,
    Role.SAFEGUARDING_DI: Rank.DI,
    Role.MISSING_PERSONS_UNIT: Rank.DS,
    Role.SUPERINTENDENT: Rank.SUPERINTENDENT,
    Role.ASSURANCE_BOARD: Rank.COMMANDER,
    Role.RECORDS: Rank.STAFF,
}
WHO_ENDORSE = (Role.DUTY_INSPECTOR, Role.SAFEGUARDING_DI, Role.SUPERINTENDENT)
ON_THE_ROTA = (
    Role.FRONTLINE,
    Role.DUTY_INSPECTOR,
    Role.SAFEGUARDING_DI,
    Role.MISSING_PERSONS_UNIT,
    Role.SUPERINTENDENT,
)


def a_bcu(code: str = "CN", *, fallback: bool = True, **over: Any) -> BCU:
    """A BCU, made once per code, with a chief inspector as its fallback officer."""
    bcu, made = BCU.objects.get_or_create(
        code=code, defaults={"name": f"Test {code}", "boroughs": f"Borough of {code}", **over}
    )
    if made and fallback:
        bcu.fallback_officer = an_officer(
            Role.DUTY_INSPECTOR, bcu, Rank.CI, given_name="Fallback", family_name=code.title()
        )
        bcu.save()
    return bcu


def an_officer(
    role: Role | str = Role.FRONTLINE,
    bcu: BCU | None = None,
    rank: Rank | str | None = None,
    **over: Any,
) -> Officer:
    """An officer, in CN unless told otherwise, with the rank that goes with the role."""
    officer = _unsaved(role, bcu or a_bcu(), rank=rank or RANKS[Role(role)], **over)
    officer.save()
    return officer


def _unsaved(role: Role | str, bcu: BCU, **over: Any) -> Officer:
    """Somebody who cannot sign in; what `create_user` checks is right by construction."""
    n = next(_numbers)
    fields = {
        "username": f"officer-{n}",
        "given_name": _GIVEN[n % len(_GIVEN)],
        "family_name": f"{_FAMILY[n % len(_FAMILY)]}",
        "email": f"officer-{n}@example.test",
        "number": f"{n}X",
        **over,
    }
    password = fields.pop("password", None)
    officer = Officer(role=role, bcu=bcu, **fields)
    officer.set_password(password)
    return officer


def on_shift(
    officer: Officer,
    starts_at: datetime,
    ends_at: datetime,
    role: Role | None = None,
    bcu: BCU | None = None,
) -> Shift:
    """Put an officer on duty, in the posting's role and BCU unless told otherwise."""
    return Shift.objects.create(
        bcu=bcu or officer.bcu,
        role=role or officer.role,
        officer=officer,
        starts_at=starts_at,
        ends_at=ends_at,
    )


def on_turn(officer: Officer, day: datetime, turn: Turn, role: Role | None = None) -> Shift:
    """Put an officer on the early (07-15), late (15-23) or night (23-07) turn of that day."""
    duty = turn_of_duty(day.date(), turn)
    return on_shift(officer, duty.starts_at, duty.ends_at, role)


def a_rota(
    bcu: BCU, start: datetime = NOW, days: int = 3, *, in_training: bool = True
) -> dict[Role, Officer]:
    """One officer per role, on duty around the clock from `start` for so many days.

    Those who endorse are trained in it unless told otherwise, so that they may endorse what
    anybody graded.
    """
    crew = {role: _unsaved(role, bcu, rank=RANKS[role]) for role in ON_THE_ROTA}
    Officer.objects.bulk_create(crew.values())
    ends_at = start + timedelta(days=days)
    Shift.objects.bulk_create(
        Shift(bcu=bcu, role=role, officer=officer, starts_at=start, ends_at=ends_at)
        for role, officer in crew.items()
    )
    Training.objects.bulk_create(
        Training(
            officer=crew[role],
            course=Training.Course.RISK_ASSESSMENT,
            passed_on=start.date() - timedelta(days=100),
            lapses_on=start.date() + timedelta(days=600),
        )
        for role in (WHO_ENDORSE if in_training else ())
    )
    return crew


def nobody_on(role: Role, start: datetime | None = None) -> None:
    """Take every shift in a role off the rota, or those that begin from `start`."""
    shifts = Shift.objects.filter(role=role)
    if start is not None:
        shifts = shifts.filter(starts_at__gte=start)
    take_out(shifts, start or NOW)


def take_out(shifts: QuerySet[Shift], at: datetime = NOW) -> None:
    """Take these shifts off the rota; they stay on record, as every shift does."""
    shifts.update(taken_out_at=at, taken_out_by=F("officer"))


def leaves_at(officer: Officer, at: datetime) -> None:
    """The officer's shift ends then, and not when the rota first said."""
    for shift in list(Shift.objects.filter(officer=officer, starts_at__lt=at, ends_at__gt=at)):
        take_out(Shift.objects.filter(pk=shift.pk))
        Shift.objects.create(
            bcu=shift.bcu, role=shift.role, officer=officer, starts_at=shift.starts_at,
            ends_at=at, replaces=shift,
        )  # fmt: skip
