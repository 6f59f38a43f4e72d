"""The duty board: what stands where and why, since when, and for whom; who may look and listen."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.push import streams
from core.push.listening import Listener
from mispers.models import Incident
from mispers.services.contacts import record_notification
from mispers.services.log import add_log_entry
from officers.models import Officer
from officers.rules.roles import Role
from ownership.selectors.board import Board, BoardLine, board_of, summaries
from ownership.services.reminders import raise_due_reminders
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.officers import on_shift
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import an_assessment
from tests.moments import NOW, london
from tests.rest import Rest
from tests.site.markup import text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Officer], Browser]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SCRIPT = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _clock(now: datetime) -> None:
    """The clock stands at NOW until a test moves it."""


def seen(unit: Unit, at: datetime, reader: Officer | None = None) -> Board:
    return board_of(unit.bcu, reader or unit.inspector, at)


def line_of(board: Board, incident: Incident) -> BoardLine:
    return next(each for each in board.lines if each.strip.reference == incident.reference)


def graded(unit: Unit, grade: str, at: datetime = NOW) -> Incident:
    """An incident that has been graded and has a first action: INI-1 is met."""
    incident = log_incident(unit.frontline, at)
    an_assessment(incident, unit.frontline, at, grade=grade)
    an_action(incident, unit.frontline, at, due_at=at + 20 * HOUR)
    return incident


def test_overdue_and_high_come_first_then_overdue_then_high(cn: Unit) -> None:
    calm = graded(cn, "medium")
    high = graded(cn, "high")
    late = graded(cn, "medium")
    an_action(late, cn.frontline, NOW, due_at=NOW + MINUTE)
    late_and_high = graded(cn, "high")
    an_action(late_and_high, cn.frontline, NOW, due_at=NOW + 2 * MINUTE)
    ungraded = log_incident(cn.frontline, NOW)
    lines = seen(cn, NOW + 3 * MINUTE).lines
    assert [(each.strip.incident_id, each.section) for each in lines][:2] == [
        (late_and_high.pk, "late-high"),
        (late.pk, "late"),
    ]
    assert {each.strip.incident_id for each in lines if each.section == "high"} == {
        high.pk,
        ungraded.pk,
    }
    assert lines[-1].strip.incident_id == calm.pk


@pytest.mark.parametrize(
    ("after", "is_late", "with_inspector", "with_superintendent"),
    [
        (59 * MINUTE, False, False, False),
        (61 * MINUTE, True, False, False),
        (76 * MINUTE, True, True, False),
        (119 * MINUTE, True, True, False),
        (121 * MINUTE, True, True, True),
    ],
)
def test_an_hour_without_a_first_action_is_on_the_board_and_two_hours_with_the_superintendent(
    cn: Unit,
    after: timedelta,
    is_late: bool,
    with_inspector: bool,
    with_superintendent: bool,
) -> None:
    incident = log_incident(cn.frontline, NOW)
    board = seen(cn, NOW + after)
    late = line_of(board, incident).strip.late
    assert (late is not None) is is_late
    if late is not None:
        assert late.since == NOW + HOUR
        assert {"CIRC-1", "INI-1"} <= set(late.codes)
        assert (late.with_inspector is not None) is with_inspector
        assert (late.with_superintendent is not None) is with_superintendent
    assert board.counts()["overdue"] == is_late
    assert board.counts()["climbed"] == with_superintendent
    assert [each.with_superintendent for each in summaries(cn.superintendent, NOW + after)] == [
        int(with_superintendent)
    ]


def test_what_is_not_circulated_within_the_hour_is_on_the_board_and_not_the_next_day(
    cn: Unit,
) -> None:
    incident = graded(cn, "medium")
    assert line_of(seen(cn, NOW + 59 * MINUTE), incident).strip.late is None
    late = line_of(seen(cn, NOW + HOUR), incident).strip.late
    assert late is not None
    assert (late.codes, late.since) == (("CIRC-1",), NOW + HOUR)
    assert late.with_inspector is None, "reminders of it climb by its latest time"
    record_notification(incident.reference, by=cn.frontline, now=NOW + HOUR, to="pnc", at=NOW)
    assert line_of(seen(cn, NOW + HOUR), incident).strip.late is None


def test_the_ladder_on_the_board_is_the_ladder_of_the_reminders(cn: Unit) -> None:
    incident = log_incident(cn.frontline, NOW)
    at = NOW + 2 * HOUR
    raise_due_reminders(now=at)
    late = line_of(seen(cn, at), incident).strip.late
    assert late is not None
    assert late.with_superintendent == NOW + 2 * HOUR
    assert cn.superintendent.inbox.filter(incident=incident, rung=3).exists()


def test_what_changed_is_counted_since_the_readers_shift_began_and_the_last_is_named(
    cn: Unit,
) -> None:
    incident = graded(cn, "medium", NOW - 10 * HOUR)
    night = cn.another(Role.DUTY_INSPECTOR)
    on_shift(night, NOW - HOUR, NOW + 7 * HOUR)
    assert line_of(seen(cn, NOW, night), incident).changes is None
    for minutes in (30, 10):
        add_log_entry(incident.reference, by=cn.frontline, now=NOW - minutes * MINUTE, text="Rang.")
    board = seen(cn, NOW, night)
    changes = line_of(board, incident).changes
    assert (board.since, board.whose_shift) == (NOW - HOUR, "your shift")
    assert changes is not None
    assert (changes.count, changes.last.by) == (2, cn.frontline.get_full_name())
    assert changes.last.at == NOW - 10 * MINUTE


def test_who_has_no_shift_is_told_of_the_running_turn_on_the_night_the_clocks_go_back(
    cn: Unit,
) -> None:
    board = seen(cn, london("2026-10-25 02:30"), cn.another(Role.RECORDS))
    assert (board.since, board.whose_shift) == (london("2026-10-24 23:00"), "night duty")


def test_what_nobody_has_accepted_or_read_is_named_with_whom_it_waits_for(cn: Unit) -> None:
    incident = graded(cn, "high")
    night = cn.another(Role.DUTY_INSPECTOR)
    an_offer(cn.inspector, night, incident, NOW + MINUTE)
    line = line_of(seen(cn, NOW + HOUR), incident)
    # The clock has offered a high grade to the Safeguarding DI already.
    waiting = {(each.capacity, each.to, each.since) for each in line.strip.offered}
    assert ("Inspector", str(night), NOW + MINUTE) in waiting
    assert ("Owner", str(cn.safeguarding_di), NOW) in waiting
    assert str(night) in {each.officer for each in line.strip.unread}
    assert line in seen(cn, NOW + HOUR).shown("waiting")


def test_mine_is_what_the_reader_answers_for_in_either_capacity(cn: Unit) -> None:
    incident = graded(cn, "medium")
    for officer, is_mine in (
        (cn.frontline, True), (cn.inspector, True), (cn.superintendent, False)
    ):  # fmt: skip
        assert line_of(seen(cn, NOW, officer), incident).is_mine is is_mine


def test_the_page_says_it_all_in_words_and_narrows(cn: Unit, browser_as: SignIn) -> None:
    incident = graded(cn, "high", NOW - 3 * HOUR)
    calm = graded(cn, "low")
    browser = browser_as(cn.inspector)
    page = text_of(browser.get(reverse("board", args=["CN"])))
    for words in (
        incident.person.name, incident.reference, "overdue by", "with the superintendent since",
        str(cn.frontline), "Not accepted", "Not read", "Up to date at 10:00:00",
        "Changes are counted since 10:00", "when your shift began",
    ):  # fmt: skip
        assert words in page
    narrowed = text_of(browser.get(reverse("board", args=["CN"]), {"show": "high"}))
    assert incident.reference in narrowed
    assert calm.reference not in narrowed
    junk = browser.get(reverse("board", args=["CN"]), {"show": "\x00", "wall": "yes"})
    assert calm.reference in text_of(junk)


def test_a_wall_screen_shows_initials_and_leads_nowhere(cn: Unit, browser_as: SignIn) -> None:
    incident = graded(cn, "high")
    response = browser_as(cn.inspector).get(reverse("board", args=["CN"]), {"wall": "1"})
    page = text_of(response)
    assert incident.reference in page
    assert incident.person.name not in page
    assert reverse("incident", args=[incident.reference]) not in response.content.decode()


def test_a_script_is_given_the_changing_part_alone_and_only_when_it_has_changed(
    cn: Unit, browser_as: SignIn
) -> None:
    incident = graded(cn, "medium")
    browser, path = browser_as(cn.inspector), reverse("board", args=["CN"])
    first = browser.get(path, headers=SCRIPT)
    assert first.content.startswith(b'<div id="board-now"')
    tag = first.headers["ETag"]
    same = browser.get(path, headers={**SCRIPT, "If-None-Match": tag})
    assert (same.status_code, same.content) == (304, b"")
    add_log_entry(incident.reference, by=cn.frontline, now=NOW, text="Rang.")
    changed = browser.get(path, headers={**SCRIPT, "If-None-Match": tag})
    assert changed.status_code == 200


def test_time_alone_changes_a_line_when_something_falls_due_and_not_before(cn: Unit) -> None:
    incident = log_incident(cn.frontline, NOW)
    digests = [
        line_of(seen(cn, NOW + after), incident).digest
        for after in (MINUTE, 59 * MINUTE, 61 * MINUTE, 62 * MINUTE)
    ]
    assert digests[0] == digests[1] != digests[2] == digests[3]


def test_the_changing_part_takes_as_many_queries_for_many_incidents_as_for_few(
    cn: Unit, browser_as: SignIn
) -> None:
    browser, path, counts = browser_as(cn.inspector), reverse("board", args=["CN"]), []
    browser.get(path)
    high = graded(cn, "high", NOW - 2 * HOUR)
    an_offer(cn.inspector, cn.another(Role.DUTY_INSPECTOR), high, NOW)
    for size in (2, 20):
        for _ in range(size):
            log_incident(cn.frontline, NOW - 2 * HOUR)
        with CaptureQueriesContext(connection) as queries:
            page = text_of(browser.get(path, headers=SCRIPT))
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert page.count("No change this shift") < page.count("CN-26-")


def test_the_force_is_one_table_for_who_sees_all_of_it_and_the_rest_go_to_their_own(
    cn: Unit, ne: Unit, browser_as: SignIn
) -> None:
    graded(cn, "high")
    counts = []
    browser = browser_as(cn.another(Role.ASSURANCE_BOARD))
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            page = text_of(browser.get(reverse("boards")))
        counts.append(len(queries))
        for _ in range(5):
            log_incident(ne.frontline, NOW - 3 * HOUR)
    assert counts[0] == counts[1]
    assert "Test CN (CN)" in page
    assert "Test NE (NE)" in page
    sent = browser_as(cn.inspector).get(reverse("boards"))
    assert sent.headers["Location"] == reverse("board", args=["CN"])


def test_the_board_over_rest(cn: Unit, api: Callable[..., Rest]) -> None:
    cache.clear()
    incident = log_incident(cn.frontline, NOW - 3 * HOUR)
    graded(cn, "low")
    (line,) = api(cn.inspector).get("/api/v1/boards/CN/", {"show": "climbed"}).json()["results"]
    assert line["incident"] == incident.reference
    assert line["overdue"]["with_superintendent"] == "2026-07-18T08:00:00Z"
    assert line["next_due"]["code"] == "INI-1"
    assert line["owner"]["name"] == cn.frontline.get_full_name()


def test_a_stream_ends_for_who_has_signed_out_and_never_begins_for_another_bcu(
    cn: Unit, ne: Unit, browser_as: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "listener", Listener())
    monkeypatch.setattr(streams, "BEAT", 0.05)
    monkeypatch.setattr(streams, "ASK_AGAIN_WHO", 0.0)
    browser = browser_as(cn.inspector)
    path = reverse("board-changes", args=["CN"])
    answer: Any = browser.get(path)
    lines = iter(answer.streaming_content)
    heard = [next(lines) for _ in range(3)]
    assert heard[-1].startswith(b"event: beat")
    browser.post(reverse("sign-out"))
    assert list(lines)[-1].startswith(b"event: ended")
    assert browser.get(path).headers["Location"].startswith(reverse("sign-in"))
    assert browser_as(ne.inspector).get(path).status_code == 404
