"""What has been found in a record, and what still waits for an answer (LANG-1)."""

from core.models import Event
from mispers.models import Incident
from riskassessment.models import PhraseFound
from riskassessment.words.fields import brings_words, kinds_replacing


def unanswered(incident: Incident) -> list[PhraseFound]:
    """Phrases neither kept with a reason nor gone with the text that a later one replaced."""
    waiting = list(
        PhraseFound.objects.filter(incident=incident, kept__isnull=True)
        .select_related("event")
        .order_by("event__seq", "pk")
    )
    if not waiting:
        return []
    replacing = {kind for found in waiting for kind in kinds_replacing(found.event.kind)}
    latest: dict[str, int] = {}
    for event in Event.objects.filter(stream_id=incident.reference, kind__in=replacing):
        if brings_words(event):
            latest[event.kind] = max(event.seq, latest.get(event.kind, 0))
    return [found for found in waiting if not _replaced(found, latest)]


def _replaced(found: PhraseFound, latest: dict[str, int]) -> bool:
    return any(latest.get(kind, 0) > found.event.seq for kind in kinds_replacing(found.event.kind))
