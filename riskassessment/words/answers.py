"""What has been found in a record, and what still waits for an answer (LANG-1)."""

from collections.abc import Iterable

from core.models import Event
from mispers.models import Incident
from riskassessment import events
from riskassessment.models import PhraseFound, RiskAssessment
from riskassessment.words.fields import kinds_replacing


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
    for kind, seq in Event.objects.filter(
        stream_id=incident.reference, kind__in=replacing
    ).values_list("kind", "seq"):
        latest[kind] = max(seq, latest.get(kind, 0))
    return [found for found in waiting if not _replaced(found, latest)]


def words_by_assessment(assessments: Iterable[RiskAssessment]) -> dict[int, list[PhraseFound]]:
    """{assessment pk: phrases found in it}, in one query."""
    pks = [assessment.pk for assessment in assessments]
    found: dict[int, list[PhraseFound]] = {pk: [] for pk in pks}
    for phrase in (
        PhraseFound.objects.filter(
            event__kind=events.ASSESSED.code, event__data__assessment__in=pks
        )
        .select_related("event", "kept__by")
        .order_by("pk")
    ):
        found[phrase.event.data["assessment"]].append(phrase)
    return found


def _replaced(found: PhraseFound, latest: dict[str, int]) -> bool:
    return any(latest.get(kind, 0) > found.event.seq for kind in kinds_replacing(found.event.kind))
