"""What nobody has read yet."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from mispers.models import Incident
from mispers.registries import Provider
from mispers.rules.strip import Unread
from ownership.models import InboxItem
from riskassessment.rules.grades import Grade


def unread(
    incidents: Sequence[Incident], now: datetime, grades: Mapping[int, str]
) -> dict[int, tuple[Unread, ...]]:
    """Who has unread notices of each high-risk incident, from the first unread on; one query."""
    first: dict[tuple[int, int], Unread] = {}
    high = [each for each in incidents if grades.get(each.pk) == Grade.HIGH]
    items = InboxItem.objects.filter(
        incident__in=high, read_at__isnull=True, officer__is_active=True
    ).select_related("officer")
    for item in items.only("incident_id", "raised_at", "officer").order_by("raised_at", "pk"):
        key = (item.incident_id or 0, item.officer_id)
        first.setdefault(key, Unread(str(item.officer), item.raised_at))
    found: dict[int, list[Unread]] = defaultdict(list)
    for (pk, _), each in first.items():
        found[pk].append(each)
    return {pk: tuple(who) for pk, who in found.items()}


UNREAD = Provider("unread", unread, needs=("grade",))
