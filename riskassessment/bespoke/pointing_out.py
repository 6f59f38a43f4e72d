"""Telling an officer what a rationale repeats, within what they may see; no queries."""

from dataclasses import dataclass
from datetime import datetime

from core.text import at_time
from mispers.models import Incident
from mispers.selectors.incidents import is_visible_to
from officers.selectors.visibility import Reader
from riskassessment.bespoke.finding import ASKS_WHY, Found
from riskassessment.models import Pointed, RiskAssessment


@dataclass(frozen=True)
class PointedOut:
    """What was pointed out. says: one sentence. passage: the words, as this rationale has them.

    of: the earlier assessment, None for the other kinds and where the reader may not see it; then
    the passage is empty too. percent: of the words. asks_why: to be reworded, or kept with a
    reason.
    """

    kind: str
    says: str
    passage: str
    ask: str
    percent: int
    of: RiskAssessment | None
    asks_why: bool

    @property
    def reference(self) -> str:
        """Of the record it repeats; empty for none, or for one that is not told."""
        return self.of.incident.reference if self.of else ""

    @property
    def made_at(self) -> datetime | None:
        """When the earlier one was made."""
        return self.of.made_at if self.of else None


def pointed_out(found: Found | Pointed, incident: Incident, reader: Reader) -> PointedOut:
    """One thing pointed out in a rationale of this incident, for this reader."""
    kind = Pointed.Kind(found.kind)
    hidden = is_hidden(found, reader)
    return PointedOut(
        kind=kind.value,
        says=says(found, incident, hidden=hidden),
        passage="" if hidden else found.passage,
        ask=found.ask,
        percent=found.percent,
        of=None if hidden else found.of,
        asks_why=kind in ASKS_WHY,
    )


def is_hidden(found: Found | Pointed, reader: Reader) -> bool:
    """Whether it repeats a record that the reader may not see."""
    return found.of is not None and not is_visible_to(reader, found.of.incident)


def says(found: Found | Pointed, incident: Incident, *, hidden: bool) -> str:
    """One sentence without its stop. hidden: whether the record it repeats is not to be told."""
    if found.of is None:
        return Pointed.Kind(found.kind).label
    share = f"{found.percent} in 100 of its words stand in"
    if hidden:
        return f"{share} an assessment of a record that you may not see"
    when, who = at_time(found.of.made_at), found.of.made_by
    where = "this record" if found.of.incident_id == incident.pk else found.of.incident.reference
    return f"{share} the assessment of {when} by {who} of {where}"
