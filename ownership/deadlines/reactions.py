"""Which event opens, meets or ends which deadline; each handler runs in the event's transaction."""

from datetime import datetime

from django.urls import reverse

from core import trail
from core.models import Event
from mispers import events as incident_events
from mispers.models import Incident, Search
from mispers.protocol import Figures, in_force
from mispers.stages import Stage
from officers.duty import on_duty
from officers.models import Officer
from officers.roles import Role
from ownership import events
from ownership.deadlines import ledger
from ownership.deadlines.codes import DUES, ENDED_BY_BEING_SEEN
from ownership.models import Action, Capacity
from ownership.services.telling import tell
from riskassessment import events as risk_events
from riskassessment.grades import Grade
from riskassessment.selectors import current_grade


def _incident(event: Event) -> Incident:
    return Incident.objects.get(reference=event.stream_id)


def _figures(event: Event) -> Figures:
    return in_force(event.recorded_at)


@trail.on(incident_events.REPORTED)
def on_reported(event: Event) -> None:
    """The first hour and the first four: INI-1, RISK-1, PLAN-1, SEARCH-1, CIRC-1."""
    incident, figures = _incident(event), _figures(event)
    for code, allowance in (
        ("INI-1", figures.allow("ini_1")),
        ("RISK-1", figures.allow("risk_1")),
        ("PLAN-1", figures.allow("plan_1")),
        ("SEARCH-1", figures.allow("search_1")),
    ):
        ledger.set_due(incident, code, due_at=event.recorded_at + allowance, event=event)
    ledger.set_due(
        incident, "CIRC-1", due_at=incident.reported_at + figures.allow("circ_1"), event=event
    )


@trail.on(risk_events.ASSESSED)
def on_assessed(event: Event) -> None:
    """A grade sets when it is endorsed and reviewed; a high one shortens what else is due."""
    incident, figures, now = _incident(event), _figures(event), event.recorded_at
    grade, subject = event.data["grade"], str(event.data["assessment"])
    ledger.meet(incident, "RISK-1", event=event)
    ledger.meet(incident, "RISK-4", event=event)
    ledger.cancel(incident, ["RISK-3"], now=now)
    ledger.set_due(
        incident,
        "RISK-3",
        due_at=now + figures.allow("endorse", grade),
        event=event,
        subject=subject,
    )
    ledger.set_due(
        incident,
        "RISK-4",
        due_at=datetime.fromisoformat(event.data["review_due_at"]),
        event=event,
        subject=subject,
    )
    if grade == Grade.HIGH:
        for code, allowance in (("PLAN-1", "plan_1"), ("SEARCH-1", "search_1")):
            ledger.bring_forward(incident, code, to=now + figures.allow(allowance, grade))
        if not _owned_by(incident, Role.SAFEGUARDING_DI):
            ledger.set_due(incident, "OWN-3", due_at=now + figures.allow("own_3"), event=event)
    else:
        ledger.cancel(incident, ["OWN-3"], now=now)
    ledger.climb_by_grade(incident, grade, figures)
    _meet_first_steps(incident, event)


@trail.on(risk_events.ENDORSED)
def on_endorsed(event: Event) -> None:
    """RISK-3 is met."""
    ledger.meet(_incident(event), "RISK-3", event=event, subject=str(event.data["assessment"]))


@trail.on(risk_events.RETURNED)
def on_returned(event: Event) -> None:
    """A returned assessment is to be made again within the hour."""
    incident = _incident(event)
    ledger.cancel(incident, ["RISK-3"], now=event.recorded_at)
    ledger.set_due(
        incident, "RISK-1", due_at=event.recorded_at + _figures(event).allow("risk_1"), event=event
    )


@trail.on(incident_events.STRATEGY_WRITTEN)
def on_strategy(event: Event) -> None:
    """PLAN-1 is met, and a first step is agreed."""
    incident = _incident(event)
    ledger.meet(incident, "PLAN-1", event=event)
    _meet_first_steps(incident, event)


@trail.on(incident_events.SEARCHED)
def on_searched(event: Event) -> None:
    """SEARCH-1 is met once the inside of the home, and of the place missing from, was searched."""
    incident = _incident(event)
    if not what_to_search_inside(incident):
        ledger.meet(incident, "SEARCH-1", event=event)


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
        ledger.meet(_incident(event), "CIRC-1", event=event)


@trail.on(incident_events.LOCATED)
def on_located(event: Event) -> None:
    """The interview falls due; looking for the person ends only when an officer has seen them."""
    incident = _incident(event)
    if event.data["seen"]:
        ledger.cancel(incident, ENDED_BY_BEING_SEEN, now=event.recorded_at)
    if event.data["condition"] != "deceased":
        allowance = _figures(event).allow("end_2", current_grade(incident) or "")
        ledger.set_due(incident, "END-2", due_at=event.recorded_at + allowance, event=event)


@trail.on(incident_events.PREVENTION_INTERVIEW)
def on_prevention_interview(event: Event) -> None:
    """END-2 is met by an attempt recorded."""
    ledger.meet(_incident(event), "END-2", event=event)


