"""Background work of the trail and of the API's kept answers."""

from typing import Any

from celery import shared_task
from django.conf import settings
from oauth2_provider.models import clear_expired

from core import clock
from core.api.idempotency import purge
from core.trail.seal import print_seal, seal_day


@shared_task(soft_time_limit=600)
def seal_trail(**_: Any) -> None:
    """Seals the day that has just ended and prints its root; a second run finds it done."""
    now = clock.now()
    print_seal(seal_day(day=now.date(), now=now), settings.MISPERS_SEALS)


@shared_task(soft_time_limit=60)
def purge_kept_answers(**_: Any) -> None:
    """Forgets the answers kept for repeated writes over REST after their 24 hours."""
    purge(now=clock.now())


@shared_task(soft_time_limit=60)
def forget_expired_tokens(**_: Any) -> None:
    """Forgets clients' tokens that no longer open anything."""
    clear_expired()
