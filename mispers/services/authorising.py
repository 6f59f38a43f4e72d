"""Authorising closure: barriers again under the lock, overrides one by one, then closed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import OperationalError

from core.barriers import Barrier
from core.checks import Complaints
from core.errors import Barred
from core.text import at_time, quoted
from mispers import events
from mispers.barriers import NEVER_MISSING
from mispers.errors import DuplicateOfClosed, TryAgain
from mispers.models import BarrierOverride, ClosureRequest, Incident, IncidentLink, Located
from mispers.rules.stages import Outcome
from mispers.selectors.closure import ending_of
from mispers.services.closure import barriers_to_closed, decide, pending_request
from mispers.services.gateway import incident_for_change, move, record
from officers.models import Officer
from officers.rules.permitted import Permission

OUTCOMES = {
    "safe": Outcome.FOUND_SAFE,
    "harmed": Outcome.FOUND_HARMED,
    "deceased": Outcome.FOUND_DECEASED,
}


def authorise_closure(
    reference: str,
    *,
    by: Officer,
    now: datetime,
    overrides: Iterable[Mapping[str, str]] = (),
) -> ClosureRequest:
    """Close the incident, going past overridable barriers with a reason for each.

    overrides: {"code", "reason"} each. Raises Invalid; Barred with what still stands; Conflict
    naming who decided and when if somebody has.
    """
    with incident_for_change(
        reference, by=by, now=now, permission=Permission.AUTHORISE_CLOSURE
    ) as incident:
        request = pending_request(incident)
        standing = barriers_to_closed(incident, by, now)
        reasons = _reasons(list(overrides), standing, now)
        _check_twin_open(request)
        located = ending_of(incident).located
        outcome = _outcome(request, located)
        passed = _write_overrides(request, standing, reasons)
        decide(request, ClosureRequest.Decision.AUTHORISED, by, now)
        if request.duplicate_of is not None:
            _link(incident, request.duplicate_of, by, now)
        record(
            incident,
            events.CLOSURE_AUTHORISED,
            events.ClosureAuthorised(
                closure=request.pk,
                outcome=outcome.value,
                overrides=tuple(events.Overridden(code=o.code, reason=o.reason) for o in passed),
                duplicate_of=request.duplicate_of.reference if request.duplicate_of else None,
            ),
            by=by,
            now=now,
            summary=_authorised_in_words(request, located, outcome, by, passed),
        )
        move(
            incident,
            "authorise_closure",
            by=by,
            now=now,
            summary=f"The incident was closed as {outcome.label.lower()} by authority of {by}.",
            outcome=outcome,
            closed_at=now,
        )
    return request


def _reasons(
    given: Sequence[Mapping[str, str]], standing: Sequence[Barrier], now: datetime
) -> dict[str, str]:
    """{code: reason} of the overrides; each must name a standing barrier that may be overridden.

    Raises Invalid, or Barred with what stands without one.
    """
    wrong = Complaints(now)
    codes = {barrier.code for barrier in standing}
    reasons: dict[str, str] = {}
    for index, override in enumerate(given):
        code, at = override["code"], wrong.row("overrides", index)
        if code not in codes:
            at.add("code", "not_standing", f"{code} does not stand in the way.")
        elif code in reasons:
            at.add("code", "repeated", f"{code} is overridden once.")
        reasons[code] = at.text("reason", override["reason"], required=f"Give a reason for {code}.")
    wrong.check()
    if left := [each for each in standing if not (each.overridable and each.code in reasons)]:
        raise Barred(left, tried="authorise the closure")
    return reasons


def _write_overrides(
    request: ClosureRequest, standing: Sequence[Barrier], reasons: Mapping[str, str]
) -> list[BarrierOverride]:
    """One row a code, with the words of every barrier of that code."""
    return BarrierOverride.objects.bulk_create(
        BarrierOverride(
            closure=request,
            code=code,
            message="\n".join(b.message for b in standing if b.code == code),
            reason=reason,
        )
        for code, reason in reasons.items()
    )


def _outcome(request: ClosureRequest, located: Located | None) -> Outcome:
    """As asked for, or as the person was found; without a location LOCATED would have stood."""
    if located is None or request.outcome in NEVER_MISSING:
        return Outcome(request.outcome)
    return OUTCOMES[located.condition]


def _check_twin_open(request: ClosureRequest) -> None:
    """The incident this one duplicates goes on; locked, so that neither closes on the other.

    Not waiting for the lock: two twins closing on each other would wait for ever.
    """
    if request.duplicate_of_id is None:
        return
    try:
        twin = Incident.objects.select_for_update(nowait=True).get(pk=request.duplicate_of_id)
    except OperationalError:
        raise TryAgain(
            "The incident of which this is a duplicate is being changed at this moment. Try again."
        ) from None
    if not twin.is_open:
        raise DuplicateOfClosed(
            f"{twin.reference}, of which this is a duplicate, was closed meanwhile: "
            "nobody would be looking."
        )


def _link(incident: Incident, twin: Incident, by: Officer, now: datetime) -> None:
    IncidentLink.objects.bulk_create(
        [
            IncidentLink(
                incident=incident,
                other=twin,
                kind=IncidentLink.Kind.DUPLICATE,
                made_by=by,
                made_at=now,
            )
        ],
        ignore_conflicts=True,
    )


def _authorised_in_words(
    request: ClosureRequest,
    located: Located | None,
    outcome: Outcome,
    by: Officer,
    passed: Sequence[BarrierOverride],
) -> str:
    of = f" of {request.duplicate_of.reference}" if request.duplicate_of else ""
    said = (
        f"{by} authorised closure as {outcome.label.lower()}{of}, which {request.recorded_by} "
        f"asked for on {at_time(request.recorded_at)}."
    )
    if request.outcome not in NEVER_MISSING and located is not None:
        if located.seen_in_person_by is not None and located.seen_at is not None:
            name = request.incident.person.name
            when = at_time(located.seen_at)
            said += f" {name} was seen in person by {located.seen_in_person_by} on {when}."
        if located.coroner_reference:
            said += f" The coroner's reference is {located.coroner_reference}."
    for override in passed:
        said += f" {override.code} was overridden, because: {quoted(override.reason)}"
    return said
