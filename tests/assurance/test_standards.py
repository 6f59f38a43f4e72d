"""Each standard as a table: what happened, how the record then stands, which event proves it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest

from core.language import keeping
from core.models import Event
from mispers.models import ExploitationInvestigation, Incident
from mispers.rules.codes import STANDARDS
from mispers.services.authorising import authorise_closure
from mispers.services.corrections import correct_incident
from mispers.services.reopening import reopen_incident
from mispers.services.strategy import write_strategy
from officers.models import Officer, Training
from officers.rules.roles import Role
from ownership.services.acceptance import accept_handover
from ownership.services.actions import complete_action
from ownership.services.shift_ends import watch_changes_of_shift
from riskassessment.models import RiskAssessment
from riskassessment.services.endorse import endorse_assessment, return_assessment
from riskassessment.services.keep import keep_phrase
from riskassessment.words.answers import unanswered
from tests.conftest import Unit
from tests.factories.assurance import HOUR, MINUTE, endorse, search, verdict_on
from tests.factories.endings import all_overrides, ask, close, locate
from tests.factories.incidents import log_incident
from tests.factories.known import an_investigation
from tests.factories.officers import leaves_at, on_shift
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import an_assessment, trained
from tests.moments import NOW

pytestmark = pytest.mark.django_db


@dataclass
class Case:
    """One record and who works on it."""

    unit: Unit
    incident: Incident

    def grade(self, after: timedelta, grade: str = "medium", **over: object) -> RiskAssessment:
        return an_assessment(self.incident, self.unit.frontline, NOW + after, grade, **over)

    def trained(self) -> "Case":
        """The same, with an assessor in date."""
        trained(self.unit.frontline, NOW)
        return self

    def endorsed_by_the_untrained(self) -> None:
        made, untrained = self.trained().grade(HOUR), self.unit.another(Role.DUTY_INSPECTOR)
        endorse_assessment(assessment=made.pk, by=untrained, now=NOW + 2 * HOUR)

    def marked(self, *said: str) -> None:
        """Somebody with a marker, of whom so many prompts are answered in words."""
        self.incident.person.markers = ["cce"]
        self.incident.person.save()
        self.grade(
            HOUR, prompts=[{"code": code, "state": "answered", "text": "As told."} for code in said]
        )

    def endorsed(self, after: timedelta, grade: str = "medium", later: timedelta = HOUR) -> None:
        endorse(self.grade(after, grade), self.unit.inspector, NOW + after + later)

    def search(self, after: timedelta, extent: str = "inside") -> None:
        search(self.incident, self.unit.frontline, NOW + after, extent)

    def action(self, due: timedelta, done: timedelta | None = None) -> None:
        made = an_action(self.incident, self.unit.frontline, NOW, due_at=NOW + due)
        if done is not None:
            officer = self.unit.frontline
            complete_action(action_id=made.pk, by=officer, now=NOW + done, result="Nobody saw her.")

    def exploited(self) -> None:
        """A child, it turns out at once, with a marker of sexual exploitation."""
        known = {"date_of_birth": date(2010, 3, 1), "markers": ["cse"]}
        correct_incident(
            self.incident.reference, by=self.unit.frontline, now=NOW, changes={"person": known}
        )

    def investigated(self, after: timedelta, *, in_training: bool = True) -> None:
        """The investigation is referenced and allocated."""
        self.exploited()
        officer = self.unit.safeguarding_di
        if in_training:
            trained(officer, NOW, course=Training.Course.EXPLOITATION)
        an_investigation(self.incident, self.unit.frontline, NOW + after, officer)

    def write(self, text: str, after: timedelta) -> None:
        reference, by = self.incident.reference, self.unit.frontline
        write_strategy(reference, by=by, now=NOW + after, text=text)

    def located(self, after: timedelta = HOUR, **over: object) -> None:
        locate(self.incident, self.unit.frontline, NOW + after, **over)

    def closed(self, after: timedelta = 2 * HOUR) -> None:
        close(self.incident, self.unit.frontline, self.unit.inspector, NOW + after)

    def closed_as_not_missing(self) -> None:
        officer, inspector, at = self.unit.frontline, self.unit.inspector, NOW + 2 * HOUR
        ask(self.incident, officer, at, outcome="not_missing", evidence="She was at work.")
        overrides = all_overrides(self.incident, inspector, at)
        authorise_closure(self.incident.reference, by=inspector, now=at, overrides=overrides)

    def reopened(self, after: timedelta = 3 * HOUR) -> None:
        reopen_incident(
            self.incident.reference,
            by=self.unit.frontline,
            now=NOW + after,
            reason="Her mother says that it was somebody else.",
        )


def nothing(case: Case) -> None:
    """Nothing happens after the report."""


def unseen_abroad(case: Case) -> None:
    case.located(seen_in_person_by=None, seen_at=None, how="A friend says that she is abroad.")


def dead_and_unconfirmed(case: Case) -> None:
    case.located(condition="deceased")


def dead_and_confirmed(case: Case) -> None:
    case.located(condition="deceased", coroner_reference="COR-2026-17")


def graded_and_first_step(case: Case, at: timedelta = 30 * MINUTE) -> None:
    case.grade(at)
    case.action(6 * HOUR)


def returned(case: Case) -> None:
    trained(case.unit.inspector, NOW)
    made = case.grade(30 * MINUTE)
    return_assessment(
        assessment=made.pk, reason="Ask her college.", by=case.unit.inspector, now=NOW + HOUR
    )


def investigated_and_taken_back(case: Case) -> None:
    case.investigated(HOUR)
    said = ExploitationInvestigation.objects.get()
    because = {"because": "It was of somebody else.", "counts": False, "corrects": said.pk}
    an_investigation(case.incident, case.unit.frontline, NOW + 2 * HOUR, None, **because)


def graded_again_by_the_trained(case: Case) -> None:
    case.grade(HOUR)
    case.trained().endorsed(2 * HOUR)


def considered_the_second_time(case: Case) -> None:
    case.grade(HOUR, prompts=[{"code": "earlier", "state": "not_known"}])
    case.grade(2 * HOUR, prompts=[{"code": "earlier", "state": "answered", "text": "Twice."}])


def reviewed_once_late(case: Case) -> None:
    case.grade(timedelta(), "high")
    case.grade(5 * HOUR, "high")


def reviewed_late_then_closed(case: Case) -> None:
    reviewed_once_late(case)
    case.closed(6 * HOUR)


def blamed(case: Case, after: timedelta = HOUR) -> None:
    """A strategy of which a phrase waits, and a quotation that does not."""
    case.write('She absconded. Her note: "out of control".', after)


def blamed_and_reworded(case: Case) -> None:
    blamed(case)
    case.write("She went missing.", 2 * HOUR)


def blamed_and_kept_afterwards(case: Case) -> None:
    blamed(case)
    keep_phrase(
        reference=case.incident.reference,
        found=unanswered(case.incident)[0].pk,
        reason="The home's word.",
        by=case.unit.frontline,
        now=NOW + 2 * HOUR,
    )


def blamed_and_kept_as_it_was_written(case: Case) -> None:
    with keeping([{"phrase": "absconded", "reason": "The home's word."}]):
        blamed(case)


def closed_and_reopened(case: Case) -> None:
    case.closed()
    case.reopened()


def shift_changes(case: Case, *accepted_after: timedelta) -> None:
    """The inspector goes off duty after two hours; the next one accepts late, or never."""
    boundary = NOW + 2 * HOUR
    leaves_at(case.unit.inspector, boundary)
    coming = case.unit.another(Role.DUTY_INSPECTOR)
    on_shift(coming, boundary, NOW + 10 * HOUR)
    watch_changes_of_shift(now=boundary)
    for after in accepted_after:
        handed_over(case, coming, after)


def handed_over(case: Case, to: Officer | None = None, after: timedelta = HOUR) -> None:
    to, at = to or case.unit.another(Role.DUTY_INSPECTOR), NOW + after
    offer = an_offer(case.unit.inspector, to, case.incident, at)
    accept_handover(handover_id=offer.pk, by=to, now=at)


Story = Callable[[Case], object]
DAY = timedelta(days=1)
DUE_NEVER: timedelta | None = None

# code, what happens, when it is asked, state, late, kind of the proving event, when it was due
TABLE: list[tuple[str, Story, timedelta, str, bool, str | None, timedelta | None]] = [
    ("OWN-1", nothing, HOUR, "met", False, "ownership.taken", DUE_NEVER),
    ("OWN-1", closed_and_reopened, 4 * HOUR, "met", False, "ownership.taken", DUE_NEVER),
    ("OWN-2", nothing, HOUR, "met", False, "ownership.taken", DUE_NEVER),
    ("OWN-5", nothing, HOUR, "not_applicable", False, None, DUE_NEVER),
    ("OWN-5", handed_over, 2 * HOUR, "met", False, "ownership.taken", DUE_NEVER),
    ("OWN-5", shift_changes, 2 * HOUR, "not_yet_due", False, "handover.shift_ended", 3 * HOUR),
    ("OWN-5", shift_changes, 3 * HOUR, "not_met", False, "handover.shift_ended", 3 * HOUR),
    ("OWN-5", lambda c: shift_changes(c, 3 * HOUR), 4 * HOUR, "met", False, "ownership.taken",
     3 * HOUR),
    ("OWN-5", lambda c: shift_changes(c, 4 * HOUR), 4 * HOUR, "met", True, "ownership.taken",
     3 * HOUR),
    ("ACT-1", nothing, HOUR, "not_applicable", False, None, DUE_NEVER),
    ("ACT-1", lambda c: c.action(HOUR), HOUR, "met", False, "action.set", DUE_NEVER),
    ("ACT-2", nothing, HOUR, "not_applicable", False, None, DUE_NEVER),
    ("ACT-2", lambda c: c.action(HOUR), 59 * MINUTE, "not_yet_due", False, "action.set", HOUR),
    ("ACT-2", lambda c: c.action(HOUR), HOUR, "not_met", False, "action.set", HOUR),
    ("ACT-2", lambda c: c.action(HOUR, HOUR), HOUR, "met", False, "action.completed", HOUR),
    ("ACT-2", lambda c: c.action(HOUR, 2 * HOUR), 3 * HOUR, "met", True, "action.completed", HOUR),
    ("INI-1", nothing, 59 * MINUTE, "not_yet_due", False, "incident.reported", HOUR),
    ("INI-1", lambda c: c.grade(10 * MINUTE), HOUR, "not_met", False, "incident.reported", HOUR),
    ("INI-1", graded_and_first_step, HOUR, "met", False, "action.set", HOUR),
    ("RISK-1", nothing, 59 * MINUTE, "not_yet_due", False, "incident.reported", HOUR),
    ("RISK-1", nothing, HOUR, "not_met", False, "incident.reported", HOUR),
    ("RISK-1", lambda c: c.grade(HOUR), 2 * HOUR, "met", False, "risk.assessed", HOUR),
    ("RISK-1", lambda c: c.grade(2 * HOUR), 3 * HOUR, "met", True, "risk.assessed", HOUR),
    ("RISK-1", returned, 90 * MINUTE, "not_yet_due", False, "risk.returned", 2 * HOUR),
    ("RISK-1", closed_and_reopened, 3 * HOUR, "not_yet_due", False, "incident.reopened", 4 * HOUR),
    ("RISK-2", nothing, HOUR, "not_yet_due", False, None, DUE_NEVER),
    ("RISK-2", lambda c: c.trained().grade(HOUR), 2 * HOUR, "not_yet_due", False, "risk.assessed",
     DUE_NEVER),
    ("RISK-2", lambda c: c.grade(HOUR), 2 * HOUR, "not_met", False, "risk.assessed", DUE_NEVER),
    ("RISK-2", lambda c: c.endorsed(HOUR), 3 * HOUR, "not_met", False, "risk.assessed", DUE_NEVER),
    ("RISK-2", lambda c: c.trained().endorsed(HOUR), 3 * HOUR, "met", False, "risk.endorsed",
     DUE_NEVER),
    ("RISK-2", Case.endorsed_by_the_untrained, 3 * HOUR, "not_met", False, "risk.endorsed",
     DUE_NEVER),
    ("RISK-2", graded_again_by_the_trained, 4 * HOUR, "met", True, "risk.endorsed", DUE_NEVER),
    ("RISK-5", nothing, HOUR, "not_yet_due", False, None, DUE_NEVER),
    ("RISK-5", lambda c: c.grade(HOUR), 2 * HOUR, "not_met", False, "risk.assessed", DUE_NEVER),
    ("RISK-5", lambda c: c.marked("earlier"), 2 * HOUR, "not_met", False, "risk.assessed",
     DUE_NEVER),
    ("RISK-5", lambda c: c.marked("earlier", "markers"), 2 * HOUR, "met", False, "risk.assessed",
     DUE_NEVER),
    ("RISK-5", considered_the_second_time, 3 * HOUR, "met", True, "risk.assessed", DUE_NEVER),
    ("RISK-3", nothing, HOUR, "not_applicable", False, None, DUE_NEVER),
    ("RISK-3", lambda c: c.grade(HOUR), 2 * HOUR, "not_yet_due", False, "risk.assessed", 5 * HOUR),
    ("RISK-3", lambda c: c.grade(HOUR), 5 * HOUR, "not_met", False, "risk.assessed", 5 * HOUR),
    ("RISK-3", lambda c: c.endorsed(HOUR), 9 * HOUR, "met", False, "risk.endorsed", 5 * HOUR),
    ("RISK-3", lambda c: c.endorsed(HOUR, "high", 2 * HOUR), 9 * HOUR, "met", True,
     "risk.endorsed", 2 * HOUR),
    ("RISK-4", nothing, HOUR, "not_applicable", False, None, DUE_NEVER),
    ("RISK-4", lambda c: c.grade(HOUR), 2 * HOUR, "not_yet_due", False, "risk.assessed", 13 * HOUR),
    ("RISK-4", lambda c: c.grade(HOUR, "high"), 5 * HOUR, "not_met", False, "risk.assessed",
     5 * HOUR),
    ("RISK-4", reviewed_once_late, 6 * HOUR, "not_yet_due", False, "risk.assessed", 9 * HOUR),
    ("RISK-4", reviewed_late_then_closed, 7 * HOUR, "met", True, "risk.assessed", 4 * HOUR),
    ("SEARCH-1", nothing, HOUR, "not_yet_due", False, "incident.reported", 4 * HOUR),
    ("SEARCH-1", lambda c: c.search(HOUR, "knock"), 4 * HOUR, "not_met", False,
     "incident.reported", 4 * HOUR),
    ("SEARCH-1", lambda c: c.search(HOUR), 5 * HOUR, "met", False, "search.recorded", 4 * HOUR),
    ("SEARCH-1", lambda c: c.search(5 * HOUR), 6 * HOUR, "met", True, "search.recorded", 4 * HOUR),
    ("SEARCH-1", lambda c: c.located(), 9 * HOUR, "not_applicable", False, "incident.reported",
     4 * HOUR),
    ("CHILD-2", nothing, HOUR, "not_applicable", False, None, DUE_NEVER),
    ("CHILD-2", Case.exploited, 23 * HOUR, "not_yet_due", False, "incident.corrected", DAY),
    ("CHILD-2", Case.exploited, DAY, "not_met", False, "incident.corrected", DAY),
    ("CHILD-2", lambda c: c.investigated(HOUR, in_training=False), DAY, "not_met", False,
     "incident.corrected", DAY),
    ("CHILD-2", lambda c: c.investigated(HOUR), DAY, "met", False, "known.exploitation", DAY),
    ("CHILD-2", lambda c: c.investigated(25 * HOUR), 2 * DAY, "met", True, "known.exploitation",
     DAY),
    ("CHILD-2", investigated_and_taken_back, DAY, "not_yet_due", False, "known.exploitation",
     26 * HOUR),
    ("LANG-1", nothing, HOUR, "met", False, "incident.reported", DUE_NEVER),
    ("LANG-1", blamed, 2 * HOUR, "not_met", False, "strategy.written", HOUR),
    ("LANG-1", blamed_and_reworded, 3 * HOUR, "met", True, "strategy.written", DUE_NEVER),
    ("LANG-1", blamed_and_kept_afterwards, 3 * HOUR, "met", True, "words.kept", DUE_NEVER),
    ("LANG-1", blamed_and_kept_as_it_was_written, 3 * HOUR, "met", False, "words.kept", DUE_NEVER),
    ("END-1", nothing, HOUR, "not_yet_due", False, None, DUE_NEVER),
    ("END-1", unseen_abroad, 2 * HOUR, "not_met", False, "located.recorded", DUE_NEVER),
    ("END-1", lambda c: c.located(), 2 * HOUR, "met", False, "located.recorded", DUE_NEVER),
    ("END-1", dead_and_unconfirmed, 2 * HOUR, "not_met", False, "located.recorded", DUE_NEVER),
    ("END-1", dead_and_confirmed, 2 * HOUR, "met", False, "located.recorded", DUE_NEVER),
    ("END-1", Case.closed_as_not_missing, 3 * HOUR, "not_applicable", False, None, DUE_NEVER),
    ("END-1", closed_and_reopened, 4 * HOUR, "not_yet_due", False, None, DUE_NEVER),
    ("END-4", nothing, HOUR, "not_yet_due", False, None, DUE_NEVER),
    ("END-4", Case.closed, 3 * HOUR, "met", False, "closure.authorised", DUE_NEVER),
    ("END-4", closed_and_reopened, 4 * HOUR, "not_yet_due", False, None, DUE_NEVER),
]  # fmt: skip


@pytest.fixture
def case(cn: Unit, now: datetime) -> Case:
    return Case(cn, log_incident(cn.frontline, now))


@pytest.mark.parametrize(("code", "story", "asked", "state", "late", "proof", "due"), TABLE)
def test_a_standard_stands_as_the_record_shows(
    case: Case,
    code: str,
    story: Story,
    asked: timedelta,
    state: str,
    late: bool,
    proof: str | None,
    due: timedelta | None,
) -> None:
    story(case)
    verdict = verdict_on(code, case.incident, NOW + asked)
    proving = Event.objects.get(pk=verdict.proved_by) if verdict.proved_by else None
    assert (verdict.state, verdict.late) == (state, late), verdict.why
    assert (proving.kind if proving else None) == proof
    assert proving is None or proving.stream_id == case.incident.reference
    assert verdict.due_at == (None if due is None else NOW + due)
    assert verdict.why
    assert NOW <= verdict.since <= NOW + asked


def test_the_table_has_every_standard() -> None:
    assert {row[0] for row in TABLE} == set(STANDARDS)


def test_every_standard_says_what_is_policy_and_what_is_guidance() -> None:
    for code, standard in STANDARDS.items():
        assert standard.code == code
        assert standard.policy
        assert standard.guidance


def test_of_several_actions_not_yet_due_the_next_one_decides_when_time_changes_it(
    case: Case,
) -> None:
    case.action(5 * HOUR)
    case.action(HOUR)
    assert verdict_on("ACT-2", case.incident, NOW + MINUTE).next_change_at == NOW + HOUR
    assert verdict_on("ACT-2", case.incident, NOW + HOUR).state == "not_met"


def test_one_overdue_action_is_not_hidden_by_others_in_time(case: Case) -> None:
    case.action(HOUR)
    case.action(HOUR, 30 * MINUTE)
    assert verdict_on("ACT-2", case.incident, NOW + 2 * HOUR).state == "not_met"


def test_a_review_not_yet_due_says_that_an_earlier_one_was_late(case: Case) -> None:
    reviewed_once_late(case)
    assert verdict_on("RISK-4", case.incident, NOW + 6 * HOUR).why.endswith(
        "an earlier one was late"
    )
