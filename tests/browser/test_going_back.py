"""After signing out, the browser's Back shows no record: with its memory of pages switched on."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from mispers.models import Incident
from tests.browser.fixtures import OpenPage, launch
from tests.conftest import Unit
from tests.factories.incidents import log_incident


@pytest.fixture(scope="module")
def chromium(chromium_kind: BrowserType) -> Iterator[Browser]:
    """As officers have it: driven browsers do not keep whole pages for Back unless told to."""
    browser = launch(chromium_kind, ignore_default_args=["--disable-back-forward-cache"])
    yield browser
    browser.close()


@pytest.fixture
def incident(cn: Unit, now: datetime) -> Incident:
    return log_incident(cn.frontline, now, given_name="Zofia", family_name="Farrant")


@pytest.fixture
def page(open_page: OpenPage, cn: Unit, incident: Incident) -> Page:
    page = open_page(cn.frontline)
    page.goto(f"/incidents/{incident.reference}/")
    expect(page.get_by_text("Zofia Farrant").first).to_be_visible()
    return page


def test_after_signing_out_back_asks_for_a_sign_in(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()
    page.go_back()
    expect(page).to_have_title("Sign in - Mispers")
    assert "Farrant" not in page.content()


def test_a_page_that_a_browser_kept_whole_is_asked_for_again(page: Page) -> None:
    # Some browsers keep pages whatever they are told; this is what they say when one is shown.
    page.context.clear_cookies()
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page).to_have_title("Sign in - Mispers")
