"""An officer signs in, goes on to where they were going, and is told when locked out."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.seeing import check_page
from tests.conftest import Unit

PASSWORD = "correct horse battery staple"


@pytest.fixture
def officer_with_password(cn: Unit) -> str:
    """The user name of an officer who can sign in."""
    officer = cn.frontline
    officer.set_password(PASSWORD)
    officer.save()
    return officer.username


def test_an_officer_signs_in_and_goes_on_to_the_page_they_asked_for(
    page: Page, officer_with_password: str
) -> None:
    # Given an officer who followed a link without being signed in
    page.goto("/incidents/")
    expect(page).to_have_title("Sign in - Mispers")
    check_page(page, "sign-in")
    # When they sign in
    page.get_by_label("User name").fill(officer_with_password)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    # Then they are where they were going, and can sign out again
    expect(page.get_by_role("heading", name="Open incidents", level=1)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()


def test_a_wrong_password_is_said_at_the_field_and_the_summary_takes_focus(
    page: Page, officer_with_password: str
) -> None:
    page.goto("/sign-in/")
    page.get_by_label("User name").fill(officer_with_password)
    page.get_by_label("Password").fill("guessed")
    page.get_by_role("button", name="Sign in").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    check_page(page, "sign-in-wrong")
    summary.get_by_role("link", name="The user name or the password is wrong").click()
    expect(page.get_by_label("User name")).to_be_focused()
    expect(page.get_by_label("User name")).to_have_value(officer_with_password)


def test_after_five_failures_the_lock_out_page_says_so(
    page: Page, officer_with_password: str
) -> None:
    page.goto("/sign-in/")
    for _ in range(5):
        page.get_by_label("User name").fill(officer_with_password)
        page.get_by_label("Password").fill("guessed")
        with page.expect_navigation():
            page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Signing in is locked for a while")
    check_page(page, "locked-out")


def test_signing_in_works_without_scripts(open_page: OpenPage, officer_with_password: str) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/sign-in/?next=/incidents/")
    page.get_by_label("User name").fill(officer_with_password)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Open incidents", level=1)).to_be_visible()
