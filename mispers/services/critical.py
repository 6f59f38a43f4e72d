"""When something begins to matter for a person, such as going without a medicine, and why."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TypeVar

from core.checks import Complaints
from core.text import at_time
from mispers import events
from mispers.models import Medication, Weather
from mispers.services.supplied import Supplied

E = TypeVar("E", Medication, Weather)


class SuppliedCritical(Supplied, total=False):
    """Who said so, and from when it matters with the reason; both or neither."""

    critical_at: datetime | None
    critical_because: str


def set_critical(entry: Medication | Weather, wrong: Complaints, given: SuppliedCritical) -> None:
    """A time that somebody gives needs its reason; a reason without a time says nothing."""
    entry.critical_at, entry.critical_because = given.get("critical_at"), ""
    because = given.get("critical_because") or ""
    if entry.critical_at is not None:
        entry.critical_because = wrong.text(
            "critical_because", because, required="Say why it matters from then."
        )
    elif because.strip():
        wrong.add("critical_at", "required", "Say from when it matters.")


def critical_in_words(entry: Medication | Weather) -> str:
    """The rest of what an entry says, empty where no time is known."""
    return f", which matters from {at_time(entry.critical_at)}" if entry.critical_at else ""


def critical_recorded(
    before: Callable[[E], datetime | None],
) -> Callable[[E], Callable[..., events.CriticalRecorded]]:
    """What the event of an entry says: from when it matters, and what stood before."""
    return lambda entry: partial(
        events.CriticalRecorded, critical_at=entry.critical_at, critical_before=before(entry)
    )
