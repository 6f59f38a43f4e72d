"""Reads of officers."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from officers.models import BCU, Officer, Shift
from officers.selectors.principals import ClientPrincipal
from officers.selectors.visibility import Reader, bcus_seen_by


def officers(
    reader: Officer | ClientPrincipal,
    *,
    now: datetime,
    bcu: str | None = None,
    role: str | None = None,
    on_duty: bool | None = None,
) -> QuerySet[Officer]:
    """Active officers by name, with their shifts of this moment.

    An officer may look up any colleague; a client system those of the BCUs it sees. With
    on_duty=True, role and bcu are those of the shift; otherwise of the posting or the shift.
    """
    found = Officer.objects.filter(is_active=True)
    seen = reader.bcus_seen() if isinstance(reader, ClientPrincipal) else None
    if seen is not None:
        found = found.filter(bcu__in=seen)
    shift = Shift.objects.filter(officer=OuterRef("pk"), starts_at__lte=now, ends_at__gt=now)
    if on_duty:
        if bcu is not None:
            shift = shift.filter(bcu=bcu)
        if role is not None:
            shift = shift.filter(role=role)
        found = found.filter(Exists(shift))
    else:
        if on_duty is False:
            found = found.filter(~Exists(shift))
        if bcu is not None:
            found = found.filter(bcu=bcu)
        if role is not None:
            found = found.filter(Q(role=role) | Exists(shift.filter(role=role)))
    return with_duty(found, now).order_by("family_name", "given_name", "pk")


def with_duty(officers: QuerySet[Officer], now: datetime) -> QuerySet[Officer]:
    """The officers with `shifts_now`, read at once for all of them."""
    current = Shift.objects.filter(starts_at__lte=now, ends_at__gt=now).order_by("pk")
    return officers.prefetch_related(Prefetch("shifts", queryset=current, to_attr="shifts_now"))


def bcus_of(reader: Reader) -> Sequence[tuple[str, str]]:
    """The BCUs that the reader sees, as choices."""
    seen = bcus_seen_by(reader)
    units = BCU.objects.all() if seen is None else BCU.objects.filter(pk__in=seen)
    return [(unit.code, str(unit)) for unit in units]
