"""Background work: reminders, changes of shift, post. Each task may run twice without harm."""

from typing import Any

from celery import shared_task

from core import clock
from ownership.services import shift_ends
from ownership.services.delivering import deliver_to, deliver_what_is_due
from ownership.services.reminders import raise_due_reminders
from ownership.services.unread import escalate_unread


@shared_task(soft_time_limit=100)
def raise_reminders(**_: Any) -> None:
    """Raises every reminder that has fallen (`reminder.raised`), and tells of what nobody reads.

    A deadline that is open reminds before it is due and when it is due, then the inspector, then
    the superintendent; high risk, and a risk that nobody has graded, climb fastest. An urgent
    reminder that nobody has read goes to somebody above (`reminder.unread`). Each is an entry in an
    inbox.
    """
    raise_due_reminders(now=clock.now())
    escalate_unread(now=clock.now())


@shared_task(soft_time_limit=50)
def watch_changes_of_shift(**_: Any) -> None:
    """Sees which inspectors went off duty unrelieved.

    It says so on each of their incidents (`handover.shift_ended`). What nobody has offered a
    quarter of an hour later is offered to the incoming inspector (`handover.offered`).
    """
    shift_ends.watch_changes_of_shift(now=clock.now())


@shared_task(soft_time_limit=60)
def send_post(*, officer_id: int, **_: Any) -> None:
    """Sends an officer, by email and push, what is to go to them at once."""
    deliver_to(officer_id=officer_id, now=clock.now())


@shared_task(soft_time_limit=100)
def sweep_post(**_: Any) -> None:
    """Sends the digests whose time has come, and what a lost task or a server away left unsent."""
    deliver_what_is_due(now=clock.now())
