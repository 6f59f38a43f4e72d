"""What waits for somebody to take it on: an offer, a change of shift, a role (OWN-3 to OWN-5)."""

from core.models import Event
from mispers.rules.codes import Code
from officers.models import Officer
from officers.rules.roles import Role
from ownership import events
from ownership.deadlines.ledger import Ledger, opened
from ownership.models import Capacity
from ownership.rules.subjects import OfHandoverItem, OfShift

_WAITS_FOR = {Role.SAFEGUARDING_DI: Code.OWN_3, Role.MISSING_PERSONS_UNIT: Code.OWN_4}


def on_offered(event: Event) -> None:
    """Opens OWN-5: an offer waits at most fifteen minutes before it is said again, and louder."""
    said = events.OFFERED.of(event)
    officer = Officer.objects.get(pk=said.to)
    with opened(event) as ledger:
        due_at = ledger.now + ledger.figures.allow("handover_reminder")
        ledger.set_due(Code.OWN_5, due_at, subject=OfHandoverItem(said.item), officer=officer)


def on_accepted(event: Event) -> None:
    """Meets OWN-5 of the offer, and OWN-3, OWN-4 or OWN-5 that waited for somebody to take it on.

    A new inspector meets OWN-5 of a change of shift; an owner who is a Safeguarding DI meets OWN-3,
    one of the Missing Persons Unit OWN-4; any other owner nothing more.
    """
    said = events.ACCEPTED.of(event)
    with opened(event) as ledger:
        ledger.meet(Code.OWN_5, subject=OfHandoverItem(said.item))
        if said.capacity != Capacity.OWNER:
            for subject in _of_shifts(ledger):
                ledger.meet(Code.OWN_5, subject=subject)
        elif event.actor is not None and (code := _WAITS_FOR.get(Role(event.actor.role))):
            ledger.meet(code)


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


def _of_shifts(ledger: Ledger) -> list[OfShift]:
    return [each for each in ledger.subjects(Code.OWN_5) if isinstance(each, OfShift)]
