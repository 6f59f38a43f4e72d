"""Sending what is to go out: claimed by one worker at a time, sent at least once, tried again.

A claim is a lease that is committed before anything is sent, so no transaction stays open while a
server is slow, and a worker that is killed between sending and recording sends twice, never not.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet

from core.db.bulk import update_each
from core.text import cut
from ownership.models import Delivery
from ownership.services.channels import NeverSent, NotSent, back_off
from ownership.services.emailing import send_email
from ownership.services.pushing import send_push

logger = logging.getLogger(__name__)

# One message speaks of so many notices at most; what is left goes in the next.
MOST_IN_ONE = 100
GIVE_UP_AFTER = timedelta(days=3)
LONGEST_REASON = 200
READ_BEFORE = "It was read in the inbox before it was sent."


_SENDERS: dict[str, Callable[[Sequence[Delivery], datetime], None]] = {
    Delivery.Channel.EMAIL: send_email,
    Delivery.Channel.PUSH: send_push,
}


def deliver_what_is_due(*, now: datetime) -> int:
    """Send everything whose time has come, a message per person and channel; answers how many."""
    due = _free(now).filter(next_try_at__lte=now).order_by()
    pairs = due.values_list("officer_id", "channel").distinct()
    return sum(_deliver(officer_id, channel, now) for officer_id, channel in sorted(pairs))


def deliver_to(*, officer_id: int, now: datetime) -> int:
    """The same for one officer."""
    return sum(_deliver(officer_id, channel, now) for channel in Delivery.Channel.values)


def _deliver(officer_id: int, channel: str, now: datetime) -> int:
    """Messages until nothing is due any more; each carries whatever else waits for the person."""
    sent = 0
    while claimed := claim(officer_id=officer_id, channel=channel, now=now):
        unread = [each for each in claimed if each.item.read_at is None]
        read = [each for each in claimed if each.item.read_at is not None]
        _finish(read, now, dropped=READ_BEFORE)
        if unread:
            sent += _send(channel, unread, now)
    return sent


def _send(channel: str, deliveries: Sequence[Delivery], now: datetime) -> int:
    try:
        _SENDERS[channel](deliveries, now)
    except NeverSent as never:
        _finish(deliveries, now, dropped=str(never))
    except (OSError, NotSent) as error:
        logger.warning("%s to officer %s: %s", channel, deliveries[0].officer_id, _kind_of(error))
        _fail(deliveries, now, _kind_of(error))
    except Exception as error:
        # A defect of ours; the notices are tried again all the same.
        logger.exception("%s to officer %s", channel, deliveries[0].officer_id)
        _fail(deliveries, now, _kind_of(error))
    else:
        _finish(deliveries, now)
        return 1
    return 0


def _kind_of(error: Exception) -> str:
    """Why, in a few words: a server's own answer may hold an address and stays out."""
    return cut(str(error), LONGEST_REASON) if isinstance(error, NotSent) else type(error).__name__


def _free(now: datetime) -> QuerySet[Delivery]:
    """What is still to go and that no worker holds."""
    return Delivery.objects.filter(next_try_at__isnull=False).filter(
        Q(leased_until__isnull=True) | Q(leased_until__lte=now)
    )


@transaction.atomic
def claim(*, officer_id: int, channel: str, now: datetime) -> list[Delivery]:
    """Lease what waits for one person on one channel, if any of it is due; most urgent first.

    Whatever waits goes along with what is due, so that one message comes and not two.
    """
    mine = _free(now).filter(officer_id=officer_id, channel=channel)
    if not mine.filter(next_try_at__lte=now).exists():
        return []
    claimed = list(
        mine.select_for_update(of=("self",), skip_locked=True)
        .select_related("item__incident__person", "item__deadline", "officer")
        .order_by("-item__urgent", F("item__rung").desc(nulls_last=True), "item__raised_at", "pk")[
            :MOST_IN_ONE
        ]
    )
    for each in claimed:
        each.attempts += 1
        each.leased_until = now + settings.MISPERS_DELIVERY_LEASE
    update_each(claimed, ["attempts", "leased_until"])
    return claimed


def _finish(deliveries: Sequence[Delivery], now: datetime, *, dropped: str = "") -> None:
    """Sent, or never to be sent and why."""
    for each in deliveries:
        each.state = Delivery.State.DROPPED if dropped else Delivery.State.SENT
        each.sent_at = None if dropped else now
        each.next_try_at = each.leased_until = None
        each.reason = dropped
    update_each(deliveries, ["state", "sent_at", "next_try_at", "leased_until", "reason"])


def _fail(deliveries: Sequence[Delivery], now: datetime, why: str) -> None:
    """Tried again later; given up after three days, which the record then says."""
    hopeless = [each for each in deliveries if now - each.item.raised_at > GIVE_UP_AFTER]
    if hopeless:
        _finish(
            hopeless, now, dropped=cut(f"Given up after three days. Last: {why}", LONGEST_REASON)
        )
    again = [each for each in deliveries if now - each.item.raised_at <= GIVE_UP_AFTER]
    for each in again:
        each.state, each.reason, each.leased_until = Delivery.State.FAILED, why, None
        each.next_try_at = now + back_off(each.attempts, urgent=each.item.urgent)
    update_each(again, ["state", "reason", "leased_until", "next_try_at"])
