"""What makes a review of the risk due at once, and what has come in since the last one (RISK-4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from core.models import Event
from core.text import listed, without_stop
from core.trail import Kind, Payload
from mispers import events as incident_events
from mispers.models import Hypothesis, Incident, IncidentLink, LogEntry
from mispers.rules import markers
from mispers.selectors import protocol
from mispers.selectors.critical_times import next_recorded
from riskassessment import events
from riskassessment.models import RiskAssessment

Says = Callable[[Event], str]
P = TypeVar("P", bound=Payload)


@dataclass(frozen=True)
class NextReview:
    """When the risk is reviewed next (UTC). because: what asks for it before the grade does."""

    due_at: datetime
    because: str = ""


def review_after(incident: Incident, grade: str, now: datetime) -> NextReview:
    """By the grade's allowance, and by the next time at which a dose or the cold matters."""
    due_at = now + protocol.in_force(now).allow("review", grade)
    coming = next_recorded(incident, now)
    if coming is None or coming.at >= due_at:
        return NextReview(due_at)
    return NextReview(coming.at, f"{coming.says} matters from then")


@dataclass(frozen=True)
class Significant:
    """Something that came in: in a few words, with its event on the trail."""

    says: str
    event: Event

    @property
    def at(self) -> datetime:
        """When it came in (UTC)."""
        return self.event.recorded_at


def _sighting(said: incident_events.Sighted) -> str:
    """Even a doubtful one: whoever grades decides what it is worth."""
    return f"a sighting at {without_stop(said.place)}" if said.place else "a sighting"


def _professional(said: incident_events.Logged) -> str:
    if said.source_kind != LogEntry.SourceKind.PROFESSIONAL:
        return ""
    return f"information from {without_stop(said.source or 'a professional')}"


def _link(said: incident_events.Linked) -> str:
    others = listed(said.others)
    if said.kind == IncidentLink.Kind.DUPLICATE:
        return f"another report of the same, {others}"
    return f"a link with {others}"


def _linked_from(said: incident_events.LinkedFrom) -> str:
    return f"a link from {said.other}"


def _refuted(said: incident_events.HypothesisConcluded) -> str:
    is_refuted = said.status == Hypothesis.Status.REFUTED
    return "a hypothesis that was refuted" if is_refuted else ""


def _marker_corrected(said: incident_events.Corrected) -> str:
    """A marker that a correction of the report added; one taken away raises nobody's risk."""
    change = said.fields.get("person.markers")
    added = [code for code in change.to if code not in change.from_] if change else []
    if not added:
        return ""
    return f"the marker {listed(_label(code) for code in added)}"


def _label(code: str) -> str:
    return markers.label_of(code)


def _condition(said: incident_events.ConditionRecorded) -> str:
    """One that is no longer so raises nobody's risk, as with a marker."""
    return f"the condition {said.says}" if said.counts else ""


def _critical(said: incident_events.CriticalRecorded) -> str:
    """A time from which a dose or the cold matters, set for the first time or changed."""
    at = said.critical_at
    if not said.counts or at is None or at == said.critical_before:
        return ""
    return without_stop(said.says)


def _exploitation(said: incident_events.ExploitationRecorded) -> str:
    return without_stop(said.says) if said.counts else ""


def _row(kind: Kind[P], says: Callable[[P], str]) -> dict[Kind[Any], Says]:
    return {kind: lambda event: says(kind.of(event))}


# The whole table: a further kind is one line.
_SAYS: dict[Kind[Any], Says] = {
    **_row(incident_events.SIGHTED, _sighting),
    **_row(incident_events.LOGGED, _professional),
    **_row(incident_events.LINKED, _link),
    **_row(incident_events.LINKED_FROM, _linked_from),
    **_row(incident_events.HYPOTHESIS_CONCLUDED, _refuted),
    **_row(incident_events.CORRECTED, _marker_corrected),
    **_row(incident_events.CONDITION_RECORDED, _condition),
    **_row(incident_events.MEDICATION_RECORDED, _critical),
    **_row(incident_events.WEATHER_RECORDED, _critical),
    **_row(incident_events.EXPLOITATION_RECORDED, _exploitation),
}
_BY_CODE = {kind.code: says for kind, says in _SAYS.items()}
KINDS = tuple(_SAYS)


def what_it_says(event: Event) -> str:
    """What came in, in a few words; empty when the event asks for no review."""
    says = _BY_CODE.get(event.kind)
    return says(event) if says else ""


def came_in_since(assessment: RiskAssessment) -> list[Significant]:
    """What came in after the assessment, oldest first, in one query.

    After means later on the trail, whose order the incident's lock decides: what was recorded
    before an assessment is answered by it, whatever the two clocks said.
    """
    return significant_on(assessment.incident.reference, after=_recorded(assessment))


@dataclass(frozen=True)
class ReviewState:
    """How the review of an assessment stands: when it is due (UTC), and what came in since."""

    due_at: datetime
    came_in: list[Significant]


def review_state_of(assessment: RiskAssessment, now: datetime) -> ReviewState:
    """By the assessment's own clock, or sooner because of the first thing that came in since."""
    came_in = came_in_since(assessment)
    if not came_in:
        return ReviewState(assessment.review_due_at, [])
    grace = protocol.in_force(now).allow("review_at_once", assessment.grade)
    return ReviewState(min(assessment.review_due_at, came_in[0].at + grace), came_in)


def significant_on(stream: str, *, after: int) -> list[Significant]:
    """What came in on a stream after an entry of its trail, oldest first."""
    came_in = Event.objects.filter(stream=stream, seq__gt=after, kind__in=_BY_CODE).order_by("seq")
    said = ((what_it_says(event), event) for event in came_in)
    return [Significant(words, event) for words, event in said if words]


def _recorded(assessment: RiskAssessment) -> int:
    """The place on the trail at which the assessment was recorded."""
    seq: int = Event.objects.values_list("seq", flat=True).get(
        stream=assessment.incident.reference,
        kind=events.ASSESSED.code,
        data__assessment=assessment.pk,
    )
    return seq
