"""What the pages' scripts promise: nothing typed is lost, lists keep in touch, rows are added."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from core import clock
from core.registries import navigation, typing_help
from core.registries.navigation import NavItem
from officers.models import Officer
from tests.browser.conftest import OpenPage, sign_in
from tests.browser.seeing import check_page
from tests.factories.officers import an_officer
from tests.moments import NOW, london

PASSWORD = "a long enough pass-phrase"
KEPT = "Object.keys(sessionStorage).filter(key => key.startsWith('mispers-draft')).length"


@pytest.fixture
def noor(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Officer:
    """An officer, before pages of the playground."""
    settings.ROOT_URLCONF = "tests.core.pages_playground"
    monkeypatch.setattr(navigation, "_items", [NavItem("My work", "my-work", order=1)])
    monkeypatch.setattr(typing_help, "_helpers", [])
    clock.set_to(NOW)
    return an_officer(username="noor", password=PASSWORD)


@pytest.fixture
def page(noor: Officer, open_page: OpenPage) -> Page:
    """Noor's browser."""
    return open_page(noor)


def test_every_component_is_accessible_by_day_and_by_night(page: Page) -> None:
    page.goto("/components/")
    check_page(page, "components")
    page.emulate_media(color_scheme="dark")
    check_page(page, "components-dark")


def test_every_field_and_every_error_is_accessible_and_each_link_focuses_its_control(
    page: Page,
) -> None:
    page.goto("/everything/")
    check_page(page, "form")
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_title("Error: Everything - Mispers")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    check_page(page, "form-errors")
    page.emulate_media(color_scheme="dark")
    check_page(page, "form-errors-dark")
    links = page.locator(".govuk-error-summary a").all()
    assert len(links) > 10
    for link in links:
        target = (link.get_attribute("href") or "").removeprefix("#")
        link.click()
        expect(page.locator(f"[id='{target}']")).to_be_focused()


