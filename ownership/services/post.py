"""E-mail about what is in the inbox: one message per officer for everything not yet sent."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from ownership.models import InboxItem


@transaction.atomic
def send_post_to(*, officer_id: int, now: datetime) -> int:
    """Send one message with everything unsent; answers how many items it covered.

    Items are locked, so two workers do not both send; if the message cannot be sent the items stay
    unsent and the sweep tries again. No name of a missing person leaves by e-mail: references only.
    """
    items = list(
        InboxItem.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(officer_id=officer_id, emailed_at__isnull=True)
        .select_related("incident", "officer")
        .order_by("raised_at", "pk")
    )
    if not items:
        return 0
    lines = [
        f"{item.incident.reference if item.incident else 'Mispers'}: {item.title}\n"
        f"{settings.MISPERS_URL}{item.link}\n"
        for item in items
    ]
    first = items[0]
    more = f" and {len(items) - 1} more" if len(items) > 1 else ""
    EmailMessage(
        subject=f"{first.incident.reference if first.incident else 'Mispers'}: {first.title}{more}",
        body="\n".join(lines),
        to=[first.officer.email],
    ).send()
    InboxItem.objects.filter(pk__in=[item.pk for item in items]).update(emailed_at=now)
    return len(items)


def officers_with_unsent_post() -> list[int]:
    """Officers for whom something in the inbox has not been sent."""
    return list(
        InboxItem.objects.filter(emailed_at__isnull=True)
        .order_by()
        .values_list("officer_id", flat=True)
        .distinct()
    )
