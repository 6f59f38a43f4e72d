"""19 and 30 July: the closing that was not to be, and the second report."""

from datetime import timedelta

from playwright.sync_api import expect

from core import clock
from officers.rules.turns import Turn
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.ix_68_18_in_the_browser.first_day import FirstDay


class ClosingAndAgain(FirstDay):
    """The closing that was not to be, and the second report."""

    def when_a_telephone_call_says_likely_abroad(self) -> None:
        self.beat.strike(story.TELEPHONED)
        page = self.under(self.first, "log/add/", self.pc)
        page.get_by_label("What is to be logged").fill(story.LIKELY_ABROAD)
        page.get_by_label("Where it came from").fill("A neighbour, by telephone")
        self.press(page, "Add to the log", story.LIKELY_ABROAD)

    def then_likely_abroad_is_a_hypothesis_that_nobody_has_tested(self) -> None:
        page = self.under(self.first, "investigation/", self.pc)
        card = page.locator(".house-card", has_text=story.HYPOTHESIS)
        expect(card).to_contain_text("Not tested")

    def then_closing_on_it_is_refused_however_senior_the_officer(self) -> None:
        for minutes, officer in enumerate(
            (self.pc, self.cast.inspectors[Turn.EARLY], self.cast.superintendent)
        ):
            clock.set_to(story.FIRST_ATTEMPT + timedelta(minutes=minutes))
            page = self.under(self.first, "closure/", officer)
            for code in ("END-1", "HYP-1"):
                barrier = page.locator(".house-barrier", has=page.get_by_text(code, exact=True))
                expect(barrier).to_contain_text("Nobody may go past it.")
            page.get_by_role("button", name="Ask for closure").click()
            page.get_by_label("Rationale").fill(story.LIKELY_ABROAD)
            page.get_by_role("button", name="Ask for closure").click()
            summary = page.locator(".govuk-error-summary")
            expect(summary).to_contain_text("has seen Isaura Fenwright-Lowe in person")
            expect(summary).to_contain_text("cannot be the ground of a closure")
            expect(page.get_by_label("Rationale")).to_have_value(story.LIKELY_ABROAD)
        expect(page.get_by_role("region", name="The incident")).to_contain_text("First 48 h")

    def when_the_same_informant_reports_her_again(self) -> None:
        self.second = self._reported(story.REPORTED_AGAIN, story.CIRCUMSTANCES_AGAIN, again=True)

    def then_it_is_linked_and_asks_for_a_fresh_grade_within_the_hour(self) -> None:
        page = self.under(self.second, "", self.pc)
        self._relied_on(page)
        expect(page.get_by_role("region", name="Missing before")).to_contain_text(self.first)
        header = page.get_by_role("region", name="The incident")
        expect(header).to_contain_text("Not graded")
        expect(header).to_contain_text("in 1 h")
        page = self.under(self.second, "standards/", self.pc)
        card = page.locator("#RISK-1")
        expect(card).to_contain_text("Not yet due")
        expect(card).to_contain_text("Due Mon 30 Jul 2018, 11:00")

    def when_border_force_answers_that_she_never_left(self) -> None:
        clock.set_to(story.NOT_ABROAD)
        page = self.under(self.first, "investigation/", self.cast.unit)
        page.get_by_role("link", name="Conclude").click()
        page.get_by_label("Refuted").check()
        page.get_by_label("The evidence", exact=True).fill(
            "No crossing in her name since the spring."
        )
        page.get_by_label("Who supplied the evidence").fill("Border Force liaison desk")
        self.press(page, "Save conclusion", "The hypothesis is concluded.")
