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
    """Raise every reminder that is due (every 20 seconds by the beat), and what nobody has read."""
    raise_due_reminders(now=clock.now())
    escalate_unread(now=clock.now())


@shared_task(soft_time_limit=50)
def watch_changes_of_shift(**_: Any) -> None:
    """See which inspectors went off duty unrelieved (every minute by the beat)."""
    shift_ends.watch_changes_of_shift(now=clock.now())


@shared_task(soft_time_limit=60)
def send_post(*, officer_id: int, **_: Any) -> None:
    """Send an officer what is to go to them at once."""
    deliver_to(officer_id=officer_id, now=clock.now())


@shared_task(soft_time_limit=100)
def sweep_post(**_: Any) -> None:
    """Send the digests whose time has come, and what a lost task or a server away left unsent."""
    deliver_what_is_due(now=clock.now())
