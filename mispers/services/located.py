"""Recording how the person was located, and by which officer they were seen in person (END-1)."""

from datetime import datetime

from core.checks import Complaints
from core.errors import Conflict, StaleVersion
from core.text import at_time, quoted, without_stop
from mispers import events
from mispers.models import Incident, Located
from mispers.rules.stages import Stage
from mispers.selectors.closure import Ending, ending_of
from mispers.services.gateway import check_open, incident_for_change, move, record
from officers.models import Officer
from officers.rules.permitted import Permission


def record_located(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    at: datetime,
    place: str,
    condition: str,
    how: str,
    seen_in_person_by: Officer | None = None,
    seen_at: datetime | None = None,
    coroner_reference: str = "",
    version: int | None = None,
) -> Located:
    """Record that the person was located; from the first two stages this moves to closure.

    A further entry supersedes the one before. Without seen_in_person_by nobody of the force has
    seen them, and the incident cannot be closed (END-1).
    Raises Invalid, Conflict when it is closed or somebody recorded a location meanwhile.
    """
    fields = Complaints(now)
    place = fields.line("place", place, required="Say where.", most=300)
    how = fields.text("how", how, required="Say how they were located and who said so.")
    coroner_reference = fields.line("coroner_reference", coroner_reference, most=120)
    fields.one_of("condition", condition, Located.Condition.values)
    fields.past("at", at, required="Say when they were located.")
    with incident_for_change(reference, by=by, now=now, permission=Permission.LOCATE) as incident:
        check_open(incident)
        ending = ending_of(incident)
        _check_current(incident, ending, version)
        _check_seen(fields, ending, seen_in_person_by, seen_at)
        fields.check()
        located = Located.objects.create(
            incident=incident,
            recorded_by=by,
            recorded_at=now,
            at=at,
            place=place,
            condition=condition,
            seen_in_person_by=seen_in_person_by,
            seen_at=seen_at,
            how=how,
            coroner_reference=coroner_reference,
        )
        record(
            incident,
            events.LOCATED,
            events.Located(
                located=located.pk, condition=condition, seen=seen_in_person_by is not None
            ),
            by=by,
            now=now,
            at=at,
            summary=located_in_words(located, incident.person.name),
        )
        if incident.stage != Stage.CLOSURE:
            move(
                incident,
                "enter_closure",
                by=by,
                now=now,
                summary=f"The incident entered closure: {by} recorded that "
                f"{incident.person.name} was located.",
            )
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


def _check_seen(
    fields: Complaints, ending: Ending, officer: Officer | None, seen_at: datetime | None
) -> None:
    """Seen by whom and when belong together, and count only after the report."""
    if officer is None and seen_at is not None:
        fields.add("seen_in_person_by", "required", "Say which officer saw them in person.")
    elif officer is not None and not officer.is_active:
        fields.add("seen_in_person_by", "unknown_officer", "This officer is not on the rolls.")
    fields.past(
        "seen_at",
        seen_at,
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
        raise Conflict(
            f"{ending.located.recorded_by} recorded on {at_time(ending.located.recorded_at)} that "
            f"{incident.person.name} was located at {without_stop(ending.located.place)}. "
            "Look at it; if yours should replace it, send it again.",
            code="already_located",
        )
    raise StaleVersion(
        f"{incident.reference} has changed since you opened it. "
        "Look at what is new, then send yours again."
    )
