"""Recording how the person was located, and by which officer they were seen in person (END-1)."""

from dataclasses import dataclass, replace
from datetime import datetime

from core.checks import Complaints
from core.errors import StaleVersion
from core.text import at_time, quoted, without_stop
from mispers import events
from mispers.errors import AlreadyLocated
from mispers.models import Incident, Located
from mispers.selectors.closure import Ending, ending_of
from mispers.services.closure import enter_closure
from mispers.services.gateway import check_open, incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission


@dataclass(frozen=True)
class LocationDetails:
    """How and where the person was located, and by which officer seen in person, if by any.

    coroner_reference: only of somebody found dead.
    """

    at: datetime
    place: str
    condition: str
    how: str
    seen_in_person_by: Officer | None = None
    seen_at: datetime | None = None
    coroner_reference: str = ""


def record_located(
    reference: str,
    given: LocationDetails,
    *,
    by: Officer,
    now: datetime,
    version: int | None = None,
) -> Located:
    """Record that the person was located; from the first two stages this moves to closure.

    A further entry supersedes the one before. Without seen_in_person_by nobody of the force has
    seen them, and the incident cannot be closed (END-1).
    Raises Invalid, Conflict when it is closed or somebody recorded a location meanwhile.
    """
    wrong = Complaints(now)
    details = _checked(given, wrong)
    with incident_for_change(reference, by=by, now=now, permission=Permission.LOCATE) as incident:
        check_open(incident)
        ending = ending_of(incident)
        _check_current(incident, ending, version)
        details = replace(details, seen_at=_seen_at(details, wrong, ending))
        wrong.check()
        located = Located.objects.create(
            incident=incident, recorded_by=by, recorded_at=now, **vars(details)
        )
        record(
            incident,
            events.LOCATED,
            events.Located(
                located=located.pk,
                condition=located.condition,
                seen=located.seen_in_person_by is not None,
            ),
            by=by,
            now=now,
            at=located.at,
            summary=located_in_words(located, incident.person.name),
        )
        why = f"{by} recorded that {incident.person.name} was located."
        enter_closure(incident, by=by, now=now, why=why)
    return located


def located_in_words(located: Located, name: str) -> str:
    """One sentence that says by whom the person was seen, or that nobody has seen them."""
    if located.seen_in_person_by is not None and located.seen_at is not None:
        seen = f"Seen in person by {located.seen_in_person_by} on {at_time(located.seen_at)}."
    else:
        seen = "No officer has seen them in person."
    coroner = (
        f" The coroner's reference is {without_stop(located.coroner_reference)}."
        if located.coroner_reference
        else ""
    )
    return (
        f"{located.recorded_by} recorded that {name} was located at "
        f"{without_stop(located.place)} on {at_time(located.at)}, condition: "
        f"{located.get_condition_display().lower()}. {seen}{coroner} How: {quoted(located.how)}"
    )


def _checked(given: LocationDetails, wrong: Complaints) -> LocationDetails:
    """All but when they were seen, which the report in hand decides."""
    wrong.one_of("condition", given.condition, Located.Condition.values)
    how = wrong.text("how", given.how, required="Say how they were located and who said so.")
    return replace(
        given,
        at=wrong.past("at", given.at, required="Say when they were located.") or wrong.now,
        place=wrong.line("place", given.place, required="Say where.", most=300),
        how=how,
        coroner_reference=wrong.line("coroner_reference", given.coroner_reference, most=120),
    )


def _seen_at(given: LocationDetails, wrong: Complaints, ending: Ending) -> datetime | None:
    """Seen by whom and when belong together, and count only after the report."""
    officer = given.seen_in_person_by
    if officer is None and given.seen_at is not None:
        wrong.add("seen_in_person_by", "required", "Say which officer saw them in person.")
    elif officer is not None and not officer.is_active:
        wrong.add("seen_in_person_by", "unknown_officer", "This officer is not on the rolls.")
    return wrong.past(
        "seen_at",
        given.seen_at,
        required="Say when the officer saw them." if officer is not None else "",
        not_before=ending.missing_since,
        too_early=(
            "This is before they were reported missing, on "
            f"{at_time(ending.missing_since)}: it does not answer the report."
        ),
    )


def _check_current(incident: Incident, ending: Ending, version: int | None) -> None:
    """Raise when the record changed since it was read, naming who located the person meanwhile."""
    if version is None or version == incident.version:
        return
    if ending.located is not None:
        raise AlreadyLocated(
            f"{ending.located.recorded_by} recorded on {at_time(ending.located.recorded_at)} that "
            f"{incident.person.name} was located at {without_stop(ending.located.place)}. "
            "Look at it; if yours should replace it, send it again."
        )
    raise StaleVersion(
        f"{incident.reference} has changed since you opened it. "
        "Look at what is new, then send yours again."
    )
