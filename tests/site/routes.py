"""The table of every route: for each method, the roles that may use it.

A new route belongs in PAGES here or in ENDPOINTS in `endpoints.py`, or in PUBLIC when it needs no
sign-in. The roles are written out here a second time on purpose: a change of `officers.permissions`
must change this too.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from officers.rules.roles import Role

ALL = frozenset(Role)
BOARD, RECORDS = Role.ASSURANCE_BOARD, Role.RECORDS
WORKING = ALL - {BOARD, RECORDS}
INSPECTING = frozenset({Role.DUTY_INSPECTOR, Role.SAFEGUARDING_DI, Role.SUPERINTENDENT})
SEES_STANDARDS = ALL - {Role.FRONTLINE}
SEES_TRAINING = INSPECTING | {Role.MISSING_PERSONS_UNIT, BOARD}
SEES_RISK_FIGURES = SEES_TRAINING
SEES_ANSWERED_FOR = frozenset({Role.SUPERINTENDENT, BOARD, RECORDS})
SAMPLES = frozenset({Role.SUPERINTENDENT, BOARD})
EDITS_ROTA = frozenset({Role.DUTY_INSPECTOR, Role.SUPERINTENDENT})
RECORDS_TRAINING = EDITS_ROTA
# Whoever is on duty as duty inspector, and a superintendent, may offer what others hold.
COMMANDS_HANDOVERS = EDITS_ROTA
# The world's action and handover are meant for the Missing Persons Unit's officer.
ENDS_ACTION = INSPECTING | {Role.MISSING_PERSONS_UNIT}
RECEIVER = frozenset({Role.MISSING_PERSONS_UNIT})


@dataclass(frozen=True)
class Row:
    """Who may use one method of one route.

    of: what its address names, a key of `tests.site.world.NAMED`; empty when it names nothing.
    everywhere: it answers for the records of every BCU. body: what REST is sent (or asked, by
    GET), so that nothing but the permission can refuse it; a value that begins with @ is looked
    up in the world.
    client: whether a client system may use it that acts for no officer.
    """

    name: str
    method: str
    may: frozenset[Role]
    of: str = ""
    everywhere: bool = False
    body: Mapping[str, Any] = field(default_factory=dict)
    client: bool = False

    def __str__(self) -> str:
        return f"{self.method} {self.name}"


def page(name: str, may: Collection[Role] = ALL, of: str = "") -> list[Row]:
    """A page to read."""
    return [Row(name, "GET", frozenset(may), of)]


def form(name: str, may: Collection[Role], of: str = "", **over: Any) -> list[Row]:
    """A page with a form that posts to itself."""
    return [Row(name, method, frozenset(may), of, **over) for method in ("GET", "POST")]


def press(name: str, may: Collection[Role], of: str = "") -> list[Row]:
    """A button, or what a script posts: there is nothing to read at its address."""
    return [Row(name, "POST", frozenset(may), of)]


def reads(name: str, may: Collection[Role] = ALL, of: str = "") -> list[Row]:
    """What REST gives to read, to client systems too."""
    return [Row(name, "GET", frozenset(may), of, client=True)]


def writes(name: str, may: Collection[Role], of: str = "", /, **body: Any) -> list[Row]:
    """What REST takes, always in an officer's name."""
    return [Row(name, "POST", frozenset(may), of, body=body)]


# Without a sign-in, and the methods that each takes.
PUBLIC = {
    "sign-in": {"GET", "POST"},
    "sign-out": {"POST"},
    "oauth-token": {"POST"},
    "api-schema": {"GET"},
    "api-docs": {"GET"},
    "push-worker": {"GET"},
}

