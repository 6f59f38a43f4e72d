"""Telling superintendents of gaps in their rota before they happen."""

from django.urls import reverse

from core.models import Event
from officers.events import GAPS_FOUND
from officers.models import BCU, Officer
from officers.rules.roles import Role
from ownership.services.telling import tell


def tell_superintendents(event: Event) -> None:
    """Tells the BCU's superintendents of the new gaps in its rota, in one notice.

    Where no superintendent is posted the fallback officer is told: they would have to answer.
    """
    found = GAPS_FOUND.of(event)
    bcu = BCU.objects.select_related("fallback_officer").get(pk=found.bcu)
    told = list(
        Officer.objects.filter(bcu=bcu, role=Role.SUPERINTENDENT, is_active=True).order_by("pk")
    )
    if not told and bcu.fallback_officer is not None:
        told = [bcu.fallback_officer]
    for officer in told:
        tell(
            officer,
            incident=None,
            title=event.summary,
            link=f"{reverse('rota')}?bcu={bcu.pk}",
            now=event.recorded_at,
        )
