"""What the chains and offers do when something happens to an incident, in the same transaction."""

from django.urls import reverse

from core.models import Event
from mispers import events as incident_events
from mispers.reactions.reading import figures_of, incident_of
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


def start_when_reported(event: Event) -> None:
    """Names an owner and an inspector from the rota, at once: no second is unowned (OWN-1, OWN-2).

    The owner is whoever logged it, if the rota has them on frontline duty in that BCU, and
    otherwise the rota's frontline officer; the inspector is the rota's duty inspector. Where the
    rota has a gap the BCU's fallback officer answers, and where there is none whoever logged it;
    its superintendents are told of the gap. Who is named, and did not log it, gets a notice, sent
    at once while nobody has graded the risk. Each of the two is an event of its own.
    """
    start_chains(
        incident=incident_of(event),
        by=event.actor,
        now=event.recorded_at,
        basis=Basis.REPORTED,
        figures=figures_of(event),
    )


def tell_of_new_information(event: Event) -> None:
    """Tells the duty inspector at once of information on a resolved record (NEW-1)."""
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


def offer_by_grade(event: Event) -> None:
    """Offers a high-risk incident to the Safeguarding DI, any other after 48 hours to the unit.

    At once (OWN-3, OWN-4). Nothing is offered of a closed incident, nor where an officer of that
    role owns it already; an offer that waits with somebody else is withdrawn first. The receiver
    and the owner get a notice. Where the rota has nobody, or none but the owner, the inspector is
    told to find one.
    """
    incident, now = incident_of(event), event.recorded_at
    if not incident.is_open:
        return
    if risk_events.ASSESSED.of(event).grade == Grade.HIGH:
        offer_by_clock(incident=incident, role=Role.SAFEGUARDING_DI, reason=HIGH, now=now)
    elif incident.stage == Stage.POST_48H:
        offer_by_clock(
            incident=incident, role=Role.MISSING_PERSONS_UNIT, reason=AFTER_48_HOURS, now=now
        )


def follow_the_stage(event: Event) -> None:
    """On closing withdraws offers, on reopening names who answers, after 48 hours offers it on.

    A closed incident is on offer to nobody. A reopened one gets an owner and an inspector from the
    rota, as a reported one does. Whatever comes into its time after 48 hours is offered to the
    Missing Persons Unit (OWN-4), but for a high-risk one, which stays with the Safeguarding DI, as
    OWN-3 has it.
    """
    incident, now = incident_of(event), event.recorded_at
    moved = incident_events.STAGE_CHANGED.of(event)
    before, after = Stage(moved.from_), Stage(moved.to)
    if after == Stage.CLOSED:
        withdraw_on_closure(incident=incident, now=now)
        return
    if before == Stage.CLOSED:
        start_chains(incident=incident, by=event.actor, now=now, basis=Basis.REOPENED)
    if after == Stage.POST_48H and current_grade(incident) != Grade.HIGH:
        offer_by_clock(
            incident=incident, role=Role.MISSING_PERSONS_UNIT, reason=AFTER_48_HOURS, now=now
        )
