"""What the next officer needs to know of an incident, drafted from its record.

However many incidents, the queries are as many. A draft is words to be read and edited: it quotes
the record and adds nothing to it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q

from core import trail
from core.london import in_london
from core.models import Event
from core.text import cut
from mispers import events as incident_events
from mispers.models import Incident, SearchAdviserDecision
from mispers.rules.codes import Code
from ownership import events
from ownership.models import Action, Deadline, HandoverItem
from ownership.selectors.actions import RUNNING
from ownership.selectors.duty import Boundary, is_on_duty_when_due, with_duty_when_due
from ownership.selectors.risk import is_high, risks_of
from riskassessment.models import RiskAssessment

LONGEST_RATIONALE = 400
MOST_LINES = 6
SHIFT = timedelta(hours=8)
# What happened to the person or the search, and not who answered for it: that is read elsewhere.
_NOT_TOLD = (
    events.TAKEN, events.OFFERED, events.ACCEPTED, events.DECLINED, events.WITHDRAWN,
    events.REMINDED, events.SHIFT_ENDED, events.LEFT_WAITING, events.RISK_RECONFIRMED,
    incident_events.REPORTED, incident_events.LINKED_FROM,
)  # fmt: skip


@dataclass
class Draft:
    """A briefing by its parts: the risk and why, what was done, what is open, what falls due."""

    risk: str = ""
    done: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    worry: str = ""

    @property
    def text(self) -> str:
        """The parts one under the other, each with its heading."""
        parts = [f"Risk: {self.risk}"]
        for heading, lines, nothing in (
            ("Done this shift", self.done, "nothing recorded"),
            ("Open", self.open, "no action is open"),
            ("Due by the end of the next shift", self.due, "nothing"),
        ):
            parts.append(
                "\n".join([f"{heading}:", *(f"- {line}" for line in lines)])
                if lines
                else f"{heading}: {nothing}."
            )
        return "\n".join(parts)


def drafts_of(incidents: Sequence[Incident], boundary: Boundary, now: datetime) -> dict[int, Draft]:
    """{incident pk: its draft}; six queries.

    worry: what worried whoever handed it over last, to begin with.
    """
    drafts = {incident.pk: Draft() for incident in incidents}
    risks = risks_of(list(drafts))
    advised = set(
        SearchAdviserDecision.objects.filter(incident__in=drafts).values_list("incident", flat=True)
    )
    for pk, draft in drafts.items():
        draft.risk = _risk_in_words(risks.get(pk), pk in advised)
    _add_done(drafts, incidents, now)
    _add_open(drafts)
    _add_due(drafts, boundary.until, now)
    _add_worries(drafts)
    return drafts


def _risk_in_words(risk: RiskAssessment | None, has_advice: bool) -> str:
    if risk is None:
        return "not graded yet."
    decision = getattr(risk, "endorsement", None)
    words = (
        f"{risk.get_grade_display().lower()}, by {risk.made_by}, {_at(risk.made_at)}; "
        f"{decision.get_decision_display().lower() if decision else 'not endorsed yet'}. "
        f"“{cut(risk.rationale, LONGEST_RATIONALE)}”"
    )
    if is_high(risk) and not has_advice:
        words += " No decision is recorded on a specialist search adviser."
    return words


def _add_done(drafts: Mapping[int, Draft], incidents: Sequence[Incident], now: datetime) -> None:
    """The last of what was recorded in the shift, oldest first."""
    by_stream = {incident.reference: incident.pk for incident in incidents}
    told = [kind for kind in trail.kinds() if kind not in {each.code for each in _NOT_TOLD}]
    happened = Event.objects.filter(
        stream__in=by_stream, recorded_at__gt=now - SHIFT, recorded_at__lte=now, kind__in=told
    ).order_by("stream_id", "-seq")
    lines: dict[int, list[str]] = defaultdict(list)
    for event in happened.only("stream", "recorded_at", "summary"):
        lines[by_stream[event.stream_id]].append(
            f"{_at(event.recorded_at)}: {cut(event.summary, 160)}"
        )
    for pk, found in lines.items():
        left_out = len(found) - MOST_LINES
        earlier = [f"and {left_out} earlier, on the timeline"] if left_out > 0 else []
        drafts[pk].done = [*earlier, *reversed(found[:MOST_LINES])]


def _add_open(drafts: Mapping[int, Draft]) -> None:
    running = Action.objects.filter(incident__in=drafts, state__in=RUNNING)
    for action in with_duty_when_due(running.select_related("responsible")).order_by("due_at"):
        off = "" if is_on_duty_when_due(action) else ", who is off duty then"
        drafts[action.incident_id].open.append(
            f"{action.title}, due {_at(action.due_at)}: {action.responsible}{off}"
        )


def _add_due(drafts: Mapping[int, Draft], until: datetime, now: datetime) -> None:
    """What the protocol asks by then; actions stand above, offers are what this is about."""
    due = Deadline.objects.filter(
        ~Q(code__in=[Code.ACT_2, Code.OWN_5]),
        incident__in=drafts,
        due_at__lt=until,
        met_at__isnull=True,
        cancelled_at__isnull=True,
    )
    for deadline in due.order_by("due_at", "pk"):
        late = ", overdue" if deadline.due_at <= now else ""
        drafts[deadline.incident_id].due.append(
            f"{deadline.title}, {_at(deadline.due_at)}{late} ({deadline.code})"
        )


def _add_worries(drafts: Mapping[int, Draft]) -> None:
    last = (
        HandoverItem.objects.filter(incident__in=drafts)
        .exclude(worry="")
        .order_by("incident_id", "-pk")
        .distinct("incident_id")
    )
    for item in last:
        drafts[item.incident_id].worry = item.worry


def _at(moment: datetime) -> str:
    """Time and day in London, short enough to be read forty times: 02:14 on 19 Jul."""
    local = in_london(moment)
    return local.strftime(f"%H:%M on {local.day} %b")
