"""Who is on duty when: the shift that ends, the one that follows, and who is there when it is due.

Read from the rota's shifts; where it has a gap the BCU's fallback officer stands in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from officers.models import BCU, Officer, Shift
from officers.rules.permitted import MAY, Permission
from officers.rules.roles import Role
from officers.rules.turns import lasts_too_long, turn_at
from ownership.models import Action

TURN = timedelta(hours=8)


@dataclass(frozen=True)
class Boundary:
    """Where one shift ends and the next begins (UTC), and until when the next one lasts."""

    at: datetime
    until: datetime


def boundary_of(officer: Officer, now: datetime) -> Boundary:
    """The end of the officer's shift; now, when they are on none. Then a turn of duty follows.

    On call for longer than a day, they hand over at the end of the turn that runs.
    """
    shift = (
        Shift.objects.filter(officer=officer, starts_at__lte=now, ends_at__gt=now)
        .order_by("-ends_at")
        .first()
    )
    if shift is None:
        at = now
    elif lasts_too_long(shift.starts_at, shift.ends_at):
        at = turn_at(now).ends_at
    else:
        at = shift.ends_at
    return Boundary(at, turn_at(at).ends_at)


class Watch:
    """A BCU's shifts that touch a stretch of time, read in one query and asked many times."""

    def __init__(self, bcu: BCU | str, start: datetime, end: datetime) -> None:
        self.code = bcu.pk if isinstance(bcu, BCU) else bcu
        self.start, self.end = start, end

    @cached_property
    def shifts(self) -> Sequence[Shift]:
        """Of officers in service, whoever started last first."""
        return list(
            Shift.objects.filter(
                bcu=self.code,
                starts_at__lt=self.end,
                ends_at__gt=self.start,
                officer__is_active=True,
                officer__role__in=MAY[Permission.HAND_OVER],
            )
            .select_related("officer")
            .order_by("-starts_at", "-pk")
        )

    @cached_property
    def fallback(self) -> Officer | None:
        """Who stands in where the rota has a gap."""
        return BCU.objects.select_related("fallback_officer").get(pk=self.code).fallback_officer

    def on(self, role: Role, at: datetime) -> Officer | None:
        """Who holds the role at a moment: by the rota, else the fallback, else nobody."""
        by_rota = next((s.officer for s in self._at(at) if s.role == role), None)
        return by_rota or self.fallback

    def all_on(self, at: datetime) -> list[Officer]:
        """Everybody on duty at a moment, frontline officers first; the fallback where nobody is."""
        found = sorted(self._at(at), key=lambda shift: shift.role != Role.FRONTLINE)
        officers = list(dict.fromkeys(shift.officer for shift in found))
        return officers or [each for each in [self.fallback] if each is not None]

    def _at(self, at: datetime) -> Iterable[Shift]:
        return (shift for shift in self.shifts if shift.starts_at <= at < shift.ends_at)


def with_duty_when_due(actions: QuerySet[Action]) -> QuerySet[Action]:
    """The actions, each knowing whether its officer is on duty when it falls due."""
    covering = Shift.objects.filter(
        officer=OuterRef("responsible"),
        starts_at__lte=OuterRef("due_at"),
        ends_at__gt=OuterRef("due_at"),
    )
    return actions.annotate(on_duty_when_due=Exists(covering))


def is_on_duty_when_due(action: Action) -> bool:
    """Whether the responsible officer is on duty when the action falls due."""
    known: bool | None = getattr(action, "on_duty_when_due", None)
    if known is not None:
        return known
    return Shift.objects.filter(
        officer=action.responsible_id, starts_at__lte=action.due_at, ends_at__gt=action.due_at
    ).exists()
