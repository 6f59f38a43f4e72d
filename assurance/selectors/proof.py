"""Verdicts with the event that proves each, as a place in the record's timeline."""

from collections.abc import Sequence
from dataclasses import dataclass

from assurance.rules.verdict import Verdict
from core.models import Event


@dataclass(frozen=True)
class ProvedVerdict:
    """A verdict and its proof; None where nothing has happened that could prove it."""

    verdict: Verdict
    proof: Event | None

    @property
    def timeline_query(self) -> str:
        """Of the timeline's page on which the proof stands first."""
        return f"before={self.proof.seq + 1}#event-{self.proof.seq}" if self.proof else ""


def with_proof(verdicts: Sequence[Verdict]) -> list[ProvedVerdict]:
    """The verdicts with their events, in one query."""
    wanted = {verdict.proved_by for verdict in verdicts if verdict.proved_by is not None}
    events = Event.objects.in_bulk(list(wanted))
    return [ProvedVerdict(each, events.get(each.proved_by or 0)) for each in verdicts]