PAGES: list[Row] = [
    *page("my-work"),
    *form("kept-post", ALL),
    # Officers
    *page("rota"),
    Row("rota-week", "GET", ALL, "bcu", everywhere=True),
    Row("rota-table", "GET", ALL, "bcu", everywhere=True),
    Row("rota-calendar", "GET", ALL, "bcu", everywhere=True),
    *form("rota-add", EDITS_ROTA, "bcu"),
    *form("rota-repeat", EDITS_ROTA, "bcu"),
    *form("rota-import", EDITS_ROTA, "bcu"),
    *page("rota-shift", of="shift"),
    *form("rota-shift-change", EDITS_ROTA, "shift"),
    *press("rota-shift-take-out", EDITS_ROTA, "shift"),
    # An officer of the same posting takes it on themselves: the world's is a frontline officer's.
    *form("rota-shift-cover", EDITS_ROTA | {Role.FRONTLINE}, "uncovered shift"),
    *page("my-shifts"),
    *page("my-shifts-calendar"),
    *form("rota-shift-swap", ALL, "own shift"),
    *press("swap-accept", RECEIVER, "swap"),
    *press("swap-decline", RECEIVER, "swap"),
    *press("swap-withdraw", EDITS_ROTA, "swap"),
    *form("absence-new", ALL),
    *press("absence-end", ALL, "own absence"),
    *page("loads"),
    *form("officer-load", COMMANDS_HANDOVERS, "officer"),
    *page("training", SEES_TRAINING),
    *page("training-download", SEES_TRAINING),
    *page("training-of-officer", SEES_TRAINING, "officer"),
    *form("training-record", RECORDS_TRAINING),
    *form("training-import", RECORDS_TRAINING),
    *form("training-correct", RECORDS_TRAINING, "training"),
    # Seeing
    *page("search"),
    *page("protocol"),
    *page("people"),
    *form("people-met", WORKING, "incident", everywhere=True),
    *page("open-incidents"),
    *page("incident", of="incident"),
    *form("incident-reason", ALL, "incident"),
    *page("incident-timeline", of="incident"),
    *page("incident-as-at", of="incident"),
    # Reporting
    *form("report", WORKING),
    # What somebody has typed stays theirs when their role changes; logging it does not.
    *form("report-step", ALL, "step"),
    *page("report-check", of="draft"),
    *press("report-check", WORKING, "draft"),
    *press("report-autosave", ALL, "draft"),
    *page("report-similar", of="draft"),
    *press("report-discard", ALL, "draft"),
    *form("incident-correct", WORKING, "incident"),
    # Investigating
    *page("incident-investigation", of="incident"),
    *form("write-strategy", WORKING, "incident"),
    *form("state-hypothesis", WORKING, "incident"),
    *form("conclude-hypothesis", WORKING, "hypothesis"),
    *form("record-search", WORKING, "incident"),
    *form("decide-search-adviser", WORKING, "incident"),
    *form("record-sighting", WORKING, "incident"),
    *form("add-log-entry", WORKING, "incident"),
    *form("record-family-contact", WORKING, "incident"),
    *form("record-notification", WORKING, "incident"),
    # What is known
    *page("incident-known", of="incident"),
    *form("record-known-conditions", WORKING, "incident"),
    *form("record-known-medication", WORKING, "incident"),
    *form("record-known-exploitation", WORKING, "incident"),
    *form("record-known-associates", WORKING, "incident"),
    *form("record-known-places", WORKING, "incident"),
    *form("record-known-clothing", WORKING, "incident"),
    *form("record-known-weather", WORKING, "incident"),
    *form("correct-known", WORKING, "known condition"),
    # Ending
    *page("incident-closure", of="incident"),
    *form("record-located", WORKING, "incident"),
    *form("record-prevention-interview", WORKING, "incident"),
    *form("ask-return-interview", WORKING, "incident"),
    *form("update-return-interview", WORKING, "incident"),
    *form("ask-closure", WORKING, "incident"),
    *form("authorise-closure", INSPECTING, "incident"),
    *form("refuse-closure", INSPECTING, "incident"),
    *form("keep-closed", INSPECTING, "incident"),
    *form("reopen-incident", WORKING, "incident"),
    # Grading
    *page("incident-risk", of="incident"),
    *form("assess-risk", WORKING, "incident"),
    *press("risk-draft", WORKING, "incident"),
    *press("risk-prompt", WORKING, "incident"),
    *form("keep-phrase", WORKING, "phrase"),
    *page("grade-meanings"),
    *press("words-as-typed", ALL),
    *page("risk-figures", SEES_RISK_FIGURES),
    Row("risk-figures-download", "GET", SEES_RISK_FIGURES, "figure", everywhere=True),
    *page("risk-queue", INSPECTING),
    *form("decide-assessment", INSPECTING, "assessment"),
    # Answering for incidents
    *page("inbox"),
    *press("inbox-read", ALL),
    *press("inbox-open", ALL, "inbox item"),
    *page("inbox-follow", of="inbox item"),
    *form("notice-choices", ALL),
    *press("device-add", ALL),
    *press("device-remove", ALL, "device"),
    *page("incident-reminders", of="incident"),
    *page("boards"),
    *page("board", of="bcu"),
    *page("board-changes", of="bcu"),
    *page("officer-answered-for", SEES_ANSWERED_FOR, "officer"),
    *page("handovers"),
    *form("handover-new", WORKING),
    *page("handover", of="handover"),
    *press("handover", RECEIVER, "handover"),
    *press("handover-answer", RECEIVER, "handover item"),
    *form("off-duty", WORKING),
    *press("handover-withdraw", COMMANDS_HANDOVERS, "handover"),
    *form("incident-hand-over", COMMANDS_HANDOVERS, "incident"),
    *page("incident-ownership", of="incident"),
    # Acting
    *page("incident-actions", of="incident"),
    *form("action-new", WORKING, "incident"),
    *page("action", of="action"),
    *page("action-ownership", of="action"),
    *form("action-reassign", WORKING, "action"),
    *form("action-extend", WORKING, "action"),
    *form("action-complete", ENDS_ACTION, "action"),
    *form("action-propose-not-pursued", ENDS_ACTION, "action"),
    *press("action-approve-not-pursued", INSPECTING, "proposed action"),
    # Assuring
    *page("standards", SEES_STANDARDS),
    *page("standards-records", SEES_STANDARDS),
    *page("incident-standards", of="incident"),
    *page("dip-samples", SAMPLES),
    *form("draw-dip-sample", SAMPLES),
    *page("dip-sample", SAMPLES, "sample"),
    *form("dip-sample-review", SAMPLES, "sampled record"),
    *press("dip-sample-review-draft", SAMPLES, "sampled record"),
    *form("incident-disclosure", {RECORDS}, "incident"),
    *page("disclosure-pack", {RECORDS}, "pack"),
]
