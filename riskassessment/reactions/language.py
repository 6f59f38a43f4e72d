"""What this app does with other apps' events, in their transaction."""

from core.language import being_kept, folded
from core.models import Event
from mispers.reactions.reading import incident_of
from riskassessment.language.fields import texts_of
from riskassessment.language.matcher import find
from riskassessment.models import PhraseFound
from riskassessment.services.keep import keep_while_writing


def find_phrases(event: Event) -> None:
    """Notes every phrase that may blame the person in the words that the event brought in (LANG-1).

    Phrases wait on the record until somebody answers them. What the writer keeps in the same write,
    with a reason, is kept at once.
    """
    texts = texts_of(event)
    if not texts:
        return
    incident = incident_of(event)
    is_child = incident.may_be_child
    found = PhraseFound.objects.bulk_create(
        PhraseFound(
            incident=incident,
            event=event,
            field=field,
            phrase=hit.phrase,
            written=hit.written,
            prefer=hit.prefer,
        )
        for field, text in texts.items()
        for hit in find(text, is_child=is_child)
    )
    if kept := being_kept():
        if kept.reasons:
            keep_while_writing(incident, event, kept)
        kept.waiting += [
            {"field": each.field, "phrase": each.written, "prefer": each.prefer}
            for each in found
            if folded(each.written) not in kept.heard
        ]
