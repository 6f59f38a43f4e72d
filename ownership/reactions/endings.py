"""What falls due once the person is found, and what a change of stage ends or resumes."""

from core.models import Event
from mispers import events as incident_events
from mispers.rules.codes import ENDED_BY_BEING_SEEN, FALLING_DUE, Code
from mispers.rules.stages import Stage
from officers.rules.roles import Role
from ownership.deadlines.ledger import Ledger, opened
from ownership.reactions.exploitation import follow_the_markers
from ownership.reactions.risk import review_at_once
from riskassessment.rules.grades import Grade
from riskassessment.selectors import review_clock
from riskassessment.selectors.assessments import latest_assessment


def on_located(event: Event) -> None:
    """Opens END-2, unless the person is dead; once they are seen, ends what looking for them asks.

    What an officer who has seen them ends is SEARCH-1, PLAN-1, CIRC-1, OWN-3, OWN-4 and RISK-4.
    """
    said = incident_events.LOCATED.of(event)
    with opened(event) as ledger:
        if said.seen:
            ledger.cancel(ENDED_BY_BEING_SEEN)
        if said.condition != "deceased":
            allowance = ledger.figures.allow("end_2", ledger.grade or "")
            ledger.set_due(Code.END_2, ledger.now + allowance)


def on_prevention_interview(event: Event) -> None:
    """Meets END-2, by an interview held or by an attempt recorded."""
    with opened(event) as ledger:
        ledger.meet(Code.END_2)


def on_stage_changed(event: Event) -> None:
    """After 48 hours opens OWN-4; a refused closure resumes what was due; on closing all ends.

    OWN-4 is not opened for a high-risk incident, nor for one that the Missing Persons Unit owns.
    Whoever decides on a closure has read what arrived: NEW-1 is met. A refusal ends END-2 and opens
    again what being seen had ended, due when it was; a review that something significant has asked
    for meanwhile is due at once.
    """
    moved = incident_events.STAGE_CHANGED.of(event)
    before, after = Stage(moved.from_), Stage(moved.to)
    with opened(event) as ledger:
        if before == Stage.CLOSURE:
            ledger.meet(Code.NEW_1)  # Whoever decides on the closure has read what arrived.
        if after == Stage.CLOSED:
            ledger.cancel(FALLING_DUE)
        elif before == Stage.CLOSURE:
            ledger.cancel([Code.END_2])
            ledger.resume(ENDED_BY_BEING_SEEN)
            _resume_review(ledger)
        elif (before, after) == (Stage.PRE_48H, Stage.POST_48H):
            is_units_work = ledger.grade != Grade.HIGH
            if is_units_work and not ledger.is_owned_by(Role.MISSING_PERSONS_UNIT):
                ledger.set_due(Code.OWN_4, ledger.now + ledger.figures.allow("own_4"))


def on_reopened(event: Event) -> None:
    """Meets NEW-1 and opens RISK-1: the risk is assessed afresh; CHILD-2 as at a report."""
    with opened(event) as ledger:
        ledger.meet(Code.NEW_1)
        ledger.set_due(Code.RISK_1, ledger.now + ledger.figures.allow("reopened_risk"))
        follow_the_markers(ledger)


def on_logged_on_closed(event: Event) -> None:
    """Opens NEW-1: information on a resolved record waits for an inspector's decision."""
    with opened(event) as ledger:
        ledger.set_due(Code.NEW_1, ledger.now + ledger.figures.allow("new_1"))


def on_new_information_decided(event: Event) -> None:
    """Meets NEW-1, whichever way it was decided."""
    with opened(event) as ledger:
        ledger.meet(Code.NEW_1)


def _resume_review(ledger: Ledger) -> None:
    """What came in while the person counted as found asks for the review that then ended."""
    latest = latest_assessment(ledger.incident)
    came_in = review_clock.came_in_since(latest) if latest else []
    if came_in:
        review_at_once(ledger, came_in[0].says, because=came_in[0].event)