@pytest.mark.usefixtures("cookie_names")
def test_words_are_saved_as_they_are_typed_and_wait_for_a_lost_connection(
    open_page: OpenPage, noor: Officer
) -> None:
    page = open_page()
    page.goto("/sign-in/?next=/note/")
    page.get_by_label("Username").fill("noor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    # Given a form that saves as it goes
    status = page.locator("[data-draft-status]")
    page.get_by_label("Note").fill("Seen at the station")
    expect(status).to_have_text("Saved 10:00")
    assert page.evaluate(KEPT) == 0
    # When the connection is lost while typing goes on
    page.context.set_offline(True)
    page.get_by_label("Note").fill("Seen at the station with a man")
    expect(status).to_contain_text("Not saved: no connection")
    # Then a press does not throw the page away, and the words are saved when it is back
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Note")).to_have_value("Seen at the station with a man")
    assert page.evaluate(KEPT) == 1
    page.context.set_offline(False)
    expect(status).to_have_text("Saved 10:00")
    assert page.evaluate(KEPT) == 0


def test_words_that_could_not_be_saved_are_back_after_a_reload(page: Page) -> None:
    page.goto("/note/")
    page.route("**/note/draft/", lambda route: route.abort())
    page.get_by_label("Note").fill("Seen at the station")
    expect(page.locator("[data-draft-status]")).to_contain_text("Not saved")
    page.reload()
    expect(page.get_by_label("Note")).to_have_value("Seen at the station")


def test_after_an_expired_session_one_press_sends_what_was_typed(
    page: Page, live_server: LiveServer
) -> None:
    # Given a session that ends while an officer types
    page.goto("/note/")
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Note").fill("Seen at the <station>")
    expect(page.locator("[data-draft-status]")).to_contain_text("You have been signed out")
    # When they press, sign in and press once more
    page.get_by_role("button", name="Save").click()
    page.get_by_label("Username").fill("noor")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing you typed is lost")
    check_page(page, "kept-post")
    page.get_by_role("button", name="Send it now").click()
    # Then it has arrived, in their name
    expect(page.locator("body")).to_contain_text('"took": "Seen at the <station>"')
    expect(page.locator("body")).to_contain_text('"by": "noor"')


def test_words_on_the_device_are_not_shown_to_the_next_officer(
    page: Page, live_server: LiveServer
) -> None:
    page.goto("/note/")
    page.route("**/note/draft/", lambda route: route.abort())
    page.get_by_label("Note").fill("private")
    expect(page.locator("[data-draft-status]")).to_contain_text("Not saved")
    sign_in(page, an_officer(), live_server.url)
    page.goto("/note/")
    expect(page.get_by_label("Note")).to_have_value("")


def test_a_second_press_while_the_first_is_on_its_way_sends_nothing(page: Page) -> None:
    page.goto("/note/")
    page.get_by_label("Note").fill("once")
    on_their_way: list[Route] = []

    def note(route: Route) -> None:
        on_their_way.append(route)
        route.continue_()

    page.route("**/note/", note)
    # The second press comes before the first has been answered
    page.evaluate("""
        const button = document.querySelector("main form button");
        button.click();
        button.click();
    """)
    expect(page.locator("body")).to_contain_text('"took": "once"')
    assert [route.request.method for route in on_their_way] == ["POST"]


def ask_again(page: Page) -> None:
    """Have the list ask for itself, as it does every so many seconds."""
    page.evaluate("document.querySelector('#list').dispatchEvent(new Event('house-tick'))")


def test_a_list_says_when_it_was_updated_and_when_it_has_lost_touch(page: Page) -> None:
    page.goto("/components/")
    ask_again(page)
    told, lost = page.locator("[data-live-told]"), page.locator("[data-live-lost]")
    expect(told).to_have_text(re.compile(r"^Up to date at \d\d:\d\d:\d\d$"))
    page.context.set_offline(True)
    ask_again(page)
    expect(lost).to_have_text(re.compile(r"^Lost touch at \d\d:\d\d:\d\d\. Trying again\.$"))
    page.context.set_offline(False)
    ask_again(page)
    expect(lost).to_be_empty()
    page.context.clear_cookies(name="sessionid")
    ask_again(page)
    expect(lost).to_contain_text("You have been signed out")
    expect(page.get_by_text("Rows")).to_be_visible()


def test_rows_can_be_added_and_taken_away_by_keyboard(page: Page) -> None:
    page.goto("/everything/")
    rows = page.locator("[data-row]:visible")
    expect(rows).to_have_count(1)
    add = page.get_by_role("button", name="Add another piece of information")
    for count in (2, 3):
        add.press("Enter")
        expect(rows).to_have_count(count)
        expect(rows.last.get_by_label("What is known")).to_be_focused()
    expect(add).to_be_hidden()
    rows.nth(1).get_by_role("button", name="Take away").press("Enter")
    expect(rows).to_have_count(2)
    expect(rows.last.locator("legend").first).to_have_text("Piece of information 2")
    check_page(page, "rows")


def test_now_fills_in_the_date_and_the_time(page: Page) -> None:
    page.goto("/everything/")
    moment = page.get_by_role("group", name="Last seen")
    moment.get_by_role("button", name="Now").click()
    # The server's, whatever the device's own clock says
    expect(moment.get_by_label("Date")).to_have_value("18/07/2026")
    expect(moment.get_by_label("Time")).to_have_value("10:00")


@pytest.mark.parametrize(
    ("now", "word", "day"),
    [
        ("2026-10-25 23:30", "yesterday", "24/10/2026"),
        ("2027-03-27 23:30", "tomorrow", "28/03/2027"),
        ("2026-07-18 00:30", "today", "18/07/2026"),
    ],
)
def test_a_day_named_by_a_word_is_the_calendars_when_the_clocks_change(
    page: Page, now: str, word: str, day: str
) -> None:
    clock.set_to(london(now))
    page.goto("/everything/")
    box = page.get_by_role("group", name="Last seen").get_by_label("Date")
    box.fill(word)
    box.blur()
    expect(box).to_have_value(day)


def test_the_forms_work_without_scripts(open_page: OpenPage, noor: Officer) -> None:
    page = open_page(noor, java_script_enabled=False)
    page.goto("/everything/")
    expect(page.locator("[data-row]")).to_have_count(2)
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_title("Error: Everything - Mispers")
    page.goto("/note/")
    page.get_by_label("Note").fill("no script")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("body")).to_contain_text('"took": "no script"')
