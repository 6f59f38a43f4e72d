"""Which event opens, meets or ends which deadline; each handler runs in the event's transaction."""

from datetime import datetime

from core import trail
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


@trail.on(incident_events.REPORTED)
def on_reported(event: Event) -> None:
    """The first hour and the first four: INI-1, RISK-1, PLAN-1, SEARCH-1, CIRC-1."""
    with opened(event) as ledger:
        allow = ledger.figures.allow
        ledger.set_due(Code.INI_1, ledger.now + allow("ini_1"))
        ledger.set_due(Code.RISK_1, ledger.now + allow("risk_1"))
        ledger.set_due(Code.PLAN_1, ledger.now + allow("plan_1"))
        ledger.set_due(Code.SEARCH_1, ledger.now + allow("search_1"))
        ledger.set_due(Code.CIRC_1, ledger.incident.reported_at + allow("circ_1"))


@trail.on(risk_events.ASSESSED)
def on_assessed(event: Event) -> None:
    """A grade sets when it is endorsed and reviewed; a high one shortens what else is due."""
    grade, subject = event.data["grade"], OfAssessment(event.data["assessment"])
    review_due_at = datetime.fromisoformat(event.data["review_due_at"])
    with opened(event) as ledger:
        allow = ledger.figures.allow
        ledger.meet(Code.RISK_1)
        ledger.meet(Code.RISK_4)
        ledger.cancel([Code.RISK_3])
        ledger.set_due(Code.RISK_3, ledger.now + allow("endorse", grade), subject=subject)
        because = event.data["review_because"]
        title = f"Review the risk: {because}" if because else ""
        ledger.set_due(Code.RISK_4, review_due_at, subject=subject, title=title)
        if grade == Grade.HIGH:
            ledger.bring_forward(Code.PLAN_1, ledger.now + allow("plan_1", grade))
            ledger.bring_forward(Code.SEARCH_1, ledger.now + allow("search_1", grade))
            if not _owned_by(ledger.incident, Role.SAFEGUARDING_DI):
                ledger.set_due(Code.OWN_3, ledger.now + allow("own_3"))
        else:
            ledger.cancel([Code.OWN_3])
        ledger.climb_by_grade()
        _meet_first_steps(ledger)


@trail.on(risk_events.ENDORSED)
def on_endorsed(event: Event) -> None:
    """RISK-3 is met."""
    with opened(event) as ledger:
        ledger.meet(Code.RISK_3, subject=OfAssessment(event.data["assessment"]))


@trail.on(risk_events.RETURNED)
def on_returned(event: Event) -> None:
    """A returned assessment is to be made again within the hour."""
    with opened(event) as ledger:
        ledger.cancel([Code.RISK_3])
        ledger.set_due(Code.RISK_1, ledger.now + ledger.figures.allow("risk_1"))


@trail.on(*review_clock.KINDS)
def on_something_significant(event: Event) -> None:
    """A review that was due later is due at once, and says what made it so."""
    if words := review_clock.what_it_says(event):
        with opened(event) as ledger:
            _review_at_once(ledger, words, because=event)


@trail.on(incident_events.STRATEGY_WRITTEN)
def on_strategy(event: Event) -> None:
    """PLAN-1 is met, and a first step is agreed."""
    with opened(event) as ledger:
        ledger.meet(Code.PLAN_1)
        _meet_first_steps(ledger)


@trail.on(incident_events.SEARCHED)
def on_searched(event: Event) -> None:
    """SEARCH-1 is met once the inside of the home, and of the place missing from, was searched."""
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


@trail.on(incident_events.NOTIFIED)
def on_notified(event: Event) -> None:
    """CIRC-1 is met by circulation on PNC/LEDS."""
    if event.data["to"] == "pnc":
        with opened(event) as ledger:
            ledger.meet(Code.CIRC_1)


@trail.on(incident_events.LOCATED)
def on_located(event: Event) -> None:
    """The interview falls due; looking for the person ends only when an officer has seen them."""
    with opened(event) as ledger:
        if event.data["seen"]:
            ledger.cancel(ENDED_BY_BEING_SEEN)
        if event.data["condition"] != "deceased":
            allowance = ledger.figures.allow("end_2", ledger.grade or "")
            ledger.set_due(Code.END_2, ledger.now + allowance)


@trail.on(incident_events.PREVENTION_INTERVIEW)
def on_prevention_interview(event: Event) -> None:
    """END-2 is met by an attempt recorded."""
    with opened(event) as ledger:
        ledger.meet(Code.END_2)


@trail.on(incident_events.STAGE_CHANGED)
def on_stage_changed(event: Event) -> None:
    """48 hours bring OWN-4; a refused closure resumes what was due; a closed record owes none."""
    before, after = Stage(event.data["from"]), Stage(event.data["to"])
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


@trail.on(incident_events.REOPENED)
def on_reopened(event: Event) -> None:
    """NEW-1 is answered; a fresh risk assessment falls due."""
    with opened(event) as ledger:
        ledger.meet(Code.NEW_1)
        ledger.set_due(Code.RISK_1, ledger.now + ledger.figures.allow("reopened_risk"))


