"""Several incidents under lock at once, in one order for all, so that nobody waits in a circle."""

from collections.abc import Collection

from django.db.models import F

from mispers.models import Incident
from officers.models import Officer


def lock_incidents(incident_ids: Collection[int]) -> dict[int, Incident]:
    """The incidents by key, locked by ascending key until the transaction ends.

    Whatever decides over a handover's items holds these locks, so the items need none of their own.
    """
    found = (
        Incident.objects.select_related("person", "bcu")
        .select_for_update(of=("self",))
        .filter(pk__in=incident_ids)
        .order_by("pk")
    )
    return {incident.pk: incident for incident in found}


def lock_officer(officer_id: int) -> Officer:
    """The officer as they are posted at this instant, kept so until the transaction ends.

    Taken after the incidents, by whoever needs both.
    """
    return Officer.objects.select_for_update(no_key=True).get(pk=officer_id)


def count_up(incident_ids: Collection[int]) -> None:
    """Count the versions of changed incidents up, as the gateway does for a single one."""
    Incident.objects.filter(pk__in=incident_ids).update(version=F("version") + 1)
