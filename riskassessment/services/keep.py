"""Keeping a phrase with a reason, such as that it is a quotation (LANG-1)."""

from datetime import datetime

from core.checks import Complaints
from core.errors import NotVisible
from core.language import Keeping, folded
from core.models import Event
from core.text import at_time, quoted
from mispers.models import Incident
from mispers.services.gateway import incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission
from riskassessment import events
from riskassessment.errors import AlreadyKept
from riskassessment.language.answers import unanswered
from riskassessment.models import KeptPhrase, PhraseFound


def keep_phrase(
    *, reference: str, found: int, reason: str, by: Officer, now: datetime
) -> KeptPhrase:
    """Keep one phrase that was found in the record. found: the id of a PhraseFound.

    Raises Invalid without a reason, NotVisible when it is not this incident's, Conflict when it
    is kept already, naming by whom and when.
    """
    fields = Complaints(now)
    reason = fields.text("reason", reason, required=_WHY)
    with incident_for_change(
        reference, by=by, now=now, permission=Permission.ASSESS_RISK
    ) as incident:
        fields.check()
        phrase = (
            PhraseFound.objects.select_related("kept__by", "event")
            .filter(incident=incident, pk=found)
            .first()
        )
        if phrase is None:
            raise NotVisible
        kept = getattr(phrase, "kept", None)
        if kept is not None:
            raise AlreadyKept(f"{kept.by} kept this on {at_time(kept.at)}.")
        return _keep(incident, phrase, reason, by=by, now=now)


def keep_while_writing(incident: Incident, event: Event, kept: Keeping) -> None:
    """Keep what the writer of the event keeps, wherever it stands unanswered in the record.

    The incident is locked by the service whose event it is.
    """
    by = event.actor
    if by is None:
        return
    for found in unanswered(incident):
        name = next((each for each in _names(found) if each in kept.reasons), None)
        if name is not None:
            # Both names of the phrase, so that whoever asks by either knows that it is kept.
            kept.heard.update(_names(found))
            _keep(incident, found, kept.reasons[name], by=by, now=event.recorded_at)


_WHY = "Say why the phrase stays, such as that it is a quotation."


def _names(found: PhraseFound) -> tuple[str, str]:
    """A phrase may be named as the list has it or as it was written."""
    return folded(found.phrase), folded(found.written)


def _keep(
    incident: Incident, found: PhraseFound, reason: str, *, by: Officer, now: datetime
) -> KeptPhrase:
    kept = KeptPhrase.objects.create(found=found, reason=reason, by=by, at=now)
    record(
        incident,
        events.PHRASE_KEPT,
        events.PhraseKept(phrase=found.pk),
        by=by,
        now=now,
        summary=(
            f"{by} kept the phrase {quoted(found.written)} in the record, because {quoted(reason)}"
        ),
    )
    return kept
