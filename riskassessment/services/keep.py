"""Keeping a phrase with a reason, such as that it is a quotation (LANG-1)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from core.errors import Conflict, NotVisible
from mispers.models import Incident
from mispers.services.fields import Fields
from mispers.services.gateway import incident_for_change, record
from mispers.wording import at_time, quoted
from officers.models import Officer
from officers.permissions import Permission
from riskassessment import events
from riskassessment.models import KeptPhrase, PhraseFound
from riskassessment.words.answers import unanswered


def keep_phrase(
    *, reference: str, found: int, reason: str, by: Officer, now: datetime
) -> KeptPhrase:
    """Keep one phrase that was found in the record. found: the id of a PhraseFound.

    Raises Invalid without a reason, NotVisible when it is not this incident's, Conflict when it
    is kept already, naming by whom and when.
    """
    fields = Fields(now)
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
            raise Conflict(f"{kept.by} kept this on {at_time(kept.at)}.", code="already_kept")
        return _keep(incident, phrase, reason, by=by, now=now)


def keep_by_phrase(
    incident: Incident, words_kept: Sequence[Mapping[str, str]], *, by: Officer, now: datetime
) -> None:
    """Keep each phrase wherever it stands unanswered in the record; the incident is locked.

    Raises Invalid at words_kept[i] for a phrase that is not there, or without a reason.
    """
    if not words_kept:
        return
    waiting = unanswered(incident)
    fields = Fields(now)
    reasons: dict[str, str] = {}
    for index, entry in enumerate(words_kept):
        at = f"words_kept[{index}]"
        phrase = " ".join((entry.get("phrase") or "").split()).casefold()
        reasons[phrase] = fields.text(f"{at}.reason", entry.get("reason") or "", required=_WHY)
        if not any(phrase in _names(found) for found in waiting):
            fields.wrong(f"{at}.phrase", "phrase_not_found", "This phrase is not in the record.")
    fields.check()
    for found in waiting:
        for name in _names(found):
            if name in reasons:
                _keep(incident, found, reasons[name], by=by, now=now)
                break


_WHY = "Say why the phrase stays, such as that it is a quotation."


def _names(found: PhraseFound) -> tuple[str, str]:
    """A phrase may be named as the list has it or as it was written."""
    return found.phrase.casefold(), " ".join(found.written.split()).casefold()


def _keep(
    incident: Incident, found: PhraseFound, reason: str, *, by: Officer, now: datetime
) -> KeptPhrase:
    kept = KeptPhrase.objects.create(found=found, reason=reason, by=by, at=now)
    record(
        incident,
        events.PHRASE_KEPT,
        by=by,
        now=now,
        summary=(
            f"{by} kept the phrase {quoted(found.written)} in the record, because {quoted(reason)}"
        ),
        phrase=found.pk,
    )
    return kept
