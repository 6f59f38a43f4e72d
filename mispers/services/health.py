"""Recording a person's health: conditions with their meaning for risk, and medication."""

from datetime import datetime, timedelta
from functools import partial
from typing import Unpack

from core.checks import Complaints
from mispers import events
from mispers.models import HealthCondition, Medication
from mispers.rules.conditions import condition_of
from mispers.services.critical import (
    SuppliedCritical,
    critical_in_words,
    critical_recorded,
    set_critical,
)
from mispers.services.supplied import Supplied, Telling, keep_known
from officers.models import Officer

OTHER = "other"
_UNKNOWN_CONDITION = "Choose a condition from the list."


def record_condition(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    code: str = "",
    label: str = "",
    meaning: str = "",
    details: str = "",
    **supplied: Unpack[Supplied],
) -> HealthCondition:
    """Record a health condition with its meaning for risk; never a name alone.

    code: of the catalogue, whose words are kept as they stand today; empty or `other` for another,
    whose label and meaning are then given in words. Raises Invalid, Conflict.
    """
    wrong = Complaints(now)
    given = HealthCondition(details=wrong.text("details", details))
    listed = condition_of(code)
    if listed is not None:
        given.code, given.label, given.meaning = listed.code, listed.label, listed.meaning
        given.hours, given.not_the_same = listed.hours, listed.not_the_same
        given.source = listed.source
    else:
        if code not in {"", OTHER}:
            wrong.add("code", "unknown_condition", _UNKNOWN_CONDITION)
        given.label = wrong.line("label", label, required="Say which condition.", most=120)
        given.meaning = wrong.text(
            "meaning", meaning, required="Say what it means for risk: what happens, and how soon."
        )
    telling = Telling(
        given,
        events.CONDITION_RECORDED,
        says=given.label,
        wrong=wrong,
        payload=lambda entry: partial(
            events.ConditionRecorded, code=entry.code, meaning=entry.meaning
        ),
    )
    return keep_known(telling, reference=reference, by=by, now=now, supplied=supplied)


def record_medication(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    name: str,
    what_for: str = "",
    condition: str = "",
    last_taken_at: datetime | None = None,
    **supplied: Unpack[SuppliedCritical],
) -> Medication:
    """Record a medicine and when going without begins to matter.

    condition: the code of what it treats. critical_at: given with its reason; or computed from the
    last dose and the catalogue's hours for the condition. Raises Invalid, Conflict.
    """
    wrong = Complaints(now)
    listed = condition_of(condition)
    if condition and listed is None:
        wrong.add("condition", "unknown_condition", _UNKNOWN_CONDITION)
    label = listed.label if listed else ""
    given = Medication(
        name=wrong.line("name", name, required="Say which medicine."),
        what_for=wrong.line("what_for", what_for or label, required="Say what it is for."),
        condition=listed.code if listed else "",
        last_taken_at=wrong.past("last_taken_at", last_taken_at),
    )
    set_critical(given, wrong, supplied)
    if given.critical_at is None and given.last_taken_at and listed and listed.hours:
        given.critical_at = given.last_taken_at + timedelta(hours=listed.hours)
        given.critical_because = (
            f"Computed: {listed.hours} h after the last dose, the catalogue's starting value for "
            f"{label}"
        )
    telling = Telling(
        given,
        events.MEDICATION_RECORDED,
        says=f"{given.name} for {given.what_for}{critical_in_words(given)}",
        wrong=wrong,
        payload=critical_recorded(_critical_before),
    )
    return keep_known(telling, reference=reference, by=by, now=now, supplied=supplied)


def _critical_before(entry: Medication) -> datetime | None:
    if entry.corrects_id is None:
        return None
    return Medication.objects.get(pk=entry.corrects_id).critical_at
