"""Background work: reminders, changes of shift, post. Each task may run twice without harm."""

from typing import Any

from celery import shared_task

from core import clock
from ownership.services import shift_ends
from ownership.services.post import officers_with_unsent_post, send_post_to
from ownership.services.reminders import raise_due_reminders


@shared_task(soft_time_limit=100)
def raise_reminders(**_: Any) -> None:
    """Raise every reminder that is due (every 20 seconds by the beat)."""
    raise_due_reminders(now=clock.now())


@shared_task(soft_time_limit=50)
def watch_changes_of_shift(**_: Any) -> None:
    """See which inspectors went off duty unrelieved (every minute by the beat)."""
    shift_ends.watch_changes_of_shift(now=clock.now())


@shared_task(soft_time_limit=60)
def send_post(*, officer_id: int, **_: Any) -> None:
    """Send an officer what is unsent in their inbox."""
    send_post_to(officer_id=officer_id, now=clock.now())


@shared_task(soft_time_limit=60)
def sweep_post(**_: Any) -> None:
    """Send what a lost task or a mail server that was away left unsent."""
    for officer_id in officers_with_unsent_post():
        send_post_to(officer_id=officer_id, now=clock.now())
