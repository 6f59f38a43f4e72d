"""What this app puts in the way of closure: nobody is written off as found until they were seen."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.urls import reverse

from core.barriers import Barrier
from core.text import agreeing, at_time, listed, quoted, without_stop
from mispers.models import Hypothesis, Incident, Located
from mispers.rules.codes import Code, row_of
from mispers.rules.stages import Outcome, Stage
from mispers.selectors import protocol
from mispers.selectors.closure import Ending, ending_of
from mispers.selectors.entries import waiting_information
from officers.models import Officer
from officers.permissions import may
from officers.rules.permitted import Permission

NEVER_MISSING = frozenset({Outcome.NOT_MISSING.value, Outcome.DUPLICATE.value})

_APP = "Policy: Authorised Professional Practice, missing persons"
_GUIDANCE = "Guidance: this force's protocol"
_IX_68_18 = "Guidance: learning from IOPC report IX-68-18"
_JULY_2022 = "Guidance: learning from an IOPC report of July 2022"
_ANYBODY = "Any officer working the incident"


def barriers_of_incident(
    incident: Incident, target: Stage, by: Officer | None, now: datetime
) -> Iterable[Barrier]:
    """This app's barriers to a stage; of a closure that is asked for, by what is asked for."""
    if incident.stage == Stage.CLOSED or target not in {Stage.CLOSURE, Stage.CLOSED}:
        return []
    ending = ending_of(incident)
    asked_as = ending.pending.outcome if ending.pending else ""
    if asked_as in NEVER_MISSING:
        return [
            *_untested(incident),
            *_arrived(incident),
            *_decision(incident, ending, by, now),
        ]
    if target == Stage.CLOSURE:
        return _located(incident, ending)
    return [
        *_located(incident, ending),
        *_seen(incident, ending),
        *([] if ending.is_seen else _untested(incident)),
        *_arrived(incident),
        *_interviews(incident, ending),
        *_decision(incident, ending, by, now),
    ]


def _located(incident: Incident, ending: Ending) -> list[Barrier]:
    if ending.located is not None:
        return []
    return [
        _barrier(
            Code.LOCATED,
            f"No officer has recorded how {incident.person.name} was located and by whom.",
            _APP,
            _where("record-located", incident),
        )
    ]


def _seen(incident: Incident, ending: Ending) -> list[Barrier]:
    """END-1: never overridable, by any rank."""
    if ending.is_seen:
        return []
    name = incident.person.name
    if ending.located is None:
        message = f"No named officer has seen {name} in person."
    elif ending.located.condition == Located.Condition.DECEASED:
        message = f"{name} was found dead, and the coroner's reference is not recorded."
    else:
        message = (
            f"{name} was located on {at_time(ending.located.at)}, yet no named officer has seen "
            "them in person. A telephone call, a message or what others say is not enough."
        )
    return [
        _barrier(
            Code.END_1,
            message,
            _APP,
            _where("record-located", incident),
            who="The officer who sees them records it",
        )
    ]


def _untested(incident: Incident) -> list[Barrier]:
    """HYP-1: a hypothesis that nobody has tested is no ground for a closure."""
    names = [
        quoted(without_stop(statement), 160)
        for statement in Hypothesis.objects.filter(incident=incident, status=Hypothesis.Status.OPEN)
        .order_by("recorded_at", "pk")
        .values_list("statement", flat=True)
    ]
    if not names:
        return []
    what = agreeing(len(names), "This hypothesis is", "These hypotheses are")
    return [
        _barrier(
            Code.HYP_1,
            f"{what} not tested: {listed(names)}. An untested hypothesis cannot be the ground "
            "of a closure.",
            _IX_68_18,
            _where("incident-investigation", incident) + "#hypotheses",
            who=f"{_ANYBODY} concludes each with evidence, or sees the person",
        )
    ]


def _arrived(incident: Incident) -> list[Barrier]:
    """NEW-1: what others said since the person was located is read first. Overridable."""
    waiting = waiting_information(incident)
    if not waiting:
        return []
    said = listed(quoted(without_stop(entry.text), 160) for entry in waiting)
    return [
        _barrier(
            Code.NEW_1,
            f"Since {incident.person.name} was recorded as located, this has arrived: {said}.",
            _JULY_2022,
            _where("incident-closure", incident),
            who="The inspector who decides: refuse the closure, or say why this changes nothing",
        )
    ]


def _interviews(incident: Incident, ending: Ending) -> Iterator[Barrier]:
    """END-2 and END-3; neither is asked of the dead. Overridable."""
    if ending.located is not None and ending.located.condition == Located.Condition.DECEASED:
        return
    if ending.prevention_interview is None:
        yield _barrier(
            Code.END_2,
            "No prevention interview is recorded, held or attempted, since they were located.",
            _APP,
            _where("record-prevention-interview", incident),
        )
    if ending.return_interview is None and incident.may_be_child:
        yield _barrier(
            Code.END_3,
            f"{incident.person.name} is a child and no return interview has been asked for.",
            "Policy: statutory guidance on children who run away or go missing",
            _where("ask-return-interview", incident),
        )


def _decision(
    incident: Incident, ending: Ending, by: Officer | None, now: datetime
) -> Iterator[Barrier]:
    """What only asking, and then another inspector's decision, lifts."""
    request = ending.pending
    where = _where("incident-closure", incident)
    if request is None:
        yield _barrier(
            Code.RATIONALE,
            "No closure rationale is written.",
            _APP,
            _where("ask-closure", incident),
        )
        message = "Closure has not been asked for."
    else:
        message = _why_not_by(request.recorded_by, by, now)
        yield from _first_hour(ending, by, now, where)
    if message:
        yield _barrier(
            Code.END_4,
            f"{message} An inspector who neither asked for it nor owns the incident decides.",
            _APP,
            where,
            who="Another inspector",
        )


def _why_not_by(asker: Officer, by: Officer | None, now: datetime) -> str:
    """Why `by` may not decide, or nothing (END-4). That they own it, the owners' app says."""
    if by is None or not may(by, Permission.AUTHORISE_CLOSURE, now):
        return f"{asker} asked for closure and it is not decided."
    if by.pk == asker.pk:
        return "You asked for this closure yourself."
    return ""


def _first_hour(ending: Ending, by: Officer | None, now: datetime, where: str) -> Iterator[Barrier]:
    """Within its first hour only a superintendent closes a report as not missing or duplicate."""
    request = ending.pending
    until = ending.logged_since + protocol.in_force(now).allow("not_missing_hold")
    if request is None or request.outcome not in NEVER_MISSING or now >= until:
        return
    if by is None or not may(by, Permission.CLOSE_EARLY, now):
        yield _barrier(
            Code.HOLD,
            f"Until {at_time(until)} only a superintendent closes this report as "
            f"{request.get_outcome_display().lower()}.",
            _GUIDANCE,
            where,
            who="A superintendent now, or any other inspector after that time",
        )


def _barrier(
    code: Code,
    message: str,
    source: str,
    where: str,
    *,
    who: str = _ANYBODY,
) -> Barrier:
    return Barrier(
        code=code,
        message=message,
        source=source,
        lift_who=who,
        lift_where=where,
        overridable=row_of(code).is_overridable,
    )


def _where(url_name: str, incident: Incident) -> str:
    return reverse(url_name, args=[incident.reference])
