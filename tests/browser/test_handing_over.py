"""In a real browser: a shift is handed over and accepted; actions and chains."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Action, Capacity, Handover
from tests.browser.conftest import OpenPage
from tests.browser.seeing import check_page, screenshot
from tests.conftest import Unit, a_unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action, an_offer, held
from tests.factories.risk import an_assessment
from tests.moments import NOW

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unit(transactional_db: None, now: datetime) -> Unit:
    return a_unit("CN")


@pytest.fixture
def night(unit: Unit) -> Officer:
    return unit.another(Role.DUTY_INSPECTOR, given_name="Nesta", family_name="Nightingale")


@pytest.fixture
def incidents(unit: Unit, now: datetime) -> list[Incident]:
    made = [log_incident(unit.frontline, now - timedelta(hours=5)) for _ in range(3)]
    an_assessment(made[0], unit.frontline, now - timedelta(hours=4), "high")
    return made


def test_a_shift_is_handed_over_and_answered_without_a_script(
    unit: Unit, night: Officer, incidents: list[Incident], open_page: OpenPage
) -> None:
    # Given an inspector with three incidents, one of them high, who hands the shift over
    giving = open_page(unit.inspector, java_script_enabled=False)
    giving.goto("/handovers/new/")
    # When they keep one, brief two and offer them to the night's inspector
    giving.get_by_label(f"Hand over {incidents[2].person.name}").uncheck()
    giving.get_by_label(f"What worries you about {incidents[0].person.name}").fill(
        "Ring the college at nine."
    )
    giving.get_by_label("Next Duty inspector").select_option(
        label=f"{night}, {night.get_role_display()}"
    )
    giving.get_by_role("button", name="Hand over").click()
    # Then two wait, and both pages say whose they still are
    expect(giving.get_by_text("2 incidents offered to 1 officer.")).to_be_visible()
    receiving = open_page(night, java_script_enabled=False)
    receiving.goto("/")
    expect(receiving.get_by_role("heading", name="waiting for my answer (1)")).to_be_visible()
    receiving.goto("/handovers/")
    receiving.locator(".house-card a").first.click()
    expect(receiving.get_by_text("Ring the college at nine.")).to_be_visible()
    # When high risk is accepted in silence, and one is sent back without a word
    high, other = (receiving.locator(".house-answer", has_text=i.reference) for i in incidents[:2])
    high.get_by_role("button", name="Accept").click()
    # Then each is refused at its field
    expect(receiving.locator(".govuk-error-summary")).to_contain_text("Re-confirm the high risk")
    other.get_by_text("Send back with a question").click()
    other.get_by_role("button", name="Send back").click()
    expect(receiving.locator(".govuk-error-summary")).to_contain_text("Say what you ask")
    # When the risk is re-confirmed, and the other sent back with a question
    high.get_by_label("I re-confirm it").check()
    high.get_by_role("button", name="Accept").click()
    expect(receiving.get_by_text(f"You have accepted {incidents[0].reference}.")).to_be_visible()
    other.get_by_text("Send back with a question").click()
    other.get_by_label("Your question").fill("Who has rung?")
    other.get_by_role("button", name="Send back").click()
    # Then one has moved, and nothing else has
    expect(other).to_contain_text(f"{unit.inspector} still answers for it")
    assert [held(each, Capacity.INSPECTOR) for each in incidents] == [
        night,
        unit.inspector,
        unit.inspector,
    ]


def test_what_was_withdrawn_meanwhile_says_so(
    unit: Unit, night: Officer, incidents: list[Incident], open_page: OpenPage
) -> None:
    # Given an offer open in two browsers
    offer = an_offer(unit.inspector, night, incidents[:1], NOW)
    giving, receiving = open_page(unit.inspector), open_page(night)
    for page in (giving, receiving):
        page.goto(f"/handovers/{offer.pk}/")
    # When it is withdrawn in one and accepted in the other
    giving.get_by_role("button", name="Withdraw").click()
    receiving.get_by_label("I re-confirm it").check()
    receiving.get_by_role("button", name="Accept").click()
    # Then the second learns who was quicker, and when
    expect(receiving.locator(".house-answer .govuk-error-message")).to_contain_text(
        f"withdrawn by {unit.inspector}, Sat 18 Jul 2026, 10:00 BST"
    )
    assert Handover.objects.get(pk=offer.pk).state == "withdrawn"


def test_an_action_is_set_and_completed_without_a_script(
    unit: Unit, incidents: list[Incident], open_page: OpenPage
) -> None:
    page = open_page(unit.frontline, java_script_enabled=False)
    page.goto(f"/incidents/{incidents[1].reference}/actions/")
    page.get_by_role("button", name="Set an action").click()
    page.get_by_label("What is to be done").fill("Look inside the shed")
    page.get_by_label("Responsible officer").select_option(
        label=f"{unit.frontline}, {unit.frontline.get_role_display()}"
    )
    page.get_by_label("Date").fill("today")
    page.get_by_label("Time").fill("14:00")
    page.get_by_role("button", name="Set action").click()
    page.get_by_role("link", name="Look inside the shed").click()
    page.get_by_role("button", name="Complete action").click()
    page.get_by_label("What was done").fill("Empty; the padlock was rusted shut.")
    page.get_by_role("button", name="Complete action").click()
    expect(page.get_by_text("Action completed.")).to_be_visible()
    assert Action.objects.get().state == "completed"


def test_each_page_is_accessible_and_fits(
    unit: Unit, night: Officer, incidents: list[Incident], open_page: OpenPage, now: datetime
) -> None:
    reference = incidents[0].reference
    action = an_action(incidents[0], unit.frontline, now, title="Look inside the shed")
    an_action(
        incidents[0],
        unit.frontline,
        now - timedelta(hours=2),
        responsible=unit.inspector,
        title="Ask the bus company for its cameras",
        due_at=now - timedelta(hours=1),
    )
    an_offer(unit.inspector, night, incidents[2:], now)
    page = open_page(unit.inspector)
    for name, path in (
        ("my-work", "/"),
        ("actions", f"/incidents/{reference}/actions/"),
        ("action", f"/incidents/{reference}/actions/{action.pk}/"),
        ("action-new", f"/incidents/{reference}/actions/new/"),
        ("action-reassign", f"/incidents/{reference}/actions/{action.pk}/reassign/"),
        ("action-extend", f"/incidents/{reference}/actions/{action.pk}/extend/"),
        ("action-complete", f"/incidents/{reference}/actions/{action.pk}/complete/"),
        ("hand-over", f"/incidents/{reference}/hand-over/"),
        ("off-duty", "/handovers/off-duty/"),
        ("handovers", "/handovers/"),
        ("decide-search-adviser", f"/incidents/{reference}/search-adviser/decide/"),
        ("ownership", f"/incidents/{reference}/ownership/?at_day=18/7/2026&at_time=09:30"),
    ):
        page.goto(path)
        check_page(page, name)
    page.goto(f"/incidents/{reference}/ownership/?at_day=nonsense&at_time=")
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    screenshot(page, "ownership-wrong")


def test_an_overdue_action_says_so_in_words(
    unit: Unit, incidents: list[Incident], open_page: OpenPage, now: datetime
) -> None:
    an_action(
        incidents[0], unit.frontline, now - timedelta(hours=2), due_at=now - timedelta(hours=1)
    )
    page = open_page(unit.frontline)
    page.goto("/")
    card = page.locator(".house-card", has_text="Knock at the neighbours")
    expect(card).to_contain_text(re.compile("overdue by 1 h"))
