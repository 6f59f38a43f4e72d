"""Asking for closure, and another inspector's decision (END-4)."""

from collections.abc import Sequence
from datetime import datetime

from core.barriers import Barrier
from core.checks import Complaints
from core.errors import Barred
from core.text import at_time, quoted
from mispers import events, registries
from mispers.barriers import NEVER_MISSING
from mispers.errors import AlreadyAsked, AlreadyDecided, ClosureNotAsked
from mispers.models import ClosureRequest, Incident
from mispers.rules.codes import Code, row_of
from mispers.rules.stages import Stage
from mispers.selectors.closure import latest_request
from mispers.selectors.incidents import incidents_visible_to
from mispers.services.gateway import check_open, incident_for_change, move, record
from officers.models import Officer
from officers.rules.permitted import Permission


def ask_closure(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    rationale: str,
    outcome: str = "",
    evidence: str = "",
    duplicate_of: str = "",
    version: int | None = None,
) -> ClosureRequest:
    """Ask for closure, of a person located or of a report that is not_missing or a duplicate.

    outcome and evidence only for the latter two. Raises Invalid; Conflict when it is closed or
    asked for already; Barred, with every barrier, when one stands that nobody may override.
    """
    wrong = Complaints(now)
    asked = _asked(wrong, rationale=rationale, outcome=outcome, evidence=evidence)
    with incident_for_change(
        reference, by=by, now=now, permission=Permission.ASK_CLOSURE, version=version
    ) as incident:
        _check_not_asked(incident)
        twin = _twin(wrong, incident, by, outcome, duplicate_of.strip())
        wrong.check()
        request = ClosureRequest.objects.create(
            incident=incident, recorded_by=by, recorded_at=now, duplicate_of=twin, **asked
        )
        # With the request written, each app sees what is asked for; a refusal takes it back.
        _check_can_be_asked(incident, by, now)
        enter_closure(incident, by=by, now=now, why=f"{by} asked for it.")
        record(
            incident,
            events.CLOSURE_ASKED,
            events.OfClosure(closure=request.pk),
            by=by,
            now=now,
            summary=_asked_in_words(request),
        )
    return request


def _asked(wrong: Complaints, *, rationale: str, outcome: str, evidence: str) -> dict[str, str]:
    """What is asked for and why; evidence belongs to an outcome, and an outcome has evidence."""
    if outcome:
        wrong.one_of("outcome", outcome, sorted(NEVER_MISSING))
    elif evidence.strip():
        wrong.add("outcome", "required", "Say what this is the evidence for.")
    needed = "Say what the evidence for this is." if outcome else ""
    return {
        "rationale": wrong.text("rationale", rationale, required="Say why this can be closed."),
        "outcome": outcome,
        "evidence": wrong.text("evidence", evidence, required=needed),
    }


def _asked_in_words(request: ClosureRequest) -> str:
    as_what = f" as {request.get_outcome_display().lower()}" if request.outcome else ""
    of = f" of {request.duplicate_of.reference}" if request.duplicate_of else ""
    proof = f" Evidence: {quoted(request.evidence)}" if request.evidence else ""
    return (
        f"{request.recorded_by} asked for closure{as_what}{of}. "
        f"Rationale: {quoted(request.rationale)}{proof}"
    )


def refuse_closure(reference: str, *, by: Officer, now: datetime, reason: str) -> ClosureRequest:
    """Refuse closure; the incident goes back to the stage that the clock says.

    Raises Invalid, Barred for the officer who asked (END-4), Conflict when it is decided already.
    """
    wrong = Complaints(now)
    reason = wrong.text("reason", reason, required="Say why, and what is to be done first.")
    with incident_for_change(
        reference, by=by, now=now, permission=Permission.AUTHORISE_CLOSURE
    ) as incident:
        request = pending_request(incident)
        wrong.check()
        own = [b for b in barriers_to_closed(incident, by, now) if b.code == Code.END_4]
        if own:
            raise Barred(own, tried="refuse the closure")
        back = incident.stage_by_clock(now)
        decide(request, ClosureRequest.Decision.REFUSED, by, now, refusal_reason=reason)
        record(
            incident,
            events.CLOSURE_REFUSED,
            events.OfClosure(closure=request.pk),
            by=by,
            now=now,
            summary=(
                f"{by} refused the closure that {request.recorded_by} asked for on "
                f"{at_time(request.recorded_at)}, because: {quoted(reason)}"
            ),
        )
        move(
            incident,
            f"refuse_closure_to_{back.value}",
            by=by,
            now=now,
            summary=f"The incident went back to “{back.label}”: {by} refused closure.",
        )
    return request


def enter_closure(incident: Incident, *, by: Officer, now: datetime, why: str) -> None:
    """Move an incident of the first two stages into closure. why: whose act brings it there."""
    if incident.stage != Stage.CLOSURE:
        summary = f"The incident entered closure: {why}"
        move(incident, "enter_closure", by=by, now=now, summary=summary)


def pending_request(incident: Incident) -> ClosureRequest:
    """The request to decide; Conflict names who decided it and when if somebody has."""
    request = latest_request(incident)
    if request is None:
        raise ClosureNotAsked(f"Closure of {incident.reference} has not been asked for.")
    if request.decision != ClosureRequest.Decision.PENDING:
        raise AlreadyDecided(
            f"{request.decided_by} {request.get_decision_display().lower()} this closure on "
            f"{at_time(request.decided_at or request.recorded_at)}."
        )
    return request


def decide(
    request: ClosureRequest,
    decision: ClosureRequest.Decision,
    by: Officer,
    now: datetime,
    **what: str,
) -> None:
    """Write the decision into the request."""
    request.decision, request.decided_by, request.decided_at = decision, by, now
    for field, value in what.items():
        setattr(request, field, value)
    request.save(update_fields=["decision", "decided_by", "decided_at", *what])


def barriers_to_closed(incident: Incident, by: Officer, now: datetime) -> list[Barrier]:
    """Everything that stands in the way of closing, from every app."""
    return registries.barriers_to(incident, Stage.CLOSED, by, now)


def _check_not_asked(incident: Incident) -> None:
    check_open(incident)
    request = latest_request(incident)
    if request is not None and request.decision == ClosureRequest.Decision.PENDING:
        raise AlreadyAsked(
            f"{request.recorded_by} asked for closure on {at_time(request.recorded_at)}; "
            "it waits for an inspector."
        )


def _check_can_be_asked(incident: Incident, by: Officer, now: datetime) -> None:
    """Raise Barred when something stands that an authorising inspector could not go past."""
    standing: Sequence[Barrier] = [
        barrier
        for barrier in barriers_to_closed(incident, by, now)
        if not row_of(barrier.code).until_decided
    ]
    if any(not barrier.overridable for barrier in standing):
        raise Barred(standing, tried="ask for closure")


def _twin(
    wrong: Complaints, incident: Incident, by: Officer, outcome: str, reference: str
) -> Incident | None:
    """The incident that this one duplicates: another, visible and open, so that one goes on."""
    if outcome != "duplicate":
        if reference:
            wrong.add("duplicate_of", "not_wanted", "Only a duplicate names another incident.")
        return None
    if not reference:
        wrong.add("duplicate_of", "required", "Give the reference of the other incident.")
        return None
    twin = incidents_visible_to(by).filter(reference=reference).first()
    if twin is None or twin.pk == incident.pk:
        wrong.add(
            "duplicate_of", "unknown_incident", "There is no other incident with this reference."
        )
        return None
    if not twin.is_open:
        wrong.add(
            "duplicate_of", "incident_closed", f"{twin.reference} is closed: reopen it first."
        )
    return twin
