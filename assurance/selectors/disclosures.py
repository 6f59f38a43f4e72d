"""The disclosure packs of an incident."""

from django.db.models import QuerySet

from assurance.models import Disclosure
from core.errors import NotVisible
from mispers.models import Incident
from mispers.selectors.incidents import incidents_visible_to
from officers.selectors.visibility import Reader


def disclosures_of(incident: Incident) -> QuerySet[Disclosure]:
    """Newest first, without their bytes."""
    return (
        Disclosure.objects.filter(incident=incident)
        .select_related("made_by", "incident")
        .defer("content")
        .order_by("-made_at", "-pk")
    )


def get_disclosure(reader: Reader, reference: str, pk: int) -> Disclosure:
    """One pack with its bytes, or NotVisible."""
    found = Disclosure.objects.select_related("incident").filter(
        pk=pk, incident__reference=reference, incident__in=incidents_visible_to(reader)
    )
    pack = found.first()
    if pack is None:
        raise NotVisible
    return pack
