"""Handover across midnight with a busy rota, over REST and in a browser, the connection cut."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from core import clock
from core.models import Event
from ownership.models import Capacity, HandoverItem
from tests.browser.conftest import OpenPage
from tests.browser.seeing import check_page
from tests.rest import Rest, make_client_system
from tests.scenarios.midnight_story import (
    AFTER,
    BACK,
    BEFORE,
    HIGH,
    NUMBER,
    QUESTION,
    Busy,
    a_busy_evening,
)
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

# What a person needs: a key, a letter typed, a pointer moved and pressed (keystroke-level model).
KEY_SECONDS, CLICK_SECONDS = 0.28, 1.5


@pytest.fixture
def busy(transactional_db: None) -> Busy:
    cache.clear()
    return a_busy_evening()


def drop_the_answer(live_server: LiveServer, rest: Rest, path: str, body: Any, key: str) -> None:
    """Send a request over a real connection, and hang up before anything is answered."""
    connection = http.client.HTTPConnection(urlsplit(live_server.url).netloc)
    headers = {**rest.headers, "Content-Type": "application/json", "Idempotency-Key": key}
    connection.request("POST", path, json.dumps(body), headers)
    connection.close()


def accepted_events() -> int:
    return Event.objects.filter(
        kind="handover.accepted", data__capacity=Capacity.INSPECTOR.value
    ).count()


def test_over_rest(busy: Busy, live_server: LiveServer) -> None:
    # Given the late-turn inspector's sheet, ten minutes before eleven
    clock.set_to(BEFORE)
    late, night = (
        Rest(make_client_system(bcus=[busy.bcu]), officer) for officer in (busy.late, busy.night)
    )
    sheet = late.get("/api/v1/handovers/shift/").json()
    assert (sheet["changes_at"], len(sheet["lines"])) == ("2026-07-18T22:00:00Z", NUMBER)
    assert [each["officer"]["id"] for each in sheet["to"]] == [str(busy.night.pk)]
    (unanswered,) = sheet["actions"]
    assert unanswered["on_duty_then"][0]["id"] == str(busy.night_pc.pk)
    # When all of it is offered in one request, as drafted, to whom the rota has next
    lines = [
        {"incident": each["incident"], "capacity": "inspector", "to": str(busy.night.pk)}
        for each in sheet["lines"]
    ]
    made = late.post("/api/v1/handovers/shift/", {"lines": lines, "reason": "End of late turn"})
    assert made.status_code == 201, made.content
    (handover,) = made.json()["handovers"]
    assert set(busy.holders().values()) == {busy.late}
    # And the night inspector accepts all that may be accepted together, but nobody hears of it
    clock.set_to(AFTER)
    path = f"/api/v1/handovers/{handover['id']}/accept/"
    waiting = [each["incident"] for each in handover["items"]]
    back = set(waiting[-BACK:])
    allocated = {"action": unanswered["action"]["id"], "responsible": str(busy.night_pc.pk)}
    several = {
        "items": [each for each in waiting if each not in busy.high | back],
        "actions": [allocated],
    }
    drop_the_answer(live_server, night, path, several, "first")
    wait_until(lambda: accepted_events() == NUMBER - BACK - HIGH, what="the server to have done it")
    # Then sent again, with the key of the first or another, it is answered as done, and done once
    for key in ("first", "second"):
        again = night.post(path, several, Idempotency_Key=key)
        assert again.status_code == 200, again.content
    assert accepted_events() == NUMBER - BACK - HIGH
    high_risk_is_accepted_one_by_one(busy, night, path)
    # And the three that are left go back with a question
    decline = f"/api/v1/handovers/{handover['id']}/decline/"
    for reference in back:
        night.post(decline, {"items": [reference], "reason": QUESTION})
    busy.check_nobody_was_dropped(back)
    held = late.get("/api/v1/incidents/", {"inspector": str(busy.late.pk)}).json()["results"]
    assert {each["reference"] for each in held} == back


def high_risk_is_accepted_one_by_one(busy: Busy, night: Rest, path: str) -> None:
    # High risk among several, or in silence, is refused and named
    refused = night.post(path, {"items": sorted(busy.high)})
    assert refused.json()["errors"][0]["code"] == "high_risk_singly"
    silent = night.post(path, {"items": [min(busy.high)]})
    assert silent.json()["errors"][0]["field"] == "risk"
    for number, reference in enumerate(sorted(busy.high)):
        answer = "review_asked" if number == 0 else "reconfirmed"
        done = night.post(path, {"items": [reference], "risk": answer})
        assert done.status_code == 200, done.content


class Hands:
    """A person's hands on a page: what they press and click is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seconds = 0.0

    def click(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.seconds += CLICK_SECONDS

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.seconds += KEY_SECONDS

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.seconds += KEY_SECONDS * len(words)

    @property
    def is_on(self) -> HandoverItem:
        """The item whose card has the focus."""
        focused = str(self.page.evaluate("document.activeElement.id"))
        return HandoverItem.objects.select_related("incident").get(pk=focused.removeprefix("item-"))


def told(page: Page, words: str) -> None:
    expect(page.locator("[data-answer-told]")).to_have_text(words)


@pytest.mark.browser
def test_in_the_browser(busy: Busy, open_page: OpenPage) -> None:
    # Given the late-turn inspector, who hands the shift over with one press
    clock.set_to(BEFORE)
    giving = Hands(open_page(busy.late))
    giving.page.goto("/handovers/new/")
    expect(giving.page.get_by_label("Next Duty inspector")).to_have_value(str(busy.night.pk))
    check_page(giving.page, "hand-over-shift")
    giving.click("Hand over")
    expect(giving.page.get_by_text(f"{NUMBER} incidents offered to 1 officer")).to_be_visible()
    giving.page.goto("/")
    expect(giving.page.get_by_text("yours until they accept")).to_have_count(NUMBER)
    # When the night inspector answers by keyboard
    clock.set_to(AFTER)
    page = open_page(busy.night)
    hands = answering_by_keyboard(page)
    _answer_until(hands, busy, answered=12)
    told(page, f"12 of {NUMBER} answered")
    # And the connection is lost in the middle
    page.context.set_offline(True)
    before = busy.holders()
    _answer_until(hands, busy, answered=17)
    told(page, f"12 of {NUMBER} answered, 5 not sent yet")
    expect(page.get_by_text("No connection. Not answered yet").first).to_be_visible()
    assert busy.holders() == before
    # Then, when it is back, what was pressed is sent, and done once
    page.context.set_offline(False)
    told(page, f"17 of {NUMBER} answered")
    # When the server does one and its answer never arrives
    _lose_one_answer(page)
    _answer_until(hands, busy, answered=18)
    told(page, f"18 of {NUMBER} answered")
    # And one is pressed twice
    item = hands.is_on
    page.locator(f"#item-{item.pk}").get_by_role("button", name="Accept").dblclick()
    hands.seconds += CLICK_SECONDS
    told(page, f"19 of {NUMBER} answered")
    _answer_until(hands, busy, answered=NUMBER)
    told(page, f"{NUMBER} of {NUMBER} answered")
    check_each_was_accepted_once(busy)
    # And all of it took under a minute
    assert hands.seconds + giving.seconds < 60
    check_it_is_told_to_who_gave_it(giving.page)
    check_page(page, "handover-answered")


def answering_by_keyboard(page: Page) -> Hands:
    page.goto("/handovers/")
    page.locator(".house-card a").first.click()
    expect(page.get_by_role("button", name="Answer by keyboard")).to_be_visible()
    check_page(page, "handover")
    hands = Hands(page)
    hands.click("Answer by keyboard")
    return hands


def check_each_was_accepted_once(busy: Busy) -> None:
    """And three are still with the late turn."""
    assert accepted_events() == NUMBER - BACK
    busy.check_nobody_was_dropped(set(_references()[-BACK:]))
    risks = HandoverItem.objects.filter(state="accepted").exclude(risk="")
    assert sorted(risks.values_list("risk", flat=True)) == ["reconfirmed"] * 4 + ["review_asked"]


def check_it_is_told_to_who_gave_it(page: Page) -> None:
    page.goto("/")
    section = page.get_by_role("region", name="I answer for as inspector")
    expect(section.get_by_role("heading", level=3)).to_have_count(BACK)
    expect(section.get_by_text(f"“{QUESTION}”. It is still yours.")).to_have_count(BACK)


def _references() -> list[str]:
    """In the order of the page."""
    items = HandoverItem.objects.filter(capacity=Capacity.INSPECTOR).order_by("pk")
    return list(items.values_list("incident__reference", flat=True))


def _answer_until(hands: Hands, busy: Busy, *, answered: int) -> None:
    """Press until so many are answered, in the order of the page; the last three go back."""
    references = _references()
    while True:
        reference = hands.is_on.incident.reference
        if reference in references[-BACK:]:
            hands.press("q")
            hands.type(QUESTION)
            hands.press("Control+Enter")
        elif reference in busy.high:
            hands.press("v" if reference == min(busy.high) else "r")
        else:
            hands.press("a")
        if references.index(reference) + 1 >= answered:
            return


def _lose_one_answer(page: Page) -> None:
    """The next answer reaches the server; what it says never reaches the page."""
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.request.url)
        route.fetch()
        route.abort("connectionreset")

    page.route("**/handovers/*/items/*/", lose)
