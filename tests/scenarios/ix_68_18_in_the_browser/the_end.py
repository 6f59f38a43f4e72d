"""31 July and 1 August, and years later: found, closed by another inspector, and proved."""

import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from core import clock
from officers.rules.turns import Turn
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.disclosed import assert_pack_says_the_same
from tests.scenarios.ix_68_18_in_the_browser.closing_and_again import ClosingAndAgain
from tests.scenarios.ix_68_18_in_the_browser.pressing import day_of, time_of


def answered_on(page: str) -> dict[str, str]:
    """{what, in lower case: rank and name} as the page of ownership says it for its moment."""
    section = page.partition('aria-labelledby="answered"')[2].partition("</section>")[0]
    found = {}
    for sentence in re.findall(r"<p[^>]*>(.*?)</p>", section, re.DOTALL):
        words = unescape(re.sub(r"<[^>]+>", "", sentence))
        held = re.search(r"BST (.+?) answered for \S+ as (\w+)", words)
        acted = re.search(r"BST (.+?) was responsible for the action “(.+?)”", words)
        if told := held or acted:
            found[told[2].lower()] = told[1]
    return found


class Fortnight(ClosingAndAgain):
    """The whole of it, to the end and what can be proved afterwards."""

    def when_the_flat_is_entered_at_last(self) -> None:
        late = self.cast.frontline[Turn.LATE]
        self._searched(story.ENTERED, "Went in and searched part", "Hall and kitchen.", by=late)

    def when_she_is_found_dead(self) -> None:
        self._searched(
            story.FOUND, "Went in and searched all of the inside", "Every room.", by=self.pc
        )
        page = self.under(self.first, "standards/", self.pc)
        expect(page.locator("#SEARCH-1")).to_contain_text("Done after it was due")
        moment = story.FOUND + timedelta(minutes=20)
        clock.set_to(moment)
        page = self.under(self.first, "actions/", self.cast.unit)
        page.locator("main").get_by_role("link", name=story.ENTER).click()
        page.get_by_role("button", name="Complete action").click()
        page.get_by_label("What was done").fill("Entered with a locksmith. Found dead.")
        page.get_by_role("button", name="Complete action").click()
        expect(page.get_by_role("heading", name="Ended (1)")).to_be_visible()
        self.ledgers[self.first].ended(story.ENTER, moment)

    def when_the_coroner_confirms_it(self) -> None:
        clock.set_to(story.CORONER)
        for reference in self.ledgers:
            page = self.under(reference, "located/record/", self.pc)
            page.get_by_label("Date", exact=True).first.fill(day_of(story.FOUND))
            page.get_by_label("Time", exact=True).first.fill(time_of(story.FOUND))
            page.get_by_label("Where", exact=True).fill(story.HOME)
            page.get_by_label("Dead", exact=True).check()
            page.get_by_label("How they were located").fill("Found by officers in the flat.")
            page.get_by_label("The coroner's reference").fill("STP-2018-0801")
            self.press(page, "Record", "It is recorded how they were located.")

    def then_another_inspector_alone_closes_it(self) -> None:
        inspector = self.cast.inspectors[Turn.EARLY]
        for reference in self.ledgers:
            clock.set_to(story.ASKED)
            page = self.under(reference, "closure/ask/", self.cast.unit)
            page.get_by_label("Rationale").fill("Found dead at home.")
            self.press(page, "Ask for closure", "Another inspector decides.")
            expect(page.get_by_role("button", name="Authorise closure")).to_have_count(0)
            clock.set_to(story.AUTHORISED)
            page = self.under(reference, "closure/authorise/", inspector)
            self.press(page, "Authorise closure", "The incident is closed.")
            page = self.under(reference, "standards/", inspector)
            for code in ("END-1", "END-4"):
                expect(page.locator(f"#{code}")).to_contain_text("Met")

    def then_one_press_names_everybody_who_answered(self) -> None:
        """The form by hand once; then its address every six hours and about every change."""
        page = self.under(self.first, "ownership/", self.cast.superintendent)
        page.get_by_label("Date", exact=True).fill("25/07/2018")
        page.get_by_label("Time", exact=True).fill("03:00")
        page.get_by_role("button", name="Show who answered").click()
        told = page.get_by_role("region", name="Who answered then")
        expect(told).to_contain_text("At Wed 25 Jul 2018, 03:00 BST")
        expect(told).to_contain_text(str(self.cast.unit))
        ledger = self.ledgers[self.first]
        moments = {
            moment.replace(second=0, microsecond=0) for moment in ledger.moments(story.AUTHORISED)
        }
        assert len(moments) > 30
        for moment in sorted(moments):
            if moment < story.REPORTED:
                continue
            query = f"at_day={day_of(moment)}&at_time={time_of(moment)}"
            answer = page.request.get(f"/incidents/{self.first}/ownership/?{query}")
            assert answer.ok
            named = answered_on(answer.text())
            assert named == {w.lower(): str(o) for w, o in ledger.at(moment).items()}, moment

    def then_the_disclosure_pack_says_the_same(self, place: Path) -> None:
        clock.set_to(story.DISCLOSED)
        page = self.under(self.first, "disclosure/", self.cast.records)
        page.get_by_label("Purpose").fill("Ordered for the inquest.")
        page.get_by_label("Who receives it").fill("The coroner")
        self.press(page, "Make the pack", "Pack made for The coroner.")
        with page.expect_download() as download:
            page.get_by_role("link", name="Download").click()
        content = download.value.path().read_bytes()
        assert_pack_says_the_same(content, self.ledgers[self.first], place)

    def then_the_trail_is_whole(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("verify_trail")
        assert ": no faults." in capsys.readouterr().out
