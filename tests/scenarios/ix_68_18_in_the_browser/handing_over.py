"""Inspectors, actions and the unit: who answers changes only when somebody accepts."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from core import clock
from officers.models import Officer
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.ix_68_18_in_the_browser.pressing import Pressing

QUARTER = timedelta(minutes=15)


class HandingOver(Pressing):
    """Handing over, at each boundary and in between."""

    def when_inspectors_hand_over(self, boundary: datetime) -> None:
        """What the inspector holds is offered before the boundary and accepted by name at it."""
        giver = self.cast.inspector_at(boundary - QUARTER)
        receiver = self.cast.inspector_at(boundary)
        clock.set_to(boundary - QUARTER)
        page = self.at(giver, "/handovers/new/")
        self._choose(page, "Next Duty inspector", receiver)
        self._leave_actions(page)
        self.press(page, "Hand over", "Each is yours until it is accepted.")
        clock.set_to(boundary)
        self._accept(receiver)
        for reference in self.ledgers:
            self.ledgers[reference].answers("inspector", receiver, boundary)

    def _accept(self, receiver: Officer) -> None:
        page = self.at(receiver, "/")
        offered = page.get_by_role("region", name="Offered to me")
        offered.get_by_role("link").first.click()
        accept = page.get_by_role("button", name=re.compile("^Accept (?!what)"))
        expect(accept.first).to_be_visible()
        page.wait_for_load_state()
        self._leave_actions(page)
        for left in range(accept.count(), 0, -1):
            expect(accept).to_have_count(left)
            accept.first.click()
        expect(page.locator("[data-answer='accepted']").first).to_be_visible()
        expect(page.locator("[data-answer='offered']")).to_have_count(0)

    def _leave_actions(self, page: Page) -> None:
        """Nobody thought of who would do them: that is what went wrong."""
        for choice in page.locator("select[name*=action_]").all():
            choice.select_option("")

    def when_the_action_is_reassigned(self, moment: datetime, to: Officer, why: str) -> None:
        clock.set_to(moment)
        page = self.under(self.first, "actions/", self.cast.inspector_at(moment))
        page.locator("main").get_by_role("link", name=story.ENTER).click()
        page.get_by_role("button", name="Reassign action").click()
        self._choose(page, "New responsible officer", to)
        page.get_by_label("Why it changes hands").fill(why)
        page.get_by_role("button", name="Reassign action").click()
        expect(page.locator(".house-card", has_text=story.ENTER)).to_contain_text(str(to))
        self.ledgers[self.first].answers(story.ENTER, to, moment)

    def when_48_hours_have_passed_and_the_unit_accepts(self) -> None:
        self.beat.strike(story.BOUNDARY - timedelta(seconds=1))
        page = self.under(self.first, "", self.pc)
        expect(page.get_by_role("region", name="The incident")).to_contain_text("First 48 h")
        self.beat.strike(story.BOUNDARY)
        clock.set_to(story.UNIT_ACCEPTED)
        page = self.under(self.first, "", self.cast.unit)
        header = page.get_by_role("region", name="The incident")
        expect(header).to_contain_text("After 48 h")
        expect(header).to_contain_text(str(self.pc))
        self._accept(self.cast.unit)
        self.ledgers[self.first].answers("owner", self.cast.unit, story.UNIT_ACCEPTED)
        page = self.under(self.first, "", self.cast.unit)
        expect(page.get_by_role("region", name="The incident")).to_contain_text(str(self.cast.unit))
