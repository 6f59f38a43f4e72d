"""How a record stands on one standard."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices

from mispers.rules.codes import CodeRow, row_of


class State(TextChoices):
    """How a record can stand on a standard."""

    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    NOT_YET_DUE = "not_yet_due", "Not yet due"
    NOT_APPLICABLE = "not_applicable", "Not applicable"


@dataclass(frozen=True)
class Verdict:
    """Met, not met, not yet due or not applicable, with the proof.

    since: since when it has stood so. late: met, but after its due time, now or an earlier time.
    proved_by: the pk of the event that proves it, or that made it due. why: one sentence.
    """

    code: str
    state: State
    since: datetime
    why: str
    due_at: datetime | None = None
    proved_by: int | None = None
    late: bool = False

    @property
    def standard(self) -> CodeRow:
        """What is asked, and where that comes from."""
        return row_of(self.code)

    @property
    def title(self) -> str:
        """What the standard asks, in one line."""
        return self.standard.title

    @property
    def next_change_at(self) -> datetime | None:
        """When time alone will change it."""
        return self.due_at if self.state is State.NOT_YET_DUE else None
