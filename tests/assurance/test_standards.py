"""Each standard as a table: what happened, how the record then stands, which event proves it."""

from datetime import datetime, timedelta

import pytest

from core.models import Event
from mispers.rules.codes import STANDARDS
from tests.assurance.stories import (
    DAY,
    Case,
    Story,
    blamed,
    blamed_and_kept_afterwards,
    blamed_and_kept_as_it_was_written,
    blamed_and_reworded,
    closed_and_reopened,
    considered_the_second_time,
    dead_and_confirmed,
    dead_and_unconfirmed,
    graded_again_by_the_trained,
    graded_and_first_step,
    handed_over,
    investigated_and_taken_back,
    nothing,
    returned,
    reviewed_late_then_closed,
    reviewed_once_late,
    shift_changes,
    unseen_abroad,
)
from tests.conftest import Unit
from tests.factories.assurance import HOUR, MINUTE, verdict_on
from tests.factories.incidents import log_incident
from tests.moments import NOW

pytestmark = pytest.mark.django_db


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
    ("OWN-5", lambda c: shift_changes(c, 3 * HOUR), 4 * HOUR, "met", False, "handover.accepted",
     3 * HOUR),
    ("OWN-5", lambda c: shift_changes(c, 4 * HOUR), 4 * HOUR, "met", True, "handover.accepted",
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
