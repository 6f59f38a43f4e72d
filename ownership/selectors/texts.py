"""The words that an event brought into a record, where it has to be asked for them."""

from ownership.events import Offered
from ownership.models import HandoverItem


def offer_texts(said: Offered) -> dict[str, str]:
    """What somebody wrote: a briefing as drafted repeats words that were looked at before."""
    item = HandoverItem.objects.get(pk=said.item)
    return {
        "briefing": "" if item.drafted else item.briefing,
        "worry": item.worry,
        "reason": said.reason,
    }