@trail.on(incident_events.STAGE_CHANGED)
def on_stage_changed(event: Event) -> None:
    """48 hours bring OWN-4; a refused closure resumes what was due; a closed record owes none."""
    incident, now = _incident(event), event.recorded_at
    before, after = Stage(event.data["from"]), Stage(event.data["to"])
    if after == Stage.CLOSED:
        ledger.cancel(incident, DUES, now=now)
    elif before == Stage.CLOSURE:
        ledger.cancel(incident, ["END-2"], now=now)
        ledger.resume(incident, ENDED_BY_BEING_SEEN, event=event)
    elif (before, after) == (Stage.PRE_48H, Stage.POST_48H):
        is_units_work = current_grade(incident) != Grade.HIGH
        if is_units_work and not _owned_by(incident, Role.MISSING_PERSONS_UNIT):
            ledger.set_due(
                incident, "OWN-4", due_at=now + _figures(event).allow("own_4"), event=event
            )


@trail.on(incident_events.REOPENED)
def on_reopened(event: Event) -> None:
    """NEW-1 is answered; a fresh risk assessment falls due."""
    incident = _incident(event)
    ledger.meet(incident, "NEW-1", event=event)
    ledger.set_due(
        incident,
        "RISK-1",
        due_at=event.recorded_at + _figures(event).allow("reopened_risk"),
        event=event,
    )


@trail.on(incident_events.LOGGED_ON_CLOSED)
def on_logged_on_closed(event: Event) -> None:
    """Information on a closed record reaches the duty inspector at once (NEW-1)."""
    incident, now = _incident(event), event.recorded_at
    ledger.set_due(incident, "NEW-1", due_at=now + _figures(event).allow("new_1"), event=event)
    tell(
        on_duty(incident.bcu_id, Role.DUTY_INSPECTOR, now).officer,
        incident=incident,
        title=f"Information on closed record {incident.reference}: reopen it, or say why not",
        link=reverse("incident-closure", args=[incident.reference]),
        now=now,
    )


@trail.on(incident_events.NEW_INFORMATION_DECIDED)
def on_new_information_decided(event: Event) -> None:
    """NEW-1 is met by the decision, whichever way."""
    ledger.meet(_incident(event), "NEW-1", event=event)


@trail.on(events.ACTION_SET)
def on_action_set(event: Event) -> None:
    """The action's own due time; and a first step is agreed."""
    incident = _incident(event)
    action = Action.objects.select_related("responsible").get(pk=event.data["action"])
    ledger.set_due(
        incident,
        "ACT-2",
        due_at=action.due_at,
        event=event,
        subject=str(action.pk),
        title=action.title,
        officer=action.responsible,
    )
    _meet_first_steps(incident, event)


@trail.on(events.ACTION_REASSIGNED)
def on_action_reassigned(event: Event) -> None:
    """The same due time, from somebody else."""
    officer = Officer.objects.get(pk=event.data["responsible"])
    ledger.name_officer(
        _incident(event), "ACT-2", subject=str(event.data["action"]), officer=officer
    )


@trail.on(events.ACTION_EXTENDED)
def on_action_extended(event: Event) -> None:
    """A new due time."""
    ledger.set_due(
        _incident(event),
        "ACT-2",
        due_at=datetime.fromisoformat(event.data["due_at"]),
        event=event,
        subject=str(event.data["action"]),
    )


@trail.on(events.ACTION_COMPLETED, events.ACTION_NOT_PURSUED)
def on_action_ended(event: Event) -> None:
    """ACT-2 is met."""
    ledger.meet(_incident(event), "ACT-2", event=event, subject=str(event.data["action"]))


@trail.on(events.OFFERED)
def on_offered(event: Event) -> None:
    """An offer waits at most fifteen minutes before it is said again, and louder."""
    ledger.set_due(
        _incident(event),
        "OWN-5",
        due_at=event.recorded_at + _figures(event).allow("handover_reminder"),
        event=event,
        subject=str(event.data["item"]),
        officer=Officer.objects.get(pk=event.data["to"]),
    )


@trail.on(events.ACCEPTED)
def on_accepted(event: Event) -> None:
    """The offer is answered."""
    ledger.meet(_incident(event), "OWN-5", event=event, subject=str(event.data["item"]))


@trail.on(events.DECLINED, events.WITHDRAWN)
def on_offer_ended(event: Event) -> None:
    """Nothing to accept any more."""
    ledger.cancel(
        _incident(event), ["OWN-5"], now=event.recorded_at, subject=str(event.data["item"])
    )


@trail.on(events.TAKEN)
def on_taken(event: Event) -> None:
    """A Safeguarding DI meets OWN-3, the Missing Persons Unit OWN-4."""
    if event.data["capacity"] != Capacity.OWNER:
        return
    incident = _incident(event)
    for code, role in (("OWN-3", Role.SAFEGUARDING_DI), ("OWN-4", Role.MISSING_PERSONS_UNIT)):
        if _owned_by(incident, role):
            ledger.meet(incident, code, event=event)


def _owned_by(incident: Incident, role: Role) -> bool:
    return incident.holdings.filter(capacity=Capacity.OWNER, officer__role=role).exists()


def _meet_first_steps(incident: Incident, event: Event) -> None:
    """INI-1 once the risk is assessed and a first step (an action or a strategy) is agreed."""
    assessed = incident.risk_assessments.exists()
    first_step = incident.actions.exists() or incident.strategy_entries.exists()
    if assessed and first_step:
        ledger.meet(incident, "INI-1", event=event)
