"""The words that an event brought into a record, where it has to be asked for them."""

from core.models import Event
from ownership.models import HandoverItem


def typed_in_offer(event: Event) -> dict[str, str]:
    """What somebody wrote: a briefing as drafted repeats words that were looked at before."""
    item = HandoverItem.objects.get(pk=event.data["item"])
    return {
        "briefing": "" if item.drafted else item.briefing,
        "worry": item.worry,
        "reason": event.data.get("reason", ""),
    }
