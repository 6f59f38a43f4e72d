"""The stages of an incident and the moves between them; the diagram is drawn from here."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Stage(TextChoices):
    """Where an incident stands; the first three carry the policy's three guidance documents."""

    PRE_48H = "pre_48h", "First 48 hours"
    POST_48H = "post_48h", "After 48 hours"
    CLOSURE = "closure", "Closure"
    CLOSED = "closed", "Closed"


class Outcome(TextChoices):
    """How a closed incident ended."""

    FOUND_SAFE = "found_safe", "Found safe"
    FOUND_HARMED = "found_harmed", "Found harmed"
    FOUND_DECEASED = "found_deceased", "Found dead"
    NOT_MISSING = "not_missing", "Not missing"
    DUPLICATE = "duplicate", "Duplicate report"


OPEN_STAGES = frozenset({Stage.PRE_48H, Stage.POST_48H, Stage.CLOSURE})
# Nobody looks for the person any more: what others say now reaches a duty inspector (NEW-1).
RESOLVED_STAGES = frozenset({Stage.CLOSURE, Stage.CLOSED})


@dataclass(frozen=True)
class Move:
    """One legal stage change: its name, where from, where to, and what brings it about."""

    name: str
    source: Stage
    target: Stage
    label: str


MOVES = (
    Move("pass_48h", Stage.PRE_48H, Stage.POST_48H, "48 h since the report"),
    Move("enter_closure", Stage.PRE_48H, Stage.CLOSURE, "located"),
    Move("enter_closure", Stage.POST_48H, Stage.CLOSURE, "located"),
    Move("refuse_closure", Stage.CLOSURE, Stage.PRE_48H, "refused, before 48 h"),
    Move("refuse_closure", Stage.CLOSURE, Stage.POST_48H, "refused, after 48 h"),
    Move("authorise_closure", Stage.CLOSURE, Stage.CLOSED, "authorised"),
    Move("reopen", Stage.CLOSED, Stage.PRE_48H, "reopened, before 48 h"),
    Move("reopen", Stage.CLOSED, Stage.POST_48H, "reopened, after 48 h"),
)
