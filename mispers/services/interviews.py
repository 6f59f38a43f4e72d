"""The prevention interview (END-2) and the return home interview asked of the authority (END-3)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from core.checks import Complaints
from core.text import at_time, quoted, without_stop
from mispers import events
from mispers.errors import ReturnInterviewNotAsked
from mispers.models import PreventionInterview, ReturnInterview
from mispers.services.gateway import incident_for_change, record
from officers.models import Officer
from officers.rules.permitted import Permission

_ANSWERS = ("why", "what_happened", "where_and_with_whom", "harm", "next_time")


@dataclass(frozen=True)
class InterviewDetails:
    """A prevention interview that was held, or the attempt and why it was not."""

    attempted_at: datetime
    interviewer: str
    held_at: datetime | None = None
    why: str = ""
    what_happened: str = ""
    where_and_with_whom: str = ""
    harm: str = ""
    next_time: str = ""
    not_held_because: str = ""


def record_prevention_interview(
    reference: str, given: InterviewDetails, *, by: Officer, now: datetime
) -> PreventionInterview:
    """Record the interview that was held, or the attempt and why it was not. Also after closure.

    Raises Invalid.
    """
    wrong = Complaints(now)
    details = vars(_checked(given, wrong))
    interviewer = details.pop("interviewer")
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        wrong.check()
        interview = PreventionInterview.objects.create(
            incident=incident, recorded_by=by, recorded_at=now, by=interviewer, **details
        )
        held_at = interview.held_at
        record(
            incident,
            events.PREVENTION_INTERVIEW,
            events.PreventionInterview(interview=interview.pk, held=held_at is not None),
            by=by,
            now=now,
            at=held_at or interview.attempted_at,
            summary=_interview_in_words(interview, incident.person.name),
        )
    return interview


def _checked(given: InterviewDetails, wrong: Complaints) -> InterviewDetails:
    interviewer = wrong.line("interviewer", given.interviewer, required="Say who interviewed.")
    attempted = wrong.past(
        "attempted_at", given.attempted_at, required="Say when it was attempted."
    )
    was_held = given.held_at is not None
    answers = {name: wrong.text(name, getattr(given, name)) for name in _ANSWERS}
    if was_held and not any(answers.values()) and not wrong.has(*_ANSWERS):
        wrong.add("what_happened", "required", "Say what came out of the interview.")
    why_not = "" if was_held else "Say when it was held, or why it was not."
    return InterviewDetails(
        attempted_at=attempted or wrong.now,
        interviewer=interviewer,
        held_at=wrong.past("held_at", given.held_at),
        not_held_because=wrong.text("not_held_because", given.not_held_because, required=why_not),
        **answers,
    )


def record_return_interview(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    requested_at: datetime | None = None,
    authority: str = "",
    offered_at: datetime | None = None,
    outcome: str = "",
) -> ReturnInterview:
    """Ask where requested_at and authority are given, then update where the others are.

    Raises Invalid, Conflict when there is none to update.
    """
    with transaction.atomic():
        asked = None
        if authority or requested_at is not None:
            asked = ask_return_interview(
                reference, by=by, now=now, requested_at=requested_at, authority=authority
            )
        if asked is not None and offered_at is None and not outcome:
            return asked
        return update_return_interview(
            reference, by=by, now=now, offered_at=offered_at, outcome=outcome
        )


def ask_return_interview(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    requested_at: datetime | None,
    authority: str,
) -> ReturnInterview:
    """Record that the local authority was asked for an independent return interview.

    Also after closure. Raises Invalid.
    """
    wrong = Complaints(now)
    authority = wrong.line("authority", authority, required="Say which authority.", most=120)
    asked_at = (
        wrong.past("requested_at", requested_at, required="Say when it was asked for.") or now
    )
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        wrong.check()
        interview = ReturnInterview.objects.create(
            incident=incident,
            recorded_by=by,
            recorded_at=now,
            requested_at=asked_at,
            authority=authority,
        )
        record(
            incident,
            events.RETURN_INTERVIEW_ASKED,
            events.OfReturnInterview(interview=interview.pk),
            by=by,
            now=now,
            at=asked_at,
            summary=(
                f"{by} recorded that {without_stop(authority)} was asked on "
                f"{at_time(asked_at)} for a return interview."
            ),
        )
    return interview


def update_return_interview(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    offered_at: datetime | None = None,
    outcome: str = "",
) -> ReturnInterview:
    """Record when the interview last asked for was offered, and what came of it.

    What is not given stays. Raises Invalid, Conflict when none was asked for.
    """
    wrong = Complaints(now)
    outcome = wrong.text("outcome", outcome)
    if offered_at is None and not outcome:
        wrong.add("offered_at", "required", "Say when it was offered, or what came of it.")
    with incident_for_change(reference, by=by, now=now, permission=Permission.RECORD) as incident:
        interview = ReturnInterview.objects.filter(incident=incident).first()
        if interview is None:
            raise ReturnInterviewNotAsked(
                "No return interview has been asked for. Record that first."
            )
        offered_at = wrong.past(
            "offered_at",
            offered_at,
            not_before=interview.requested_at,
            too_early=f"This is before it was asked for, on {at_time(interview.requested_at)}.",
        )
        wrong.check()
        interview.offered_at = offered_at or interview.offered_at
        interview.outcome = outcome or interview.outcome
        interview.save()
        offered = f" It was offered on {at_time(offered_at)}." if offered_at else ""
        came = f" Outcome: {quoted(outcome)}" if outcome else ""
        record(
            incident,
            events.RETURN_INTERVIEW_UPDATED,
            events.OfReturnInterview(interview=interview.pk),
            by=by,
            now=now,
            at=offered_at,
            summary=(
                f"{by} updated the return interview asked of "
                f"{without_stop(interview.authority)}.{offered}{came}"
            ),
        )
    return interview


def _interview_in_words(interview: PreventionInterview, name: str) -> str:
    who = without_stop(interview.by)
    if interview.held_at is None:
        return (
            f"{who} attempted a prevention interview with {name} on "
            f"{at_time(interview.attempted_at)}. It was not held, because: "
            f"{quoted(interview.not_held_because)}"
        )
    return f"{who} held a prevention interview with {name} on {at_time(interview.held_at)}."