@trail.on(incident_events.LOGGED_ON_CLOSED)
def on_logged_on_closed(event: Event) -> None:
    """Information on a resolved record waits for an inspector's decision (NEW-1)."""
    with opened(event) as ledger:
        ledger.set_due(Code.NEW_1, ledger.now + ledger.figures.allow("new_1"))


@trail.on(incident_events.NEW_INFORMATION_DECIDED)
def on_new_information_decided(event: Event) -> None:
    """NEW-1 is met by the decision, whichever way."""
    with opened(event) as ledger:
        ledger.meet(Code.NEW_1)


@trail.on(events.ACTION_SET)
def on_action_set(event: Event) -> None:
    """The action's own due time; and a first step is agreed."""
    action = Action.objects.select_related("responsible").get(pk=event.data["action"])
    with opened(event) as ledger:
        ledger.set_due(
            Code.ACT_2,
            action.due_at,
            subject=OfAction(action.pk),
            title=action.title,
            officer=action.responsible,
        )
        _meet_first_steps(ledger)


@trail.on(events.ACTION_REASSIGNED)
def on_action_reassigned(event: Event) -> None:
    """The same due time, from somebody else."""
    officer = Officer.objects.get(pk=event.data["responsible"])
    with opened(event) as ledger:
        ledger.name_officer(Code.ACT_2, subject=OfAction(event.data["action"]), officer=officer)


@trail.on(events.ACTION_EXTENDED)
def on_action_extended(event: Event) -> None:
    """A new due time."""
    due_at = datetime.fromisoformat(event.data["due_at"])
    with opened(event) as ledger:
        ledger.set_due(Code.ACT_2, due_at, subject=OfAction(event.data["action"]))


@trail.on(events.ACTION_COMPLETED, events.ACTION_NOT_PURSUED)
def on_action_ended(event: Event) -> None:
    """ACT-2 is met."""
    with opened(event) as ledger:
        ledger.meet(Code.ACT_2, subject=OfAction(event.data["action"]))


@trail.on(events.OFFERED)
def on_offered(event: Event) -> None:
    """An offer waits at most fifteen minutes before it is said again, and louder."""
    officer = Officer.objects.get(pk=event.data["to"])
    with opened(event) as ledger:
        due_at = ledger.now + ledger.figures.allow("handover_reminder")
        ledger.set_due(
            Code.OWN_5, due_at, subject=OfHandoverItem(event.data["item"]), officer=officer
        )


@trail.on(events.ACCEPTED)
def on_accepted(event: Event) -> None:
    """The offer is answered."""
    with opened(event) as ledger:
        ledger.meet(Code.OWN_5, subject=OfHandoverItem(event.data["item"]))


@trail.on(events.DECLINED, events.WITHDRAWN)
def on_offer_ended(event: Event) -> None:
    """Nothing to accept any more."""
    with opened(event) as ledger:
        ledger.cancel([Code.OWN_5], subject=OfHandoverItem(event.data["item"]))


@trail.on(events.SHIFT_ENDED)
def on_shift_ended(event: Event) -> None:
    """The incoming inspector accepts within the hour (OWN-5).

    What was due at the change before this one ends unmet: it was missed, and stays so.
    """
    officer = Officer.objects.get(pk=event.data["incoming"])
    boundary = datetime.fromisoformat(event.data["boundary"])
    with opened(event) as ledger:
        for subject in _of_shifts(ledger):
            ledger.cancel([Code.OWN_5], subject=subject)
        due_at = boundary + ledger.figures.allow("own_5")
        title = f"Accept it at the change of shift: {event.data['holder_name']} still answers"
        subject = OfShift(boundary)
        ledger.set_due(Code.OWN_5, due_at, subject=subject, title=title, officer=officer)


@trail.on(events.LEFT_WAITING)
def on_left_waiting(event: Event) -> None:
    """Whoever gave it has gone: the next rung is told now."""
    if event.data["item"] is not None:
        with opened(event) as ledger:
            ledger.climb_at_once(Code.OWN_5, subject=OfHandoverItem(event.data["item"]))


@trail.on(events.REVIEW_ASKED)
def on_review_asked(event: Event) -> None:
    """Whoever took it on doubts the risk: the review is due now (RISK-4), or the first (RISK-1)."""
    with opened(event) as ledger:
        _review_at_once(ledger, f"asked for by {event.actor_name} at the handover", because=event)
        ledger.bring_forward(Code.RISK_1, ledger.now)


@trail.on(events.TAKEN)
def on_taken(event: Event) -> None:
    """An inspector meets OWN-5 of the shift, a Safeguarding DI OWN-3, the unit OWN-4."""
    if event.data["capacity"] != Capacity.OWNER:
        with opened(event) as ledger:
            for subject in _of_shifts(ledger):
                ledger.meet(Code.OWN_5, subject=subject)
        return
    role = Officer.objects.values_list("role", flat=True).get(pk=event.data["officer"])
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
    came_in = review_clock.since(latest) if latest else []
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
