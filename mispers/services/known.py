"""Recording what is known about a person: health, exploitation, whom and where they know."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any, Unpack

from core.checks import Complaints
from core.london import day_of
from core.text import at_time, quoted
from mispers import events
from mispers.models import (
    Associate,
    Clothing,
    ExploitationInvestigation,
    HealthCondition,
    KnownPlace,
    Medication,
    Weather,
)
from mispers.rules import markers
from mispers.rules.conditions import condition_of
from mispers.selectors.known import standing
from mispers.services.supplied import Supplied, keep_known
from officers.models import Officer, Training
from officers.selectors.training import trained_on

_UNKNOWN_CONDITION = "Choose a condition from the list."
OTHER = "other"


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
    fields = Complaints(now)
    given = HealthCondition(details=fields.text("details", details))
    listed = condition_of(code)
    if listed is not None:
        given.code, given.label, given.meaning = listed.code, listed.label, listed.meaning
        given.hours, given.not_the_same = listed.hours, listed.not_the_same
        given.source = listed.source
    else:
        if code not in {"", OTHER}:
            fields.add("code", "unknown_condition", _UNKNOWN_CONDITION)
        given.label = fields.line("label", label, required="Say which condition.", most=120)
        given.meaning = fields.text(
            "meaning", meaning, required="Say what it means for risk: what happens, and how soon."
        )
    return keep_known(
        given, events.CONDITION_RECORDED, reference=reference, by=by, now=now, fields=fields,
        supplied=supplied, says=given.label,
        told=lambda entry: partial(
            events.ConditionRecorded, code=entry.code, meaning=entry.meaning
        ),
    )  # fmt: skip


def record_medication(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    name: str,
    what_for: str = "",
    condition: str = "",
    last_taken_at: datetime | None = None,
    critical_at: datetime | None = None,
    critical_because: str = "",
    **supplied: Unpack[Supplied],
) -> Medication:
    """Record a medicine and when going without begins to matter.

    condition: the code of what it treats. critical_at: given with its reason; or computed from the
    last dose and the catalogue's hours for the condition. Raises Invalid, Conflict.
    """
    fields = Complaints(now)
    listed = condition_of(condition)
    if condition and listed is None:
        fields.add("condition", "unknown_condition", _UNKNOWN_CONDITION)
    label = listed.label if listed else ""
    given = Medication(
        name=fields.line("name", name, required="Say which medicine."),
        what_for=fields.line("what_for", what_for or label, required="Say what it is for."),
        condition=listed.code if listed else "",
        last_taken_at=last_taken_at,
    )
    fields.past("last_taken_at", last_taken_at)
    _set_critical(given, fields, critical_at, critical_because)
    if given.critical_at is None and last_taken_at is not None and listed and listed.hours:
        given.critical_at = last_taken_at + timedelta(hours=listed.hours)
        given.critical_because = (
            f"Computed: {listed.hours} h after the last dose, the catalogue's starting value for "
            f"{label}"
        )
    return keep_known(
        given, events.MEDICATION_RECORDED, reference=reference, by=by, now=now, fields=fields,
        supplied=supplied, says=f"{given.name} for {given.what_for}{_matters(given)}",
        told=lambda entry: partial(
            events.CriticalRecorded,
            critical_at=entry.critical_at,
            critical_before=_critical_before(entry),
        ),
    )  # fmt: skip


def _critical_before(entry: Medication) -> datetime | None:
    if entry.corrects_id is None:
        return None
    return Medication.objects.get(pk=entry.corrects_id).critical_at


def record_exploitation_investigation(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    marker: str,
    investigation: str,
    officer: Officer | None = None,
    details: str = "",
    **supplied: Unpack[Supplied],
) -> ExploitationInvestigation:
    """Reference the investigation behind a marker of exploitation, and say whose it is (CHILD-2).

    investigation: its reference. officer: None while nobody is allocated; whether they are trained
    in child exploitation today is kept with it. Raises Invalid, Conflict.
    """
    fields = Complaints(now)
    fields.one_of("marker", marker, sorted(markers.of_exploitation()))
    given = ExploitationInvestigation(
        marker=marker,
        reference=fields.line(
            "investigation", investigation, required="Give the investigation's reference.", most=120
        ),
        officer=officer,
        officer_trained=officer is not None
        and trained_on(officer, Training.Course.EXPLOITATION, day_of(now)),
        details=fields.text("details", details),
    )
    whose = _allocated(given)
    return keep_known(
        given, events.EXPLOITATION_RECORDED, reference=reference, by=by, now=now, fields=fields,
        supplied=supplied,
        says=f"the investigation {given.reference} of {markers.label_of(marker).lower()}, {whose}",
        told=lambda entry: partial(
            events.ExploitationRecorded,
            marker=entry.marker,
            investigation=entry.reference,
            officer=entry.officer_id,
            trained=entry.officer_trained,
        ),
    )  # fmt: skip


def _allocated(given: ExploitationInvestigation) -> str:
    if given.officer is None:
        return "nobody is allocated"
    trained = "trained" if given.officer_trained else "not in date trained"
    return f"allocated to {given.officer}, {trained} in child exploitation"


def record_associate(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    name: str,
    relationship: str,
    where: str = "",
    danger: str = Associate.Danger.NOT_KNOWN,
    details: str = "",
    **supplied: Unpack[Supplied],
) -> Associate:
    """Record somebody the person knows, and whether they may be a danger to them.

    Raises Invalid, Conflict.
    """
    fields = Complaints(now)
    given = Associate(
        name=fields.line("name", name, required="Say who it is."),
        relationship=fields.line(
            "relationship", relationship, required="Say how they know each other.", most=120
        ),
        where=fields.line("where", where, most=300),
        danger=danger,
        details=fields.text("details", details),
    )
    fields.one_of("danger", danger, Associate.Danger.values)
    warns = ", who may be a danger to them" if danger == Associate.Danger.YES else ""
    return keep_known(
        given, events.ASSOCIATE_RECORDED, reference=reference, by=by, now=now, fields=fields,
        supplied=supplied, says=f"{given}{warns}",
    )  # fmt: skip


def record_place(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    place: str,
    why: str,
    **supplied: Unpack[Supplied],
) -> KnownPlace:
    """Record a place the person goes to, and why. Raises Invalid, Conflict."""
    fields = Complaints(now)
    given = KnownPlace(
        place=fields.line("place", place, required="Say which place.", most=300),
        why=fields.text("why", why, required="Say why they may be there."),
    )
    return keep_known(
        given, events.PLACE_RECORDED, reference=reference, by=by, now=now, fields=fields,
        supplied=supplied, says=f"{given.place}, because {quoted(given.why)}",
    )  # fmt: skip


def record_clothing(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    description: str,
    **supplied: Unpack[Supplied],
) -> Clothing:
    """Record what the person had on and with them. Raises Invalid, Conflict."""
    fields = Complaints(now)
    given = Clothing(
        description=fields.text("description", description, required="Say what they had on.")
    )
    return keep_known(
        given, events.CLOTHING_RECORDED, reference=reference, by=by, now=now, fields=fields,
        supplied=supplied, says=f"clothing, {quoted(given.description)}",
    )  # fmt: skip


def record_weather(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    conditions: str,
    low_celsius: int | None = None,
    critical_at: datetime | None = None,
    critical_because: str = "",
    **supplied: Unpack[Supplied],
) -> Weather:
    """Record the weather, its lowest temperature in °C, and when exposure begins to matter.

    The newest stands for the weather. Raises Invalid, Conflict.
    """
    fields = Complaints(now)
    given = Weather(
        conditions=fields.line("conditions", conditions, required="Say what the weather is."),
        low_celsius=low_celsius,
    )
    if low_celsius is not None and not -60 <= low_celsius <= 60:  # noqa: PLR2004 - °C on earth
        fields.add("low_celsius", "out_of_range", "Give degrees Celsius, from -60 to 60.")
    _set_critical(given, fields, critical_at, critical_because)
    low = "" if low_celsius is None else f", down to {low_celsius} °C"
    return keep_known(
        given, events.WEATHER_RECORDED, reference=reference, by=by, now=now, fields=fields,
        supplied=supplied, says=f"{given.conditions}{low}{_matters(given)}",
        told=lambda entry: partial(
            events.CriticalRecorded,
            critical_at=entry.critical_at,
            critical_before=_weather_before(entry),
        ),
    )  # fmt: skip


def _weather_before(entry: Weather) -> datetime | None:
    before = standing(Weather, entry.incident).first()
    return before.critical_at if before else None


def _set_critical(
    entry: Any, fields: Complaints, critical_at: datetime | None, critical_because: str
) -> None:
    """A time that somebody gives needs its reason; a reason without a time says nothing."""
    entry.critical_at, entry.critical_because = critical_at, ""
    if critical_at is not None:
        entry.critical_because = fields.text(
            "critical_because", critical_because, required="Say why it matters from then."
        )
    elif critical_because.strip():
        fields.add("critical_at", "required", "Say from when it matters.")


def _matters(entry: Medication | Weather) -> str:
    return f", which matters from {at_time(entry.critical_at)}" if entry.critical_at else ""
