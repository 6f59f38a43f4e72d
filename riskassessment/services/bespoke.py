"""Pointing out a rationale that repeats an earlier one, and keeping what was pointed out."""

from collections.abc import Sequence
from datetime import datetime

from core.errors import FieldError, Invalid
from core.text import quoted
from mispers.models import Incident
from officers.models import Officer
from riskassessment.bespoke.finding import Found, find, keep_prints
from riskassessment.bespoke.pointing_out import is_hidden, says
from riskassessment.models import Pointed, RiskAssessment
from riskassessment.services.grounds import Given

CODE = "repeats_because_required"


def point_out(
    incident: Incident,
    given: Given,
    *,
    by: Officer,
    now: datetime,
    without: int | None,
    asks_why: bool,
) -> list[Found]:
    """What to point out. Raises Invalid when asks_why and nothing says why it stays."""
    told = [item["text"] for item in given.information]
    found = find(incident, given.rationale, now, told=told, without=without)
    waiting = [each for each in found if each.asks_why]
    if asks_why and waiting and not given.repeats_because:
        said = " ".join(sentence(each, incident, hidden=is_hidden(each, by)) for each in waiting)
        message = f"{said} Reword the reasons for this person, or say why the words stay."
        raise Invalid([FieldError("repeats_because", CODE, message)], code=CODE, unprocessable=True)
    return found


def keep_pointed(assessment: RiskAssessment, found: Sequence[Found]) -> None:
    """Keep what was pointed out with the assessment, and let later ones be compared with it."""
    keep_prints(assessment)
    Pointed.objects.bulk_create(
        Pointed(
            assessment=assessment,
            kind=each.kind,
            of=each.of,
            passage=each.passage,
            percent=each.percent,
            ask=each.ask,
        )
        for each in found
    )


def sentence(found: Found, incident: Incident, *, hidden: bool) -> str:
    """What was found and the words it is about, for the trail and at the field.

    hidden: whether the record that it repeats is not to be told; then its words are not either.
    """
    said = says(found, incident, hidden=hidden)
    return f"{said}." if hidden or not found.passage else f"{said}: {quoted(found.passage)}."
