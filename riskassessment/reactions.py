"""What this app does with other apps' events, in their transaction."""

from core import trail
from core.models import Event
from mispers.models import Incident
from mispers.reacting import incident_of
from riskassessment.bearing import ADULT
from riskassessment.models import PhraseFound
from riskassessment.usually import age_at_report
from riskassessment.words.fields import texts_of
from riskassessment.words.matcher import find


@trail.on_any
def find_phrases(event: Event) -> None:
    """Note every phrase of the list in the words that an event brought into a record."""
    texts = texts_of(event)
    if not texts:
        return
    incident = incident_of(event)
    is_child = under_age(incident)
    PhraseFound.objects.bulk_create(
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


def under_age(incident: Incident) -> bool:
    """Whether the person was under 18 on the day of the report; not when the age is not known."""
    age = age_at_report(incident)
    return age is not None and age < ADULT
