"""18 July: reported, graded, and the home checked from outside."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import Page, expect

from core import clock
from officers.models import Officer
from officers.rules.turns import Turn
from tests.moments import london
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.conftest import reminders_mailed
from tests.scenarios.ix_68_18_in_the_browser.handing_over import HandingOver
from tests.scenarios.ix_68_18_in_the_browser.pressing import day_of, time_of
from tests.scenarios.ix_68_18_story import Ledger


class FirstDay(HandingOver):
    """The first day."""

    def given_a_report_by_a_friend(self) -> None:
        self.first = self._reported(story.REPORTED, story.CIRCUMSTANCES)

    def _reported(self, moment: datetime, circumstances: str, *, again: bool = False) -> str:
        clock.set_to(moment)
        page = self.at(self.pc, "/report/")
        page.get_by_role("button", name="Start a report").click()
        page.get_by_label("Given name").fill(story.GIVEN_NAME)
        page.get_by_label("Family name").fill(story.FAMILY_NAME)
        for box, value in (("Day", "14"), ("Month", "3"), ("Year", "1977")):
            page.get_by_label(box, exact=True).fill(value)
        more = page.locator("details", has_text="More about them")
        if more.get_attribute("open") is None:
            more.locator("summary").click()
        page.get_by_label("Home address").fill(story.HOME)
        page.get_by_label("Postcode").fill("NW1 2DB")
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("What happened", exact=True).fill(circumstances)
        page.get_by_label("Where they were last seen").fill(story.HOME)
        page.get_by_label("Home", exact=True).check()
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Their name").fill(story.FRIEND["name"])
        page.get_by_label("How they know").fill(story.FRIEND["relationship"])
        page.get_by_role("button", name="Continue").click()
        expect(page.get_by_role("heading", name="Check and log")).to_be_visible()
        if again:
            self.then_intake_links_it_and_shows_what_the_first_relied_on(page)
        self.press(page, "Log it", "Logged as CN-18-")
        found = re.search(r"/incidents/([^/]+)/", page.url)
        assert found is not None
        ledger = self.ledgers[found[1]] = Ledger()
        ledger.answers("owner", self.pc, moment)
        ledger.answers("inspector", self.cast.inspector_at(moment), moment)
        return found[1]

    def given_it_is_graded_medium_and_endorsed(self, reference: str, moment: datetime) -> None:
        clock.set_to(moment)
        page = self.under(reference, "risk/assess/", self.pc)
        page.get_by_label("Why this grade, for this person").fill(story.RATIONALE)
        if reference != self.first:
            # The words of the first report's grade: the page asks why they stay.
            expect(page.locator("#prompt-repeats")).to_contain_text(f"open {self.first}")
            page.get_by_label("Why words used before stay").fill("The same woman; nothing is new.")
        page.get_by_role("radio", name="Likely", exact=True).check()
        page.get_by_role("radio", name="Real, but not serious").check()
        page.get_by_role("radio", name="Medium", exact=True).check()
        page.get_by_label("What is known").first.fill(story.CIRCUMSTANCES)
        page.get_by_label("Who said so").first.fill("Odalys Merrin, friend")
        page.get_by_label("How to reach them").first.fill("020 7946 0318")
        page.get_by_label("Date", exact=True).first.fill(day_of(moment))
        page.get_by_label("Time", exact=True).first.fill(time_of(moment))
        self.press(page, "Record this grade", "Risk graded medium")
        clock.set_to(moment + timedelta(minutes=30))
        page = self.at(self.cast.inspector_at(clock.now()), "/risk/queue/")
        page.get_by_role("link", name="Endorse or return").first.click()
        page.get_by_role("radio", name="Endorse", exact=True).check()
        self.press(page, "Record your decision", "Endorsed.")

    def given_a_strategy_and_the_hypothesis_that_she_went_abroad(self) -> None:
        clock.set_to(story.PLANNED)
        page = self.under(self.first, "strategy/write/", self.pc)
        page.get_by_label("The strategy").fill(story.STRATEGY)
        self.press(page, "Save strategy", story.STRATEGY)
        page = self.under(self.first, "hypotheses/state/", self.pc)
        page.get_by_label("What may have happened").fill(story.HYPOTHESIS)
        page.get_by_label("What would confirm it").fill(story.WOULD_CONFIRM)
        page.get_by_label("What would refute it").fill(story.WOULD_REFUTE)
        self.press(page, "State hypothesis", story.HYPOTHESIS)

    def given_a_named_officer_is_to_enter_the_flat(self) -> None:
        page = self.under(self.first, "actions/new/", self.pc)
        page.get_by_label("What is to be done").fill(story.ENTER)
        self._choose(page, "Responsible officer", self.pc)
        page.get_by_label("Date", exact=True).fill(day_of(story.ACTION_DUE))
        page.get_by_label("Time", exact=True).fill(time_of(story.ACTION_DUE))
        self.press(page, "Set action", f"Action set for {self.pc}.")
        self.ledgers[self.first].answers(story.ENTER, self.pc, clock.now())

    def when_the_home_is_checked_without_entering(self) -> None:
        self._searched(
            story.KNOCKED, "Knocked, nobody went in", "Knocked twice at the door.", by=self.pc
        )
        self._searched(
            story.LOOKED, "Looked at from outside", "The windows, from the street.", by=self.pc
        )

    def _searched(self, moment: datetime, extent: str, covered: str, *, by: Officer) -> None:
        clock.set_to(moment)
        page = self.under(self.first, "searches/record/", by)
        page.get_by_label(extent).check()
        page.get_by_label("Their home").check()
        page.get_by_label("Address or place").fill(story.HOME)
        page.get_by_label("What was searched").fill(covered)
        page.get_by_label("What was not searched").fill("What is not named here.")
        page.get_by_label("Who searched").fill(str(by))
        page.get_by_label("Date", exact=True).fill(day_of(moment))
        page.get_by_label("Time", exact=True).fill(time_of(moment))
        page.get_by_label("What came of it").fill("No answer, no sound.")
        self.press(page, "Record search", "recorded as exactly what it was")

    def when_the_beat_strikes_until_the_evening(self) -> None:
        for hour in ("13:30", "14:00"):
            self.beat.strike(london(f"2018-07-18 {hour}"))
        self.when_inspectors_hand_over(london("2018-07-18 15:00"))
        for hour in ("15:00", "18:00"):
            self.beat.strike(london(f"2018-07-18 {hour}"))

    def then_the_checks_are_what_they_were_and_search_1_is_not_met(self) -> None:
        page = self.under(self.first, "investigation/", self.pc)
        expect(page.get_by_text("Not a search of the whole inside")).to_have_count(2)
        page = self.under(self.first, "standards/", self.pc)
        card = page.locator("#SEARCH-1")
        expect(card).to_contain_text("Not met")
        expect(card).to_contain_text("Overdue: Search inside the home")

    def then_the_record_names_who_is_to_enter(self) -> None:
        page = self.under(self.first, "actions/", self.pc)
        card = page.locator(".house-card", has_text=story.ENTER)
        expect(card).to_contain_text(str(self.pc))
        expect(card).to_contain_text("overdue")
        header = page.get_by_role("region", name="The incident")
        expect(header).to_contain_text(f"overdue by 4 h, {self.pc}")

    def then_each_rung_was_climbed_once_and_e_mailed(self) -> None:
        """Before and at the due time to who is to enter, then inspector, then superintendent."""
        late = self.cast.inspectors[Turn.LATE]
        for title in (story.SEARCH_TITLE, story.ENTER):
            told = {self.pc: 2, late: 1, self.cast.superintendent: 1}
            assert reminders_mailed(title, self.first) == told

    def then_their_inboxes_say_so(self) -> None:
        for officer in (self.pc, self.cast.inspectors[Turn.LATE], self.cast.superintendent):
            page = self.at(officer, "/inbox/")
            expect(page.get_by_text(f"{story.SEARCH_TITLE} (SEARCH-1)").first).to_be_visible()

    def then_intake_links_it_and_shows_what_the_first_relied_on(self, page: Page) -> None:
        expect(page.locator("li", has_text=self.first)).to_contain_text("will be linked")
        self._relied_on(page)

    def _relied_on(self, page: Page) -> None:
        relied = page.get_by_role("region", name="What the earlier report relied on")
        for words in (
            self.first,
            "still open",
            story.HYPOTHESIS,
            "Home and place missing from were never searched inside",
            "No officer saw the person",
        ):
            expect(relied).to_contain_text(words)
