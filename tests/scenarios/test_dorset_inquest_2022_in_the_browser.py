"""The Dorset inquest of 2022 on the real pages, the connection cut in the middle."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from core import clock
from mispers.models import Incident
from officers.rules.roles import Role
from officers.rules.turns import Turn
from ownership.models import Action, Capacity
from ownership.services.reminders import raise_due_reminders
from ownership.services.shift_ends import watch_changes_of_shift
from tests.browser.conftest import OpenPage
from tests.browser.seeing import PHONE, check_page
from tests.factories.ownership import an_action, held
from tests.factories.risk import an_assessment
from tests.moments import london
from tests.scenarios.dorset_inquest_story import (
    ELEVEN,
    EVENING,
    HOUR,
    QUARTER,
    Crew,
    a_crew,
    an_evening,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crew(transactional_db: None) -> Crew:
    cache.clear()
    return a_crew()


@pytest.fixture
def incident(crew: Crew) -> Incident:
    return an_evening(crew)


def test_a_shift_without_a_handover_climbs_to_whoever_accepts(
    crew: Crew, incident: Incident, open_page: OpenPage
) -> None:
    late, night = (crew[Role.DUTY_INSPECTOR, turn] for turn in (Turn.LATE, Turn.NIGHT))
    superintendent = crew[Role.SUPERINTENDENT, Turn.NIGHT]
    # Given that eleven passes and nobody has handed anything over
    for moment in (ELEVEN, ELEVEN + QUARTER):
        clock.set_to(moment)
        watch_changes_of_shift(now=moment)
    # Then the night's inspector finds it offered by the clock, and who still answers for it
    page = open_page(night, viewport=PHONE)
    page.goto("/")
    page.get_by_role("region", name="Offered to me").get_by_role("link").first.click()
    expect(page.get_by_role("main")).to_contain_text(str(late))
    # When they press accept without a connection, and never come back to it
    page.context.set_offline(True)
    page.get_by_role("button", name="Accept").first.click()
    expect(page.get_by_text("No connection. Not answered yet").first).to_be_visible()
    page.context.close()
    # Then it has not moved, and climbs to the superintendent
    clock.set_to(ELEVEN + 7 * HOUR)
    raise_due_reminders(now=ELEVEN + 7 * HOUR)
    assert held(incident, Capacity.INSPECTOR) == late
    page = open_page(superintendent, viewport=PHONE)
    page.goto("/inbox/")
    expect(page.get_by_role("main")).to_contain_text("Overdue: to the superintendent")
    page.goto(f"/incidents/{incident.reference}/standards/")
    expect(page.locator("#OWN-5")).to_contain_text("Not met")
    # When the superintendent accepts it from the page, with the connection lost and back again
    page.goto("/handovers/")
    climbed = page.get_by_role("region", name="Waited too long")
    climbed.get_by_role("link").first.click()
    check_page(page, "handover-climbed")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dictionary
    page.context.set_offline(True)
    page.get_by_role("button", name="Accept").first.click()
    expect(page.get_by_text("No connection. Not answered yet").first).to_be_visible()
    assert held(incident, Capacity.INSPECTOR) == late
    page.context.set_offline(False)
    expect(page.locator(".house-answer").first).to_contain_text("Accepted")
    # Then they answer for it by name, at the top of the record
    page.goto(f"/incidents/{incident.reference}/")
    expect(page.get_by_role("region", name="The incident")).to_contain_text(str(superintendent))
    assert held(incident, Capacity.INSPECTOR) == superintendent


def test_night_work_goes_to_the_night_and_the_advisers_part_is_decided(
    crew: Crew, incident: Incident, open_page: OpenPage
) -> None:
    late, night_pc = crew[Role.DUTY_INSPECTOR, Turn.LATE], crew[Role.FRONTLINE, Turn.NIGHT]
    action = an_action(
        incident, crew[Role.FRONTLINE, Turn.LATE], EVENING,
        title="Search the path", due_at=london("2026-11-08 02:00"),
    )  # fmt: skip
    an_assessment(incident, crew[Role.FRONTLINE, Turn.LATE], EVENING + HOUR, "high")
    clock.set_to(ELEVEN - QUARTER)
    # Given that nobody has decided on a specialist search adviser: the briefing says so
    page = open_page(late, viewport=PHONE)
    page.goto("/handovers/new/")
    page.get_by_text("Briefing, and who it goes to").first.click()
    briefing = page.locator("textarea[name^=briefing_]").first
    nobody_decided = "No decision is recorded on a specialist search adviser."
    expect(briefing).to_have_value(re.compile(re.escape(nobody_decided)))
    # When the inspector decides against one for now, with the reason
    page.goto(f"/incidents/{incident.reference}/search-adviser/decide/")
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_label("Why, or why not").fill("Her friends are being asked first.")
    page.get_by_role("button", name="Record decision").click()
    expect(page.get_by_text("The decision is recorded.")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Her friends are being asked first.")
    # When they hand the shift over
    page.goto("/handovers/new/")
    chosen = page.get_by_label("Who does “Search the path”")
    # Then somebody on duty at two in the morning stands chosen for what is due then
    expect(chosen).to_have_value(str(night_pc.pk))
    page.get_by_role("button", name="Hand over", exact=True).click()
    expect(page.get_by_text("offered to 1 officer")).to_be_visible()
    assert Action.objects.get(pk=action.pk).responsible == night_pc
    page.goto(f"/incidents/{incident.reference}/actions/")
    expect(page.locator(".house-card", has_text="Search the path")).to_contain_text(str(night_pc))
