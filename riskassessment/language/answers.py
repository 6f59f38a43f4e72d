"""What has been found in records, what still waits for an answer, and how the rest was answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from core.models import Event
from mispers.models import Incident
from riskassessment import events
from riskassessment.language.fields import brings_words, kinds_replacing
from riskassessment.models import PhraseFound


@dataclass(frozen=True)
class Answered:
    """A phrase that was found, and the event that answered it; None while it waits (LANG-1).

    It was answered by being kept with a reason, or by going with the text that a later one
    replaced.
    """

    found: PhraseFound
    by: Event | None


def unanswered(incident: Incident) -> list[PhraseFound]:
    """Phrases neither kept with a reason nor gone with the text that a later one replaced."""
    return [each.found for each in answers_in([incident])[incident.pk] if each.by is None]


def answers_in(incidents: Sequence[Incident]) -> dict[int, list[Answered]]:
    """{incident pk: every phrase found, in the order of the record}; two queries at most."""
    found: dict[int, list[PhraseFound]] = {incident.pk: [] for incident in incidents}
    rows = PhraseFound.objects.filter(incident__in=found).select_related("event")
    for row in rows.order_by("event__seq", "pk"):
        found[row.incident_id].append(row)
    answering = _answering([row for rows in found.values() for row in rows])
    return {
        pk: [Answered(row, answering.get(row.pk)) for row in rows] for pk, rows in found.items()
    }


def _answering(found: Sequence[PhraseFound]) -> dict[int, Event]:
    """{phrase pk: the event that answered it}."""
    if not found:
        return {}
    wanted = {kind for each in found for kind in kinds_replacing(each.event.kind)}
    streams = {each.event.stream_id for each in found}
    kept: dict[int, Event] = {}
    replacing: dict[tuple[str, str], list[Event]] = defaultdict(list)
    later = Event.objects.filter(stream__in=streams, kind__in={*wanted, events.PHRASE_KEPT.code})
    for event in later.order_by("seq"):
        if event.kind == events.PHRASE_KEPT.code:
            kept[events.PHRASE_KEPT.of(event).phrase] = event
        elif brings_words(event):
            replacing[event.stream_id, event.kind].append(event)
    answering = {each.pk: kept.get(each.pk) or _replaced_by(each, replacing) for each in found}
    return {pk: event for pk, event in answering.items() if event is not None}


def _replaced_by(found: PhraseFound, replacing: dict[tuple[str, str], list[Event]]) -> Event | None:
    later = (
        event
        for kind in kinds_replacing(found.event.kind)
        for event in replacing[found.event.stream_id, kind]
        if event.seq > found.event.seq
    )
    return min(later, key=lambda event: event.seq, default=None)
