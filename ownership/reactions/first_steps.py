"""What the first hours ask for: a grade, a plan, searches, circulation, a first step."""

from core.models import Event
from mispers import events as incident_events
from mispers.models import Incident, Search
from mispers.rules.codes import Code
from ownership.deadlines.ledger import Ledger, opened
from ownership.reactions.exploitation import follow_the_markers


def on_reported(event: Event) -> None:
    """Opens what is due first: INI-1, RISK-1, PLAN-1, SEARCH-1 and CIRC-1, and a child's CHILD-2.

    The first step and the grade within the hour, the plan and the searches within four; CIRC-1
    counts from when it was reported, the others from when it was recorded. CHILD-2 is opened for
    each marker of exploitation that a child's report has, also where an earlier report had it:
    whose it is now is asked again. An age that nobody knows may be a child's.
    """
    with opened(event) as ledger:
        allow = ledger.figures.allow
        ledger.set_due(Code.INI_1, ledger.now + allow("ini_1"))
        ledger.set_due(Code.RISK_1, ledger.now + allow("risk_1"))
        ledger.set_due(Code.PLAN_1, ledger.now + allow("plan_1"))
        ledger.set_due(Code.SEARCH_1, ledger.now + allow("search_1"))
        ledger.set_due(Code.CIRC_1, ledger.incident.reported_at + allow("circ_1"))
        follow_the_markers(ledger)


def on_strategy(event: Event) -> None:
    """Meets PLAN-1; a first step is agreed, so INI-1 is met too if the risk is assessed."""
    with opened(event) as ledger:
        ledger.meet(Code.PLAN_1)
        meet_first_steps(ledger)


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


def meet_first_steps(ledger: Ledger) -> None:
    """INI-1 once the risk is assessed and a first step (an action or a strategy) is agreed."""
    if not ledger.is_open(Code.INI_1):
        return
    incident = ledger.incident
    assessed = incident.risk_assessments.exists()
    first_step = incident.actions.exists() or incident.strategy_entries.exists()
    if assessed and first_step:
        ledger.meet(Code.INI_1)
