"""Steps towards the end of an incident for tests, each by the real service."""

from datetime import date, datetime, timedelta
from typing import Any

from mispers.models import ClosureRequest, Incident, Located
from mispers.registries import barriers_to
from mispers.rules.stages import Stage
from mispers.services.authorising import authorise_closure
from mispers.services.closure import ask_closure
from mispers.services.interviews import InterviewDetails, record_prevention_interview
from mispers.services.located import LocationDetails, record_located
from mispers.services.strategy import state_hypothesis
from officers.models import Officer

AN_HOUR = timedelta(hours=1)
A_CHILD = {"date_of_birth": date(2012, 3, 4)}
OURS = {"LOCATED", "END-1", "END-2", "END-3", "HYP-1", "NEW-1", "RATIONALE", "HOLD"}


def locate(incident: Incident, by: Officer, now: datetime, **over: Any) -> Located:
    """Located, and seen in person by the same officer, unless told otherwise."""
    given: dict[str, Any] = {
        "at": now,
        "place": "The bandstand in Coram Park",
        "condition": "safe",
        "how": "A park keeper rang; the officer went and spoke with them.",
        "seen_in_person_by": by,
        "seen_at": now,
    }
    version = over.pop("version", None)
    details = LocationDetails(**{**given, **over})
    return record_located(incident.reference, details, by=by, now=now, version=version)


def interview(incident: Incident, by: Officer, now: datetime) -> None:
    """A prevention interview, held."""
    record_prevention_interview(
        incident.reference,
        InterviewDetails(
            attempted_at=now,
            held_at=now,
            interviewer=str(by),
            what_happened="Slept at a friend's house.",
        ),
        by=by,
        now=now,
    )


def suppose_abroad(incident: Incident, by: Officer, now: datetime) -> int:
    """An untested hypothesis; its id."""
    return state_hypothesis(
        incident.reference,
        by=by,
        now=now,
        statement="May have gone abroad without telling anyone.",
        would_confirm="A border or airline record of travel.",
        would_refute="No such record, and the passport at home.",
    ).pk


def ask(incident: Incident, by: Officer, now: datetime, **over: Any) -> ClosureRequest:
    """Ask for closure."""
    given: dict[str, Any] = {"rationale": "Seen, well, and back at home.", **over}
    return ask_closure(incident.reference, by=by, now=now, **given)


def all_overrides(incident: Incident, by: Officer, now: datetime) -> list[dict[str, str]]:
    """A reason for every barrier that may be overridden."""
    standing = barriers_to(Incident.objects.get(pk=incident.pk), Stage.CLOSED, by, now)
    codes = dict.fromkeys(barrier.code for barrier in standing if barrier.overridable)
    return [{"code": code, "reason": "Not needed in this case."} for code in codes]


def close(incident: Incident, by: Officer, inspector: Officer, now: datetime, **found: Any) -> None:
    """Located, asked for by one officer, authorised by the inspector past every barrier."""
    locate(incident, by, now, **found)
    ask(incident, by, now)
    overrides = all_overrides(incident, inspector, now)
    authorise_closure(incident.reference, by=inspector, now=now, overrides=overrides)


def stage_of(incident: Incident) -> str:
    """The stage as the database has it."""
    return str(Incident.objects.values_list("stage", flat=True).get(pk=incident.pk))


def locate_unseen(incident: Incident, by: Officer, now: datetime) -> None:
    """Located by what somebody says: no officer has seen them."""
    locate(incident, by, now, seen_in_person_by=None, seen_at=None)


def standing(incident: Incident, by: Officer, now: datetime, to: Stage = Stage.CLOSED) -> set[str]:
    """Codes of the incident's own barriers, but for END-4, which has tests of its own."""
    fresh = Incident.objects.get(pk=incident.pk)
    return {barrier.code for barrier in barriers_to(fresh, to, by, now)} & OURS
