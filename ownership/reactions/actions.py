"""ACT-2: an action is done by when it was said, by whoever has it."""

from core.models import Event
from mispers.rules.codes import Code
from officers.models import Officer
from ownership import events
from ownership.deadlines.ledger import opened
from ownership.models import Action
from ownership.reactions.first_steps import meet_first_steps
from ownership.rules.subjects import OfAction


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
        meet_first_steps(ledger)


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
