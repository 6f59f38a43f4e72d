"""What the chains and offers do when something happens to an incident, in the same transaction."""

from django.urls import reverse

from core import trail
from core.models import Event
from mispers import events as incident_events
from mispers.reactions.reading import incident_of
from mispers.rules.codes import Code
from mispers.rules.stages import Stage
from officers.rules.roles import Role
from officers.selectors.duty import on_duty
from ownership.models.chain import Basis
from ownership.services.chains import start_chains
from ownership.services.offering import offer_by_clock, withdraw_on_closure
from ownership.services.telling import tell
from riskassessment import events as risk_events
from riskassessment.rules.grades import Grade
from riskassessment.selectors.assessments import current_grade

HIGH = f"High risk is owned by the Safeguarding DI ({Code.OWN_3})."
AFTER_48_HOURS = f"After 48 hours the Missing Persons Unit owns it ({Code.OWN_4})."


@trail.on(incident_events.REPORTED)
def start_when_reported(event: Event) -> None:
    """No unowned second: the chains start in the transaction that stores the report."""
    start_chains(
        incident=incident_of(event), by=event.actor, now=event.recorded_at, basis=Basis.REPORTED
    )


@trail.on(incident_events.LOGGED_ON_CLOSED)
def tell_of_new_information(event: Event) -> None:
    """Information on a resolved record reaches the duty inspector at once (NEW-1)."""
    incident, now = incident_of(event), event.recorded_at
    asks = (
        f"Information on {incident.reference}, recorded as located: read it before it is closed"
        if incident.is_open
        else f"Information on closed record {incident.reference}: reopen it, or say why not"
    )
    tell(
        on_duty(incident.bcu_id, Role.DUTY_INSPECTOR, now).officer,
        incident=incident,
        title=asks,
        link=reverse("incident-closure", args=[incident.reference]),
        now=now,
        urgent=True,
    )


@trail.on(risk_events.ASSESSED)
def offer_by_grade(event: Event) -> None:
    """A high grade goes to the Safeguarding DI at once; one lowered after 48 hours to the unit."""
    incident, now = incident_of(event), event.recorded_at
    if not incident.is_open:
        return
    if event.data["grade"] == Grade.HIGH:
        offer_by_clock(incident=incident, role=Role.SAFEGUARDING_DI, reason=HIGH, now=now)
    elif incident.stage == Stage.POST_48H:
        offer_by_clock(
            incident=incident, role=Role.MISSING_PERSONS_UNIT, reason=AFTER_48_HOURS, now=now
        )


@trail.on(incident_events.STAGE_CHANGED)
def follow_the_stage(event: Event) -> None:
    """Closed: nothing is on offer. Reopened: new links. After 48 hours: offered to the unit.

    A high-risk incident stays with the Safeguarding DI after 48 hours, as OWN-3 has it.
    """
    incident, now = incident_of(event), event.recorded_at
    before, after = Stage(event.data["from"]), Stage(event.data["to"])
    if after == Stage.CLOSED:
        withdraw_on_closure(incident=incident, now=now)
        return
    if before == Stage.CLOSED:
        start_chains(incident=incident, by=event.actor, now=now, basis=Basis.REOPENED)
    if after == Stage.POST_48H and current_grade(incident) != Grade.HIGH:
        offer_by_clock(
            incident=incident, role=Role.MISSING_PERSONS_UNIT, reason=AFTER_48_HOURS, now=now
        )
