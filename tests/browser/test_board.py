"""The duty board in a real browser: pushed, counted, sounded, and honest when it has lost touch."""

import math
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from core import clock
from mispers.models import Incident
from officers.rules.roles import Role
from ownership.services.acceptance import accept_handover
from tests.browser.boards import a_unit_of_today, asks_only_when_told, is_pushed, slip
from tests.browser.conftest import OpenPage
from tests.browser.seeing import check_accessible, check_fits, check_page, screenshot
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action, an_offer
from tests.factories.risk import an_assessment

WIDE = {"width": 1920, "height": 1080}


@pytest.fixture
def incident(cn: Unit) -> Incident:
    """One that came in three hours ago, with nothing done since."""
    return log_incident(cn.frontline, clock.now() - timedelta(hours=3))


@pytest.fixture
def cn(transactional_db: None) -> Unit:
    """A BCU with somebody on duty in every role at this very moment."""
    return a_unit_of_today()


def test_what_comes_in_high_is_there_at_once_counted_and_sounded_until_seen(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    # Given an inspector at the board, with sound on, who hears of nothing but by the stream
    page = open_page(cn.inspector)
    asks_only_when_told(page)
    page.goto("/board/CN/")
    is_pushed(page)
    page.get_by_role("button", name="Turn sound on").click()
    expect(page.get_by_role("button", name="Turn sound off")).to_be_visible()
    # When somebody is graded high
    an_assessment(incident, cn.frontline, clock.now(), grade="high")
    # Then the title counts one, a tone has sounded, and it is said to who listens
    expect(page).to_have_title(re.compile(r"^\(1 high\) Board of CN"))
    expect(page.locator("[data-board-sounded='1']")).to_be_attached()
    expect(page.locator("[data-board-said]")).to_have_text("1 new at high risk, 1 changed")
    expect(page.get_by_role("heading", name="Overdue, high risk or not graded (1)")).to_be_visible()
    # And it is silent and uncounted once somebody has said so
    page.get_by_role("button", name="Seen: 1 new at high risk").click()
    expect(page).to_have_title(re.compile(r"^Board of CN"))
    page.get_by_role("button", name="Turn sound off").click()
    other = log_incident(cn.frontline, clock.now())
    an_assessment(other, cn.frontline, clock.now(), grade="high")
    expect(page).to_have_title(re.compile(r"^\(1 high\)"))
    expect(page.locator("[data-board-sounded='1']")).to_be_attached()


def test_opening_a_board_fetches_it_once(open_page: OpenPage, cn: Unit, incident: Incident) -> None:
    page = open_page(cn.inspector)
    answered: list[tuple[str, int]] = []
    page.on("response", lambda said: answered.append((urlsplit(said.url).path, said.status)))
    page.goto("/board/CN/")
    is_pushed(page)
    # When it asks by itself, what it shows already is not sent again
    with page.expect_response("**/board/CN/") as said:
        page.evaluate("document.querySelector('#board').dispatchEvent(new Event('house-tick'))")
    assert said.value.status == 304
    # Nothing that the stream began with had made it ask before
    assert [status for path, status in answered if path == "/board/CN/"] == [200, 304]


def test_the_board_says_when_it_has_lost_touch_and_finds_back(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    page = open_page(cn.inspector)
    page.goto("/board/CN/")
    is_pushed(page)
    page.context.set_offline(True)
    expect(page.get_by_text(re.compile(r"Lost touch at \d\d:\d\d:\d\d"))).to_be_visible()
    late = log_incident(cn.frontline, clock.now())
    page.context.set_offline(False)
    expect(slip(page, late)).to_be_visible()
    expect(page.locator("[data-live-lost]")).to_be_empty()
    page.context.clear_cookies(name="sessionid")
    page.evaluate("document.querySelector('#board').dispatchEvent(new Event('house-tick'))")
    expect(page.get_by_text("You have been signed out")).to_be_visible()
    expect(slip(page, late)).to_be_visible()


def test_where_no_stream_is_to_be_had_the_board_asks_by_itself_and_its_clocks_run(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    page = open_page(cn.inspector)
    refused: list[str] = []

    def refuse(route: Route) -> None:
        refused.append(route.request.url)
        route.fulfill(status=503, headers={"Retry-After": "60"})

    page.route("**/board/CN/changes/**", refuse)
    page.clock.install()
    page.goto("/board/CN/")
    expect(slip(page, incident).locator(".house-due")).to_have_text("overdue by 2 h")
    log_incident(cn.frontline, clock.now(), given_name="Zofia", family_name="Farrant")
    page.clock.run_for(31_000)
    expect(page.get_by_role("link", name="Zofia Farrant")).to_be_visible()
    assert refused
    # Without another answer the clock goes on
    page.context.set_offline(True)
    page.clock.run_for(60_000)
    expect(slip(page, incident).locator(".house-due")).to_have_text("overdue by 2 h 1 min")


def test_the_focus_stays_where_it_was_when_the_board_changes(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    page = open_page(cn.inspector)
    asks_only_when_told(page)
    page.goto("/board/CN/")
    is_pushed(page)
    link = slip(page, incident).get_by_role("link", name=incident.person.name)
    link.focus()
    an_action(incident, cn.frontline, clock.now(), due_at=clock.now() - timedelta(hours=-9))
    expect(slip(page, incident)).to_contain_text("action set")
    expect(link).to_be_focused()


def test_the_board_on_a_phone_at_a_desk_and_on_a_wall(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    an_assessment(incident, cn.frontline, clock.now(), grade="high")
    calm = log_incident(cn.frontline, clock.now())
    an_assessment(calm, cn.frontline, clock.now(), grade="low")
    an_offer(cn.inspector, cn.another(Role.DUTY_INSPECTOR), calm, clock.now())
    page = open_page(cn.inspector)
    page.goto("/board/CN/")
    check_page(page, "board")
    for address, name in (("/board/CN/", "board"), ("/board/CN/?wall=1", "board-wall")):
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dictionary
        page.goto(address)
        check_accessible(page)
        check_fits(page)
        screenshot(page, name)
    night = open_page(cn.inspector, color_scheme="dark", viewport=WIDE)
    night.goto("/board/CN/?wall=1")
    check_accessible(night)
    screenshot(night, "board-wall-dark")
    force = open_page(cn.another(Role.ASSURANCE_BOARD))
    force.goto("/board/")
    check_page(force, "boards")


def test_who_it_was_as_a_chart_a_sentence_and_a_table(
    open_page: OpenPage, cn: Unit, incident: Incident
) -> None:
    # Given an incident that two inspectors have answered for, the second not on duty
    night = cn.another(Role.DUTY_INSPECTOR)
    before = clock.now() - timedelta(hours=2)
    offer = an_offer(cn.inspector, night, incident, before)
    accept_handover(handover_id=offer.pk, by=night, now=before)
    action = an_action(incident, cn.frontline, clock.now())
    # When a superintendent asks who answered
    page = open_page(cn.superintendent)
    page.goto(f"/incidents/{incident.reference}/ownership/")
    page.get_by_role("textbox", name="Date").fill("today")
    page.get_by_role("textbox", name="Time").fill("now")
    page.get_by_role("button", name="Show who answered").click()
    # Then it is said, drawn and tabulated, and each officer's page says the same
    expect(
        page.get_by_text(f"{night} answered for {incident.reference} as inspector")
    ).to_be_visible()
    expect(page.get_by_role("img", name="Owner and inspector over time")).to_be_visible()
    check_page(page, "ownership")
    page.goto(f"/incidents/{incident.reference}/actions/{action.pk}/ownership/")
    check_page(page, "action-ownership")
    page.goto(f"/officers/{cn.inspector.pk}/answered-for/")
    expect(page.get_by_role("cell", name="Inspector", exact=True)).to_be_visible()
    check_page(page, "answered-for")


@pytest.mark.parametrize(
    "within_ms", [math.inf, pytest.param(100, marks=pytest.mark.soak)], ids=["at all", "100 ms"]
)
def test_three_hundred_incidents_are_brought_up_to_date_by_changing_one(
    open_page: OpenPage, cn: Unit, incident: Incident, within_ms: float
) -> None:
    page = open_page(cn.inspector)
    page.goto("/board/CN/")
    is_pushed(page)
    took = page.evaluate(MEASURE)
    assert took["lines"] == 300
    assert took["kept"] == 299
    assert took["milliseconds"] < within_ms, took


# Three hundred slips from the one there is; then one of them differs, and the exchange is timed.
MEASURE = """
async () => {
  const main = document.querySelector("script[type=module]").src;
  const { put } = await import(main.replace("main.js", "exchange.js"));
  const body = document.querySelector("#board-now").cloneNode(true);
  const list = body.querySelector("[data-live-list]");
  const model = body.querySelector("[data-key]");
  for (let number = 0; number < 300; number += 1) {
    const line = model.cloneNode(true);
    line.dataset.key = `K${number}`;
    list.append(line);
  }
  model.remove();
  const next = body.cloneNode(true);
  next.querySelector('[data-key="K150"]').dataset.digest = "another";
  const before = new Set(body.querySelectorAll("[data-key]"));
  document.querySelector("#board-now").replaceWith(body);
  const began = performance.now();
  put(body, next);
  document.body.offsetHeight;
  const milliseconds = performance.now() - began;
  const lines = [...body.querySelectorAll("[data-key]")];
  const kept = lines.filter((line) => before.has(line)).length;
  return { milliseconds, kept, lines: lines.length };
}
"""
