"""Answering a handover by keyboard: through an ended session, and by a key that is held."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Capacity, HandoverItem
from tests.browser.conftest import OpenPage
from tests.browser.seeing import check_page
from tests.conftest import Unit, a_unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_offer, held
from tests.moments import NOW

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "correct horse battery staple"
RETRIED_WITHIN_MS = 20_000


@pytest.fixture
def unit(transactional_db: None, now: datetime) -> Unit:
    return a_unit("CN")


@pytest.fixture
def night(unit: Unit) -> Officer:
    officer = unit.another(Role.DUTY_INSPECTOR, given_name="Nesta", family_name="Nightingale")
    officer.set_password(PASSWORD)
    officer.save()
    return officer


@pytest.fixture
def incidents(unit: Unit) -> list[Incident]:
    return [log_incident(unit.frontline, NOW - timedelta(hours=5)) for _ in range(3)]


def opened(page: Page, unit: Unit, night: Officer, incidents: list[Incident]) -> None:
    """Open the handover of all three, with the first one waiting for a key."""
    offer = an_offer(unit.inspector, night, incidents, NOW)
    page.goto(f"/handovers/{offer.pk}/")
    page.locator("[data-answer]").first.focus()


def sign_in_by_hand(page: Page, officer: Officer) -> None:
    page.goto("/sign-in/")
    page.get_by_label("User name").fill(officer.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


@pytest.mark.usefixtures("cookie_names")
def test_an_answer_given_after_the_session_ended_is_sent_once_they_have_signed_in_again(
    unit: Unit, night: Officer, incidents: list[Incident], open_page: OpenPage
) -> None:
    # Given an inspector whose session ends while the handover is open
    page = open_page()
    sign_in_by_hand(page, night)
    opened(page, unit, night, incidents)
    page.context.clear_cookies()
    # When they accept one by keyboard
    page.keyboard.press("a")
    expect(
        page.get_by_text("You have been signed out. Sign in again in another tab")
    ).to_be_visible()
    assert held(incidents[0], Capacity.INSPECTOR) == unit.inspector
    check_page(page, "answer-signed-out")
    # Then it is sent with the new session's token once they have signed in elsewhere
    sign_in_by_hand(page.context.new_page(), night)
    expect(page.locator("[data-answer-told]")).to_have_text(
        "1 of 3 answered", timeout=RETRIED_WITHIN_MS
    )
    assert held(incidents[0], Capacity.INSPECTOR) == night


def test_an_answer_is_not_sent_in_the_name_of_whoever_signs_in_next(
    unit: Unit, night: Officer, incidents: list[Incident], open_page: OpenPage
) -> None:
    other = unit.another(Role.DUTY_INSPECTOR)
    other.set_password(PASSWORD)
    other.save()
    page = open_page()
    sign_in_by_hand(page, night)
    opened(page, unit, night, incidents)
    page.context.clear_cookies()
    page.keyboard.press("a")
    sign_in_by_hand(page.context.new_page(), other)
    expect(page.get_by_text("Somebody else is signed in now. Nothing was sent.")).to_be_visible(
        timeout=RETRIED_WITHIN_MS
    )
    assert held(incidents[0], Capacity.INSPECTOR) == unit.inspector


def test_a_key_that_is_held_answers_one_incident(
    unit: Unit, night: Officer, incidents: list[Incident], open_page: OpenPage
) -> None:
    page = open_page(night)
    opened(page, unit, night, incidents)
    # A second press without letting go is what a held key sends
    for _ in range(6):
        page.keyboard.down("a")
    page.keyboard.up("a")
    expect(page.locator("[data-answer-told]")).to_have_text("1 of 3 answered")
    # When it is pressed again, the next one is answered
    page.keyboard.press("a")
    expect(page.locator("[data-answer-told]")).to_have_text("2 of 3 answered")
    states = HandoverItem.objects.order_by("pk").values_list("state", flat=True)
    assert sorted(states) == ["accepted", "accepted", "offered"]
