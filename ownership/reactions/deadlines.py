"""Which event opens, meets, moves or ends which deadline, in the event's transaction."""

from core.models import Event
from mispers import events as incident_events
from mispers.models import Incident, Search
from mispers.rules.codes import ENDED_BY_BEING_SEEN, FALLING_DUE, Code
from mispers.rules.stages import Stage
from officers.models import Officer
from officers.rules.roles import Role
from ownership import events
from ownership.deadlines.ledger import Ledger, opened
from ownership.models import Action, Capacity
from ownership.rules.subjects import OfAction, OfAssessment, OfHandoverItem, OfShift
from riskassessment import events as risk_events
from riskassessment.rules.grades import Grade
from riskassessment.selectors import review_clock
from riskassessment.selectors.assessments import latest_assessment


def on_reported(event: Event) -> None:
    """Opens what is due first: INI-1, RISK-1, PLAN-1, SEARCH-1 and CIRC-1.

    The first step and the grade within the hour, the plan and the searches within four; CIRC-1
    counts from when it was reported, the others from when it was recorded.
    """
    with opened(event) as ledger:
        allow = ledger.figures.allow
        ledger.set_due(Code.INI_1, ledger.now + allow("ini_1"))
        ledger.set_due(Code.RISK_1, ledger.now + allow("risk_1"))
        ledger.set_due(Code.PLAN_1, ledger.now + allow("plan_1"))
        ledger.set_due(Code.SEARCH_1, ledger.now + allow("search_1"))
        ledger.set_due(Code.CIRC_1, ledger.incident.reported_at + allow("circ_1"))


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
            if not _owned_by(ledger.incident, Role.SAFEGUARDING_DI):
                ledger.set_due(Code.OWN_3, ledger.now + allow("own_3"))
        else:
            ledger.cancel([Code.OWN_3])
        ledger.climb_by_grade()
        _meet_first_steps(ledger)


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
            _review_at_once(ledger, words, because=event)


def on_strategy(event: Event) -> None:
    """Meets PLAN-1; a first step is agreed, so INI-1 is met too if the risk is assessed."""
    with opened(event) as ledger:
        ledger.meet(Code.PLAN_1)
        _meet_first_steps(ledger)


def on_searched(event: Event) -> None:
    """Meets SEARCH-1 once the inside of the home, and of the place missing from, was searched."""
    with opened(event) as ledger:
        if not what_to_search_inside(ledger.incident):
            ledger.meet(Code.SEARCH_1)


def what_to_search_inside(incident: Incident) -> list[str]:
    """The kinds of place whose inside nobody has recorded as searched yet."""
    wanted = [Search.Kind.HOME.value]
    if incident.missing_from not in (Incident.MissingFrom.HOME, Incident.MissingFrom.OTHER):
        wanted.append(Search.Kind.MISSING_FROM.value)
    done = set(
        Search.objects.filter(incident=incident, extent=Search.Extent.INSIDE).values_list(
            "kind", flat=True
        )
    )
    return [kind for kind in wanted if kind not in done]


def on_notified(event: Event) -> None:
    """Meets CIRC-1 when it is PNC/LEDS that was told: the person is circulated."""
    if incident_events.NOTIFIED.of(event).to == "pnc":
        with opened(event) as ledger:
            ledger.meet(Code.CIRC_1)


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
            if is_units_work and not _owned_by(ledger.incident, Role.MISSING_PERSONS_UNIT):
                ledger.set_due(Code.OWN_4, ledger.now + ledger.figures.allow("own_4"))


def on_reopened(event: Event) -> None:
    """Meets NEW-1 and opens RISK-1: the risk is assessed afresh."""
    with opened(event) as ledger:
        ledger.meet(Code.NEW_1)
        ledger.set_due(Code.RISK_1, ledger.now + ledger.figures.allow("reopened_risk"))


def on_logged_on_closed(event: Event) -> None:
    """Opens NEW-1: information on a resolved record waits for an inspector's decision."""
    with opened(event) as ledger:
        ledger.set_due(Code.NEW_1, ledger.now + ledger.figures.allow("new_1"))


def on_new_information_decided(event: Event) -> None:
    """Meets NEW-1, whichever way it was decided."""
    with opened(event) as ledger:
        ledger.meet(Code.NEW_1)


def on_action_set(event: Event) -> None:
    """Opens ACT-2 at the action's own due time; INI-1 is met too if the risk is assessed."""
    said = events.ACTION_SET.of(event)
    action = Action.objects.select_related("responsible").get(pk=said.action)
    with opened(event) as ledger:
        ledger.set_due(
            Code.ACT_2,
            action.due_at,
            subject=OfAction(action.pk),
            title=action.title,
            officer=action.responsible,
        )
        _meet_first_steps(ledger)


def on_action_reassigned(event: Event) -> None:
    """Moves ACT-2 to whoever has the action now; its due time stays."""
    said = events.ACTION_REASSIGNED.of(event)
    officer = Officer.objects.get(pk=said.responsible)
    with opened(event) as ledger:
        ledger.name_officer(Code.ACT_2, subject=OfAction(said.action), officer=officer)


