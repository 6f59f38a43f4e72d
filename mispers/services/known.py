"""Recording what is known about a person: exploitation, whom and where they know, the weather."""

from datetime import datetime
from functools import partial
from typing import Unpack

from core.checks import Complaints
from core.london import day_of
from core.text import quoted
from mispers import events
from mispers.models import (
    Associate,
    Clothing,
    ExploitationInvestigation,
    KnownPlace,
    Weather,
)
from mispers.rules import markers
from mispers.selectors.known import standing
from mispers.services.critical import (
    SuppliedCritical,
    critical_in_words,
    critical_recorded,
    set_critical,
)
from mispers.services.supplied import Supplied, Telling, keep_known
from officers.models import Officer, Training
from officers.selectors.training import trained_on


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
    wrong = Complaints(now)
    wrong.one_of("marker", marker, sorted(markers.of_exploitation()))
    given = ExploitationInvestigation(
        marker=marker,
        reference=wrong.line(
            "investigation", investigation, required="Give the investigation's reference.", most=120
        ),
        officer=officer,
        officer_trained=officer is not None
        and trained_on(officer, Training.Course.EXPLOITATION, day_of(now)),
        details=wrong.text("details", details),
    )
    whose = _allocated(given)
    telling = Telling(
        given,
        events.EXPLOITATION_RECORDED,
        says=f"the investigation {given.reference} of {markers.label_of(marker).lower()}, {whose}",
        wrong=wrong,
        payload=lambda entry: partial(
            events.ExploitationRecorded,
            marker=entry.marker,
            investigation=entry.reference,
            officer=entry.officer_id,
            trained=entry.officer_trained,
        ),
    )
    return keep_known(telling, reference=reference, by=by, now=now, supplied=supplied)


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
    wrong = Complaints(now)
    given = Associate(
        name=wrong.line("name", name, required="Say who it is."),
        relationship=wrong.line(
            "relationship", relationship, required="Say how they know each other.", most=120
        ),
        where=wrong.line("where", where, most=300),
        danger=danger,
        details=wrong.text("details", details),
    )
    wrong.one_of("danger", danger, Associate.Danger.values)
    warns = ", who may be a danger to them" if danger == Associate.Danger.YES else ""
    telling = Telling(given, events.ASSOCIATE_RECORDED, says=f"{given}{warns}", wrong=wrong)
    return keep_known(telling, reference=reference, by=by, now=now, supplied=supplied)


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
    wrong = Complaints(now)
    given = KnownPlace(
        place=wrong.line("place", place, required="Say which place.", most=300),
        why=wrong.text("why", why, required="Say why they may be there."),
    )
    telling = Telling(
        given,
        events.PLACE_RECORDED,
        says=f"{given.place}, because {quoted(given.why)}",
        wrong=wrong,
    )
    return keep_known(telling, reference=reference, by=by, now=now, supplied=supplied)


def record_clothing(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    description: str,
    **supplied: Unpack[Supplied],
) -> Clothing:
    """Record what the person had on and with them. Raises Invalid, Conflict."""
    wrong = Complaints(now)
    given = Clothing(
        description=wrong.text("description", description, required="Say what they had on.")
    )
    telling = Telling(
        given, events.CLOTHING_RECORDED, says=f"clothing, {quoted(given.description)}", wrong=wrong
    )
    return keep_known(telling, reference=reference, by=by, now=now, supplied=supplied)


def record_weather(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    conditions: str,
    low_celsius: int | None = None,
    **supplied: Unpack[SuppliedCritical],
) -> Weather:
    """Record the weather, its lowest temperature in °C, and when exposure begins to matter.

    The newest stands for the weather. Raises Invalid, Conflict.
    """
    wrong = Complaints(now)
    given = Weather(
        conditions=wrong.line("conditions", conditions, required="Say what the weather is."),
        low_celsius=low_celsius,
    )
    if low_celsius is not None and not -60 <= low_celsius <= 60:  # noqa: PLR2004 - °C on earth
        wrong.add("low_celsius", "out_of_range", "Give degrees Celsius, from -60 to 60.")
    set_critical(given, wrong, supplied)
    low = "" if low_celsius is None else f", down to {low_celsius} °C"
    telling = Telling(
        given,
        events.WEATHER_RECORDED,
        says=f"{given.conditions}{low}{critical_in_words(given)}",
        wrong=wrong,
        payload=critical_recorded(_weather_before),
    )
    return keep_known(telling, reference=reference, by=by, now=now, supplied=supplied)


def _weather_before(entry: Weather) -> datetime | None:
    before = standing(Weather, entry.incident).first()
    return before.critical_at if before else None
