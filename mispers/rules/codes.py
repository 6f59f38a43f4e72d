"""The protocol's codes that have a due time here, each with the words an officer reads."""

from dataclasses import dataclass
from datetime import UTC, datetime

from ownership.models import Deadline


@dataclass(frozen=True)
class Due:
    """A kind of deadline: its code, what is to be done, from whom, and where (a URL name)."""

    code: str
    title: str
    due_from: Deadline.From
    url_name: str


_OWNER, _INSPECTOR = Deadline.From.OWNER, Deadline.From.INSPECTOR

DUES = {
    due.code: due
    for due in (
        Due("INI-1", "Assess the risk and set a first action or strategy", _OWNER, "incident"),
        Due("RISK-1", "Assess the risk", _OWNER, "incident-risk"),
        Due("RISK-3", "Endorse or return the risk assessment", _INSPECTOR, "incident-risk"),
        Due("RISK-4", "Review the risk", _OWNER, "incident-risk"),
        Due("PLAN-1", "Write the investigation strategy", _OWNER, "incident-investigation"),
        Due("SEARCH-1", "Search inside the home and the place missing from", _OWNER,
            "incident-investigation"),
        Due("CIRC-1", "Circulate on PNC/LEDS", _OWNER, "incident-investigation"),
        Due("CHILD-2", "Reference the exploitation investigation, allocate it to a trained officer",
            _OWNER, "incident-known"),
        Due("OWN-3", "Safeguarding DI to accept this high-risk incident", _INSPECTOR,
            "incident-ownership"),
        Due("OWN-4", "Missing Persons Unit to accept this incident", _INSPECTOR,
            "incident-ownership"),
        Due("OWN-5", "Accept or send back the handover", Deadline.From.RECEIVER, "handovers"),
        Due("ACT-2", "Action", Deadline.From.RESPONSIBLE, "incident-actions"),
        Due("END-2", "Hold the prevention interview", _OWNER, "incident-closure"),
        Due("NEW-1", "Decide on new information on a resolved record", _INSPECTOR,
            "incident-closure"),
    )
}  # fmt: skip

# A first action that nobody has taken climbs as fast on every grade: an inspectorate found a child
# graded medium for whom nothing had been done in eight hours.
CLIMBS_AS_FAST_AS_HIGH = frozenset({"INI-1"})
# OWN-5 has two kinds of subject: an offered item's number while that waits, and a change of shift.
SHIFT = "shift "


def subject_of_shift(boundary: datetime) -> str:
    """What tells the change of shift at `boundary` from any other."""
    return f"{SHIFT}{boundary.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


# Nobody need search for, circulate or review a person whom an officer has seen.
ENDED_BY_BEING_SEEN = frozenset({"SEARCH-1", "PLAN-1", "CIRC-1", "OWN-3", "OWN-4", "RISK-4"})
