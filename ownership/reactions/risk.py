"""What an assessment, and whatever bears on the risk, makes due: its endorsement, its review."""

from core.models import Event
from mispers.rules.codes import Code
from officers.rules.roles import Role
from ownership.deadlines.ledger import Ledger, opened
from ownership.reactions.first_steps import meet_first_steps
from ownership.rules.subjects import OfAssessment
from riskassessment import events as risk_events
from riskassessment.rules.grades import Grade
from riskassessment.selectors import review_clock


def on_assessed(event: Event) -> None:
    """Meets RISK-1 and RISK-4, opens the next RISK-3 and RISK-4; high, it hurries what else is due.

    An endorsement that an earlier assessment waited for (RISK-3) ends. A high grade brings PLAN-1
    and SEARCH-1 forward and, unless a Safeguarding DI owns the incident, opens OWN-3; any other
    ends OWN-3. Reminders of everything open are timed by the new grade. INI-1 is met if an action
    or a strategy is there already.
    """
    said = risk_events.ASSESSED.of(event)
    grade, subject, because = said.grade, OfAssessment(said.assessment), said.review_because
    with opened(event) as ledger:
        allow = ledger.figures.allow
        ledger.meet(Code.RISK_1)
        ledger.meet(Code.RISK_4)
        ledger.cancel([Code.RISK_3])
        ledger.set_due(Code.RISK_3, ledger.now + allow("endorse", grade), subject=subject)
        title = f"Review the risk: {because}" if because else ""
        ledger.set_due(Code.RISK_4, said.review_due_at, subject=subject, title=title)
        if grade == Grade.HIGH:
            ledger.bring_forward(Code.PLAN_1, ledger.now + allow("plan_1", grade))
            ledger.bring_forward(Code.SEARCH_1, ledger.now + allow("search_1", grade))
            if not ledger.is_owned_by(Role.SAFEGUARDING_DI):
                ledger.set_due(Code.OWN_3, ledger.now + allow("own_3"))
        else:
            ledger.cancel([Code.OWN_3])
        ledger.climb_by_grade()
        meet_first_steps(ledger)


def on_endorsed(event: Event) -> None:
    """Meets RISK-3 of the assessment."""
    with opened(event) as ledger:
        ledger.meet(Code.RISK_3, subject=OfAssessment(risk_events.ENDORSED.of(event).assessment))


def on_returned(event: Event) -> None:
    """Ends RISK-3 and opens RISK-1: a returned assessment is to be made again within the hour."""
    with opened(event) as ledger:
        ledger.cancel([Code.RISK_3])
        ledger.set_due(Code.RISK_1, ledger.now + ledger.figures.allow("risk_1"))


def on_something_significant(event: Event) -> None:
    """Makes RISK-4 due at once, and says why, if what came in bears on the risk.

    That is a sighting, information from a professional, a link with another incident, a hypothesis
    refuted, a marker added by a correction, a condition, a time from which a dose or the cold
    matters, an exploitation investigation. Nothing happens where no review is due later.
    """
    if words := review_clock.what_it_says(event):
        with opened(event) as ledger:
            review_at_once(ledger, words, because=event)


def on_review_asked(event: Event) -> None:
    """Makes RISK-4 due now, or the first RISK-1: whoever took it on doubts the risk."""
    with opened(event) as ledger:
        review_at_once(ledger, f"asked for by {event.actor_name} at the handover", because=event)
        ledger.bring_forward(Code.RISK_1, ledger.now)


def review_at_once(ledger: Ledger, words: str, *, because: Event) -> None:
    """Make RISK-4 due now, and say why; how soon its standard misses it goes by the grade."""
    grace = ledger.figures.allow("review_at_once", ledger.grade or Grade.HIGH)
    ledger.make_due_at_once(
        Code.RISK_4, f"Review the risk now: {words}", because=because, grace=grace
    )
