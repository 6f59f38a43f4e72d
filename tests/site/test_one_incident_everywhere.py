"""One incident is said to be the same in its header, in every list, on the board and in REST."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from mispers.models import Incident
from mispers.presenters.header import HEADER, LINE
from mispers.rules.strip import IncidentStrip
from mispers.selectors.strips import strips_of
from mispers.services.log import add_log_entry
from officers.models import Officer
from officers.rules.roles import Role
from ownership.selectors import board
from ownership.selectors.board import summaries
from ownership.views import answering, my_work
from tests.conftest import Unit
from tests.factories.endings import close
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import an_assessment
from tests.moments import NOW
from tests.rest import Rest

pytestmark = pytest.mark.django_db
SignIn = Callable[[Officer], Browser]
Api = Callable[..., Rest]
HOUR = timedelta(hours=1)
LATER = NOW + 3 * HOUR
ITSELF = ("reference", "url", "bcu", "stage", "outcome", "reported_at", "closed_at")


@pytest.fixture
def incident(cn: Unit, clock_at: Callable[[datetime], datetime]) -> Incident:
    """Graded high, with something overdue, an offer that waits and notices that nobody read."""
    clock_at(NOW)
    logged = log_incident(cn.frontline, NOW, given_name="Zofia", family_name="Eastlake")
    an_assessment(logged, cn.frontline, NOW, grade="high")
    an_action(logged, cn.frontline, NOW, due_at=NOW + HOUR)
    an_offer(cn.inspector, cn.another(Role.DUTY_INSPECTOR), logged, NOW + HOUR)
    clock_at(LATER)
    return logged


def whole(incident: Incident) -> IncidentStrip:
    return strips_of([incident], LATER)[incident.pk]


def shown(browser: Browser, name: str, *args: str, **query: str) -> Any:
    response = browser.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.context


def test_every_part_that_these_tests_compare_is_filled(incident: Incident) -> None:
    strip = whole(incident)
    empty = {part for part in board.LINE if not getattr(strip, part)}
    assert not empty
    assert strip.overdue.actions == 1
    assert strip.overdue.standards


def test_pages_say_the_same_of_it_in_header_list_search_work_board_and_answering(
    incident: Incident, cn: Unit, browser_as: SignIn
) -> None:
    browser, reference = browser_as(cn.inspector), incident.reference
    offer = whole(incident).offered[-1].handover
    (_, ((work, _, _), *_)), *_ = shown(browser, "my-work")["groups"]
    (card,) = shown(browser, "handover", str(offer))["cards"]
    (on_board,) = shown(browser, "board", "CN")["board"].lines
    seen: dict[str, tuple[IncidentStrip, tuple[str, ...]]] = {
        "overview": (shown(browser, "incident", reference)["header"], HEADER),
        "open list": (shown(browser, "open-incidents")["lines"][0].strip, LINE),
        "search": (shown(browser, "search", q=reference)["lines"][0].strip, LINE),
        "my work": (work, my_work.CARD),
        "answering": (card.strip, answering.CARD),
        "board": (on_board.strip, board.LINE),
    }
    expected = whole(incident)
    for page, (strip, parts) in seen.items():
        for part in (*ITSELF, *parts):
            assert getattr(strip, part) == getattr(expected, part), (page, part)


def test_rest_says_of_it_what_pages_say(incident: Incident, cn: Unit, api: Api) -> None:
    rest, strip = api(cn.inspector), whole(incident)
    one = rest.get(f"/api/v1/incidents/{incident.reference}/").json()
    (listed,) = rest.get("/api/v1/incidents/", {"overdue": "true"}).json()["results"]
    (line,) = rest.get("/api/v1/boards/CN/").json()["results"]
    then = rest.get(f"/api/v1/incidents/{incident.reference}/as-at/").json()["facts"]
    same = ("grade", "owner", "inspector", "next_due", "overdue")
    assert {part: listed[part] for part in same} == {part: one[part] for part in same}
    assert then == {part: one[part] for part in ("grade", "owner", "inspector")}
    for part in ("grade", "owner", "inspector", "next_due"):
        assert line[part] == one[part]
    assert strip.owner is not None
    assert strip.next_due is not None
    assert strip.late is not None
    assert (one["grade"], one["stage"], line["name"]) == ("high", strip.stage, strip.name)
    assert one["owner"]["id"] == str(strip.owner.officer_id)
    assert f"{one['owner']['rank']} {one['owner']['name']}" == str(strip.owner)
    assert (one["next_due"]["what"], one["next_due"]["who"]) == (
        strip.next_due.what,
        strip.next_due.who,
    )
    assert one["overdue"] == {"actions": 1, "standards": list(strip.overdue.standards)}
    assert line["overdue"]["codes"] == list(strip.late.codes)
    assert {each["handover"] for each in line["offered"]} == {
        str(each.handover) for each in strip.offered
    }
    assert {each["officer"] for each in line["unread"]} == {each.officer for each in strip.unread}


def test_a_board_calls_overdue_what_a_list_does_and_circulation_before_its_latest_time(
    incident: Incident,
) -> None:
    strip = whole(incident)
    assert strip.late is not None
    assert set(strip.late.codes) == {*strip.overdue.standards, "ACT-2", "CIRC-1"}


def test_the_boards_of_the_force_count_what_the_board_shows(incident: Incident, cn: Unit) -> None:
    (summary,) = summaries(cn.inspector, LATER)
    counts = board.board_of(cn.bcu, cn.inspector, LATER).counts()
    assert (summary.open, summary.high, summary.overdue, summary.with_superintendent) == (
        counts[""],
        counts["high"],
        counts["overdue"],
        counts["climbed"],
    )
    assert summary.overdue == 1


def test_no_page_leads_with_what_falls_due_after_the_end_and_rest_gives_it(
    cn: Unit, browser_as: SignIn, api: Api, now: datetime
) -> None:
    logged = log_incident(cn.frontline, now)
    close(logged, cn.frontline, cn.inspector, now)
    add_log_entry(
        logged.reference, by=cn.frontline, now=now, text="She is not home.",
        source="Her mother", source_kind="family",
    )  # fmt: skip
    ended = Incident.objects.get(pk=logged.pk)
    assert strips_of([ended], now)[ended.pk].flags == ("Closed: found safe",)
    one = api(cn.inspector).get(f"/api/v1/incidents/{ended.reference}/").json()
    assert one["next_due"]["code"] == "NEW-1"
    header = shown(browser_as(cn.inspector), "incident", ended.reference)["header"]
    assert (header.next_due, header.flags) == (None, ("Closed: found safe",))
