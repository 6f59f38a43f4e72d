"""On which channels a notice goes out, and when: at once, with the digest, or after quiet hours."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from mispers.selectors.protocol import Figures
from officers.models import Shift
from ownership.models import Delivery, InboxItem, NoticeChoices, PushDevice


class NotSent(Exception):
    """The message did not go out; the words say why."""


class NeverSent(NotSent):
    """And it never will: there is nowhere to send it."""


def send_out(items: Sequence[InboxItem], *, figures: Figures, now: datetime) -> list[Delivery]:
    """Store what is to be delivered of new items, in the caller's transaction; in four queries.

    What is urgent goes at once on every channel, whatever the officer chose. The rest waits a
    moment for others to go with it, and through the quiet hours of somebody who is off duty.
    """
    officers = {item.officer_id for item in items}
    choices = NoticeChoices.objects.in_bulk(officers)
    with_devices = set(
        PushDevice.objects.filter(officer__in=officers).values_list("officer_id", flat=True)
    )
    waits = _quiet_until(choices, now)
    soon = now + figures.allow("digest")
    deliveries = [
        Delivery(
            item=item,
            officer_id=item.officer_id,
            channel=channel,
            next_try_at=now if item.urgent else max(waits.get(item.officer_id, soon), soon),
        )
        for item in items
        for channel in _channels(item, choices.get(item.officer_id), with_devices)
    ]
    return Delivery.objects.bulk_create(deliveries)


def _channels(
    item: InboxItem, choice: NoticeChoices | None, with_devices: Collection[int]
) -> list[Delivery.Channel]:
    by_email = item.urgent or choice is None or choice.email
    found = [Delivery.Channel.EMAIL] if by_email else []
    if item.officer_id in with_devices:
        found.append(Delivery.Channel.PUSH)
    return found


def _quiet_until(choices: dict[int, NoticeChoices], now: datetime) -> dict[int, datetime]:
    """When the quiet hours end of each officer who is in them and off duty."""
    quiet = {pk: ends for pk, choice in choices.items() if (ends := choice.quiet_ends(now))}
    if not quiet:
        return {}
    on_duty = Shift.objects.filter(officer__in=quiet, starts_at__lte=now, ends_at__gt=now)
    awake = set(on_duty.values_list("officer_id", flat=True))
    return {pk: ends for pk, ends in quiet.items() if pk not in awake}


def back_off(attempts: int, *, urgent: bool) -> timedelta:
    """How long after so many failed attempts the next is made: doubling, high risk more often."""
    longest = timedelta(minutes=2 if urgent else 30)
    return min(timedelta(seconds=15 * 2.0 ** min(attempts - 1, 10)), longest)
