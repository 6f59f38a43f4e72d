"""How an incident looks at the top of its pages and in lists, and an entry of its trail."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core import trail
from core.models import Event
from mispers.models import Incident
from mispers.rules.strip import IncidentStrip
from mispers.selectors.strips import strips_of
from officers.rules.roles import Rank

# The parts of the strip that these show.
HEADER = ("name", "initials", "age", "flags", "grade", "owner", "inspector", "next_due")
LINE = (*HEADER, "overdue")


@dataclass(frozen=True)
class IncidentLine:
    """An incident in a list: its strip, whether this reader may open it, and whose it is."""

    strip: IncidentStrip
    opens: bool = True
    bcu_name: str = ""


@dataclass(frozen=True)
class TimelineEntry:
    """An event as a reader sees it; `late` when it was written down well after it happened."""

    event: Event
    label: str
    who: str
    late: bool
    kind: str


# Written down within this long, what happened and when it was recorded are one time to a reader.
_AT_ONCE = timedelta(minutes=5)


def timeline_entry(event: Event) -> TimelineEntry:
    """An event with its label, and its actor with the rank of that day."""
    known = trail.kinds().get(event.kind)
    rank = Rank(event.actor_rank).label if event.actor_rank in Rank.values else event.actor_rank
    who = f"{rank} {event.actor_name}".strip()
    return TimelineEntry(
        event=event,
        label=known.label if known else event.kind,
        who=f"{who} through {event.client}" if event.client else who,
        late=event.recorded_at - event.at > _AT_ONCE,
        kind="bad" if known and known.is_grave(event) else "",
    )


def shown_strips(
    incidents: Sequence[Incident], now: datetime, parts: Collection[str]
) -> dict[int, IncidentStrip]:
    """{incident pk: its strip for a page}: of a closed one no page leads with what is due next."""
    return {pk: _shown(strip) for pk, strip in strips_of(incidents, now, parts).items()}


def lines_of(
    incidents: Sequence[Incident], now: datetime, seen: Collection[str] | None = None
) -> list[IncidentLine]:
    """The lines of a list in its order. seen: the BCUs whose records the reader may open."""
    strips = shown_strips(incidents, now, LINE)
    return [
        IncidentLine(strips[each.pk], seen is None or each.bcu_id in seen, each.bcu.name)
        for each in incidents
    ]


def _shown(strip: IncidentStrip) -> IncidentStrip:
    return strip if strip.is_open else replace(strip, next_due=None)
