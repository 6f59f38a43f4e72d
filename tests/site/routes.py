"""The table of every route: for each method, the roles that may use it.

A new route belongs in PAGES or ENDPOINTS, or in PUBLIC when it needs no sign-in. The roles are
written out here a second time on purpose: a change of `officers.permissions` must change this too.
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
    *form("held-post", ALL),
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

_REASON = {"reason": "Because the table asks."}
_SUPPLIED = {"supplier": "Dr Quill", "contact": "020 7946 0002", "obtained_at": "@now"}
_SHIFT = {
    "officer": "@colleague", "role": "duty_inspector", "starts_at": "@now", "ends_at": "@later",
}  # fmt: skip
_REPORT = {
    "person": {"given_name": "Tamsin", "family_name": "Ashgrove"},
    "informant": {"name": "Rowan Ashgrove"},
    "circumstances": "Did not come home.",
}

ENDPOINTS: list[Row] = [
    *reads("api-officers"),
    *reads("api-shifts"),
    *writes("api-shifts", EDITS_ROTA, bcu="@bcu", **_SHIFT),
    *writes(
        "api-repeat-shifts", EDITS_ROTA,
        bcu="@bcu", officer="@colleague", role="duty_inspector", turn="late",
        first_day="2026-07-20", weekdays=[0], weeks=1,
    ),
    *writes(
        "api-import-shifts", EDITS_ROTA,
        bcu="@bcu", content="officer,role,starts_at,ends_at\n@nobody,frontline,today,today",
    ),
    *writes("api-change-shift", EDITS_ROTA, "shift", **_SHIFT),
    *writes("api-take-out-shift", EDITS_ROTA, "shift"),
    *writes(
        "api-cover-shift", EDITS_ROTA, "uncovered shift", officer="@colleague",
    ),
    Row("api-absences", "GET", ALL),
    *writes(
        "api-absences", EDITS_ROTA,
        officer="@colleague", kind="leave", starts_at="@now", ends_at="@later",
    ),
    *writes("api-end-absence", ALL, "own absence"),
    Row("api-swaps", "GET", ALL),
    *writes("api-swaps", ALL, shift="@own_shift", to="@colleague"),
    *writes("api-accept-swap", RECEIVER, "swap"),
    *writes("api-decline-swap", RECEIVER, "swap"),
    *writes("api-withdraw-swap", EDITS_ROTA, "swap"),
    *reads("api-rota-gaps"),
    Row("api-officer-load", "GET", COMMANDS_HANDOVERS, "officer"),
    *writes(
        "api-move-load", COMMANDS_HANDOVERS, "officer",
        reason="Left the force.", owner_to="@successor",
    ),
    *reads("api-training", SEES_TRAINING),
    *writes(
        "api-training", RECORDS_TRAINING,
        officer="@colleague", course="exploitation", passed_on="2026-01-05", lapses_on="2028-01-05",
    ),
    *writes("api-correct-training", RECORDS_TRAINING, "training", counts=False, because="Not so."),
    *reads("api-events"),
    Row("api-people", "GET", ALL, body={"name": "Ashgrove"}, client=True),
    *reads("api-incidents"),
    *writes("api-incidents", WORKING, bcu="@bcu", **_REPORT),
    *reads("api-incident", of="incident"),
    Row(
        "api-incident", "PATCH", WORKING, "incident",
        body={"circumstances": "Left after a quarrel."},
    ),
    *reads("api-timeline", of="incident"),
    *reads("api-as-at", of="incident"),
    *reads("api-links", of="incident"),
    *writes("api-links", WORKING, "incident", incident="@second"),
    *reads("api-strategies", of="incident"),
    *writes("api-strategies", WORKING, "incident", text="Ask her friends first."),
    *reads("api-hypotheses", of="incident"),
    *writes(
        "api-hypotheses", WORKING, "incident",
        statement="At a friend's.", would_confirm="The friend says so.", would_refute="Not there.",
    ),
    *writes(
        "api-conclude-hypothesis", WORKING, "hypothesis",
        status="refuted", evidence="The friend was abroad.", supplier="The friend's mother",
    ),
    *reads("api-searches", of="incident"),
    *writes(
        "api-searches", WORKING, "incident",
        place="12 Tallow Street", kind="home", extent="inside", covered="All of it.",
        not_covered="Nothing.", searched_by="PC Quill", searched_at="@now", result="Nobody there.",
    ),
    *reads("api-search-advisers", of="incident"),
    *writes(
        "api-search-advisers", WORKING, "incident",
        involved=True, adviser="PS Quill", reason="The heath is large.",
    ),
    *reads("api-sightings", of="incident"),
    *writes(
        "api-sightings", WORKING, "incident",
        at="@now", place="Lark Lane", reported_by="A neighbour",
    ),
    *reads("api-log", of="incident"),
    *writes("api-log", WORKING, "incident", text="Rang the college."),
    *reads("api-family-contacts", of="incident"),
    *writes(
        "api-family-contacts", WORKING, "incident",
        **{"with": "The mother"}, made_by="PC Quill", at="@now", text="Nothing new.",
    ),
    *reads("api-notifications", of="incident"),
    *writes("api-notifications", WORKING, "incident", to="pnc", at="@now"),
    *reads("api-known", of="incident"),
    *reads("api-conditions", of="incident"),
    *writes("api-conditions", WORKING, "incident", code="autism", **_SUPPLIED),
    *reads("api-medication", of="incident"),
    *writes(
        "api-medication", WORKING, "incident", name="Insulin", what_for="Diabetes", **_SUPPLIED
    ),
    *reads("api-exploitation-investigations", of="incident"),
    *writes(
        "api-exploitation-investigations", WORKING, "incident",
        marker="cse", investigation="EX-26-17", **_SUPPLIED,
    ),
    *reads("api-associates", of="incident"),
    *writes("api-associates", WORKING, "incident", name="Idris", relationship="A friend",
            **_SUPPLIED),
    *reads("api-places", of="incident"),
    *writes("api-places", WORKING, "incident", place="Lark Lane", why="Friends.", **_SUPPLIED),
    *reads("api-clothing", of="incident"),
    *writes("api-clothing", WORKING, "incident", description="A red coat.", **_SUPPLIED),
    *reads("api-weather", of="incident"),
    *writes("api-weather", WORKING, "incident", conditions="Rain", **_SUPPLIED),
    *reads("api-located", of="incident"),
    *writes(
        "api-located", WORKING, "incident",
        at="@now", place="Coram Park", condition="safe", how="A park keeper rang.",
    ),
    *reads("api-prevention-interviews", of="incident"),
    *writes(
        "api-prevention-interviews", WORKING, "incident",
        attempted_at="@now", by="PC Quill", not_held_because="She did not wish to talk.",
    ),
    *reads("api-return-interviews", of="incident"),
    *writes(
        "api-return-interviews", WORKING, "incident", requested_at="@now", authority="Coram Council"
    ),
    *reads("api-barriers", of="incident"),
    *reads("api-closure", of="incident"),
    *writes("api-closure", WORKING, "incident", rationale="Back at home."),
    *writes("api-authorise-closure", INSPECTING, "incident"),
    *writes("api-refuse-closure", INSPECTING, "incident", **_REASON),
    *writes("api-keep-closed", INSPECTING, "incident", **_REASON),
    *reads("api-relied-on", of="incident"),
    *reads("api-reopen", of="incident"),
    *writes("api-reopen", WORKING, "incident", **_REASON),
    *reads("api-risk-assessments", of="incident"),
    *writes(
        "api-risk-assessments", WORKING, "incident",
        grade="low", likelihood="possible", severity="minimal", rationale="Often late.",
    ),
    *reads("api-risk-assessment", of="assessment"),
    *reads("api-risk-queue"),
    *reads("api-compare-assessment", of="assessment"),
    *writes(
        "api-regrade-assessment", INSPECTING, "assessment",
        grade="high", likelihood="likely", severity="serious", rationale="Never away before.",
    ),
    Row("api-risk-prompts", "GET", ALL, body={"incident": "@reference"}, client=True),
    *reads("api-grade-meanings"),
    *reads("api-grade-examples"),
    *reads("api-grade-picture"),
    *writes("api-endorse-assessment", INSPECTING, "assessment"),
    *writes("api-return-assessment", INSPECTING, "assessment", **_REASON),
    *reads("api-risk-figures", SEES_RISK_FIGURES),
    *reads("api-risk-phrases"),
    Row("api-words-as-typed", "POST", ALL, body={"text": "She absconded."}, client=True),
    *reads("api-words", of="incident"),
    *writes("api-keep-phrase", WORKING, "phrase", **_REASON),
    *reads("api-ownership", of="incident"),
    *reads("api-actions", of="incident"),
    *writes(
        "api-actions", WORKING, "incident",
        title="Knock at the doors", responsible="@officer", due_at="@later",
    ),
    *reads("api-action", of="action alone"),
    *reads("api-action-ownership", of="action alone"),
    Row("api-officer-answered-for", "GET", SEES_ANSWERED_FOR, "officer"),
    *reads("api-board", of="bcu"),
    *writes("api-action-reassign", WORKING, "action alone", responsible="@officer", **_REASON),
    *writes("api-action-extend", WORKING, "action alone", due_at="@later", **_REASON),
    *writes("api-action-complete", ENDS_ACTION, "action alone", result="Nobody at home."),
    *writes("api-action-propose-not-pursued", ENDS_ACTION, "action alone", **_REASON),
    *writes("api-action-approve-not-pursued", INSPECTING, "proposed action alone"),
    Row("api-notices", "GET", ALL),
    *writes("api-notice-read", ALL, "inbox item"),
    *reads("api-incident-reminders", of="incident"),
    *reads("api-handovers"),
    *writes(
        "api-handovers", COMMANDS_HANDOVERS,
        capacity="owner", to="@officer", bcu="@bcu", items=[{"incident": "@second"}],
    ),
    Row("api-shift", "GET", ALL),
    *writes(
        "api-shift", COMMANDS_HANDOVERS,
        lines=[{"incident": "@second", "capacity": "owner", "to": "@officer"}],
    ),
    Row("api-off-duty", "GET", ALL),
    *writes("api-off-duty", WORKING),
    *reads("api-handover", of="handover"),
    *reads("api-handover-actions", of="handover"),
    *writes("api-handover-accept", RECEIVER, "handover"),
    *writes("api-handover-decline", RECEIVER, "handover", **_REASON),
    *writes("api-handover-withdraw", COMMANDS_HANDOVERS, "handover"),
    *reads("api-standards", SEES_STANDARDS),
    *reads("api-incident-standards", of="incident"),
    *reads("api-samples", SAMPLES),
    *reads("api-sample", SAMPLES, "sample"),
    *reads("api-incident-disclosure", {RECORDS}, "incident"),
    *writes(
        "api-incident-disclosure", {RECORDS}, "incident",
        purpose="A subject access request", recipient="The family's solicitor",
    ),
]  # fmt: skip
