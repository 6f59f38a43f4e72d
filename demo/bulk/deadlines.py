"""What was due on many sketched incidents: met, ended or still open, as reactions would have it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from core.models import Event
from demo.bulk.trail import Chain
from mispers.rules.codes import ENDED_BY_BEING_SEEN, Code, due_of
from mispers.rules.markers import of_exploitation
from mispers.selectors.protocol import Figures, first
from ownership.models import Deadline
from ownership.rules.rungs import Rung, next_falls_at
from ownership.rules.subjects import WHOLE, OfAction, OfAssessment, OfMarker, Subject


def write_deadlines(chains: Sequence[Chain], now: datetime) -> None:
    """All of them; open ones stand on the rung that would be next at `now`."""
    figures = first()
    deadlines = [each for chain in chains for each in _of(chain, figures)]
    for deadline in deadlines:
        if deadline.met_at is None and deadline.cancelled_at is None:
            _climb(deadline, now, figures)
    Deadline.objects.bulk_create(deadlines, batch_size=5_000)


def _of(chain: Chain, figures: Figures) -> list[Deadline]:
    life, written, events = chain.written.sketch, chain.written, chain.events
    start = life.reported_at
    grade = life.grade if life.assessed_at else ""
    inside = events.get("searched") if life.searched_inside else None
    allow = figures.allow
    made = [
        _due(chain, Code.RISK_1, start + allow("risk_1"), "reported", events.get("assessed")),
        _due(chain, Code.INI_1, start + allow("ini_1"), "reported", events.get("action set")),
        _due(chain, Code.PLAN_1, start + allow("plan_1", grade), "reported", None),
        _due(chain, Code.SEARCH_1, start + allow("search_1", grade), "reported", inside),
        _due(chain, Code.CIRC_1, start + allow("circ_1"), "reported", None),
    ]
    by = start + allow("child_2")
    made += [
        _due(chain, Code.CHILD_2, by, "reported", None, OfMarker(each))
        for each in _exploited(chain)
    ]
    if written.assessment and life.assessed_at:
        endorse_by = life.assessed_at + allow("endorse", grade)
        subject = OfAssessment(written.assessment.pk)
        made += [
            _due(chain, Code.RISK_3, endorse_by, "assessed", events.get("endorsed"), subject),
            _due(chain, Code.RISK_4, written.assessment.review_due_at, "assessed", None, subject),
        ]
    if written.action:
        action = _due(
            chain, Code.ACT_2, written.action.due_at, "action set", events.get("action done"),
            OfAction(written.action.pk),
        )  # fmt: skip
        action.title, action.officer = written.action.title, life.owner
        made.append(action)
    if life.boundary_at and grade != "high":
        due_at = life.boundary_at + timedelta(minutes=figures.own_4)
        made.append(_due(chain, Code.OWN_4, due_at, "boundary", events.get("taken over")))
    return made


def _exploited(chain: Chain) -> set[str]:
    """The markers of exploitation of somebody who may be a child."""
    incident = chain.written.incident
    return set(incident.person.markers) & of_exploitation() if incident.may_be_child else set()


def _due(
    chain: Chain,
    code: Code,
    due_at: datetime,
    opened: str,
    met: Event | None,
    subject: Subject = WHOLE,
) -> Deadline:
    life, due = chain.written.sketch, due_of(code)
    deadline = Deadline(
        incident=chain.written.incident,
        code=code,
        subject=subject.spelled,
        title=due.title,
        due_from=due.due_from,
        opened_at=chain.events[opened].recorded_at,
        opened_by=chain.events[opened],
        due_at=due_at,
    )
    if met is not None:
        deadline.met_at, deadline.met_by = met.recorded_at, met
    elif code in ENDED_BY_BEING_SEEN and life.located_at:
        deadline.cancelled_at = life.located_at
    elif life.closed_at:
        deadline.cancelled_at = life.closed_at
    return deadline


def _climb(deadline: Deadline, now: datetime, figures: Figures) -> None:
    for rung in Rung:
        deadline.next_rung = rung
        deadline.next_rung_at = next_falls_at(rung, deadline, "medium", figures)
        if deadline.next_rung_at and deadline.next_rung_at > now:
            return
    deadline.next_rung, deadline.next_rung_at = Rung.SUPERINTENDENT + 1, None