def on_action_extended(event: Event) -> None:
    """Moves ACT-2 to the action's new due time."""
    said = events.ACTION_EXTENDED.of(event)
    with opened(event) as ledger:
        ledger.set_due(Code.ACT_2, said.due_at, subject=OfAction(said.action))


def on_action_ended(event: Event) -> None:
    """Meets ACT-2 of the action."""
    with opened(event) as ledger:
        ledger.meet(Code.ACT_2, subject=OfAction(events.OfAction.of(event).action))


def on_offered(event: Event) -> None:
    """Opens OWN-5: an offer waits at most fifteen minutes before it is said again, and louder."""
    said = events.OFFERED.of(event)
    officer = Officer.objects.get(pk=said.to)
    with opened(event) as ledger:
        due_at = ledger.now + ledger.figures.allow("handover_reminder")
        ledger.set_due(Code.OWN_5, due_at, subject=OfHandoverItem(said.item), officer=officer)


def on_accepted(event: Event) -> None:
    """Meets OWN-5 of the offer."""
    with opened(event) as ledger:
        ledger.meet(Code.OWN_5, subject=OfHandoverItem(events.ACCEPTED.of(event).item))


def on_offer_ended(event: Event) -> None:
    """Ends OWN-5 of the offer: there is nothing to accept any more."""
    with opened(event) as ledger:
        ledger.cancel([Code.OWN_5], subject=OfHandoverItem(events.OfHandover.of(event).item))


def on_shift_ended(event: Event) -> None:
    """Opens OWN-5 of the change of shift: the incoming inspector accepts within the hour.

    What was due at the change before this one ends unmet: it was missed, and stays so.
    """
    said = events.SHIFT_ENDED.of(event)
    officer = Officer.objects.get(pk=said.incoming)
    with opened(event) as ledger:
        for subject in _of_shifts(ledger):
            ledger.cancel([Code.OWN_5], subject=subject)
        due_at = said.boundary + ledger.figures.allow("own_5")
        title = f"Accept it at the change of shift: {said.holder_name} still answers"
        subject = OfShift(said.boundary)
        ledger.set_due(Code.OWN_5, due_at, subject=subject, title=title, officer=officer)


def on_left_waiting(event: Event) -> None:
    """Lets OWN-5 of the offer climb a rung at once: whoever gave it has gone."""
    said = events.LEFT_WAITING.of(event)
    if said.item is not None:
        with opened(event) as ledger:
            ledger.climb_at_once(Code.OWN_5, subject=OfHandoverItem(said.item))


def on_review_asked(event: Event) -> None:
    """Makes RISK-4 due now, or the first RISK-1: whoever took it on doubts the risk."""
    with opened(event) as ledger:
        _review_at_once(ledger, f"asked for by {event.actor_name} at the handover", because=event)
        ledger.bring_forward(Code.RISK_1, ledger.now)


def on_taken(event: Event) -> None:
    """Meets what waited for somebody to take it on: OWN-5 of a change of shift, OWN-3 or OWN-4.

    A new inspector meets OWN-5; an owner who is a Safeguarding DI meets OWN-3, one of the Missing
    Persons Unit OWN-4; any other owner nothing.
    """
    said = events.TAKEN.of(event)
    if said.capacity != Capacity.OWNER:
        with opened(event) as ledger:
            for subject in _of_shifts(ledger):
                ledger.meet(Code.OWN_5, subject=subject)
        return
    role = Officer.objects.values_list("role", flat=True).get(pk=said.officer)
    code = {Role.SAFEGUARDING_DI: Code.OWN_3, Role.MISSING_PERSONS_UNIT: Code.OWN_4}.get(Role(role))
    if code is not None:
        with opened(event) as ledger:
            ledger.meet(code)


def _of_shifts(ledger: Ledger) -> list[OfShift]:
    return [each for each in ledger.subjects(Code.OWN_5) if isinstance(each, OfShift)]


def _review_at_once(ledger: Ledger, words: str, *, because: Event) -> None:
    grace = ledger.figures.allow("review_at_once", ledger.grade or Grade.HIGH)
    ledger.make_due_at_once(
        Code.RISK_4, f"Review the risk now: {words}", because=because, grace=grace
    )


def _resume_review(ledger: Ledger) -> None:
    """What came in while the person counted as found asks for the review that then ended."""
    latest = latest_assessment(ledger.incident)
    came_in = review_clock.came_in_since(latest) if latest else []
    if came_in:
        _review_at_once(ledger, came_in[0].says, because=came_in[0].event)


def _owned_by(incident: Incident, role: Role) -> bool:
    return incident.holdings.filter(capacity=Capacity.OWNER, officer__role=role).exists()


def _meet_first_steps(ledger: Ledger) -> None:
    """INI-1 once the risk is assessed and a first step (an action or a strategy) is agreed."""
    if not ledger.is_open(Code.INI_1):
        return
    incident = ledger.incident
    assessed = incident.risk_assessments.exists()
    first_step = incident.actions.exists() or incident.strategy_entries.exists()
    if assessed and first_step:
        ledger.meet(Code.INI_1)
