"""IOPC IX-68-18 on the real pages: each officer signs in and presses the buttons."""

import re
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from core import clock
from core.london import LONDON
from officers.models import Officer
from officers.rules.turns import Turn
from tests.browser.fixtures import OpenPage
from tests.moments import london
from tests.scenarios import ix_68_18_story as story
from tests.scenarios.conftest import Beat, reminders_mailed
from tests.scenarios.ix_68_18_story import Cast, Ledger
from tests.scenarios.test_ix_68_18_over_rest import assert_pack_says_the_same

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUARTER = timedelta(minutes=15)


def day_of(moment: datetime) -> str:
    """A date as an officer types it."""
    return f"{moment.astimezone(LONDON):%d/%m/%Y}"


def time_of(moment: datetime) -> str:
    """A time as an officer types it."""
    return f"{moment.astimezone(LONDON):%H:%M}"


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


class Replay:
    """The fortnight on pages, each officer in a browser profile of their own.

    The officer who takes the reports has scripts; the others' browsers run none, and need none.
    """

    def __init__(self, cast: Cast, beat: Beat, open_page: OpenPage) -> None:
        self.cast, self.beat, self.open_page = cast, beat, open_page
        self.pages: dict[int, Page] = {}
        self.ledgers: dict[str, Ledger] = {}
        self.pc = cast.frontline[Turn.EARLY]

    def at(self, officer: Officer, path: str) -> Page:
        """The officer's browser at a page."""
        if officer.pk not in self.pages:
            scripts = officer == self.pc
            self.pages[officer.pk] = self.open_page(officer, java_script_enabled=scripts)
        page = self.pages[officer.pk]
        page.goto(path)
        return page

    def under(self, reference: str, path: str, by: Officer) -> Page:
        """The officer's browser at a page of an incident."""
        return self.at(by, f"/incidents/{reference}/{path}")

    def press(self, page: Page, button: str, then: str) -> None:
        """Press a button; the page then says so."""
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("body")).to_contain_text(then)

    # The first day.

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

    def _choose(self, page: Page, label: str, officer: Officer) -> None:
        page.get_by_label(label).select_option(label=f"{officer}, {officer.get_role_display()}")

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

    # Handing over.

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
        self._leave_actions(page)
        accept = page.get_by_role("button", name=re.compile("^Accept (?!what)"))
        for _ in range(accept.count()):
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

    # The closing that was not to be.

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

    # The second report.

    def when_the_same_informant_reports_her_again(self) -> None:
        self.second = self._reported(story.REPORTED_AGAIN, story.CIRCUMSTANCES_AGAIN, again=True)

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

    # The end.

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

    # What can be proved afterwards.

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


def test_iopc_ix_68_18_in_the_browser(
    cast: Cast,
    beat: Beat,
    live_server: LiveServer,
    open_page: OpenPage,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = Replay(cast, beat, open_page)
    # 18 July: reported, graded, and the home checked from outside
    case.given_a_report_by_a_friend()
    case.given_it_is_graded_medium_and_endorsed(case.first, story.GRADED)
    case.given_a_strategy_and_the_hypothesis_that_she_went_abroad()
    case.given_a_named_officer_is_to_enter_the_flat()
    case.when_the_home_is_checked_without_entering()
    case.when_the_beat_strikes_until_the_evening()
    case.then_the_checks_are_what_they_were_and_search_1_is_not_met()
    case.then_the_record_names_who_is_to_enter()
    case.then_each_rung_was_climbed_once_and_e_mailed()
    case.then_their_inboxes_say_so()
    for boundary in ("2018-07-18 23:00", "2018-07-19 07:00"):
        case.when_inspectors_hand_over(london(boundary))
    # 19 July: likely abroad
    case.when_a_telephone_call_says_likely_abroad()
    case.then_likely_abroad_is_a_hypothesis_that_nobody_has_tested()
    case.then_closing_on_it_is_refused_however_senior_the_officer()
    case.when_inspectors_hand_over(london("2018-07-19 15:00"))
    case.when_the_action_is_reassigned(story.REASSIGNED, cast.frontline[Turn.NIGHT], story.OFF_DUTY)
    # 20 July: the clock passes the boundary
    case.when_inspectors_hand_over(london("2018-07-19 23:00"))
    case.when_inspectors_hand_over(london("2018-07-20 07:00"))
    case.when_48_hours_have_passed_and_the_unit_accepts()
    # 30 July: reported again
    case.when_the_same_informant_reports_her_again()
    case.then_it_is_linked_and_asks_for_a_fresh_grade_within_the_hour()
    case.given_it_is_graded_medium_and_endorsed(
        case.second, story.REPORTED_AGAIN + timedelta(minutes=20)
    )
    case.when_border_force_answers_that_she_never_left()
    # 31 July and 1 August: entered at last, found, closed by another inspector
    case.when_inspectors_hand_over(london("2018-07-31 15:00"))
    case.when_the_action_is_reassigned(
        story.LOCKSMITH, cast.frontline[Turn.LATE], story.WITH_A_LOCKSMITH
    )
    case.when_the_flat_is_entered_at_last()
    case.when_inspectors_hand_over(london("2018-07-31 23:00"))
    case.when_inspectors_hand_over(london("2018-08-01 07:00"))
    case.when_she_is_found_dead()
    case.when_the_coroner_confirms_it()
    case.then_another_inspector_alone_closes_it()
    # Years later
    beat.settle()
    case.then_each_rung_was_climbed_once_and_e_mailed()
    case.then_one_press_names_everybody_who_answered()
    case.then_the_disclosure_pack_says_the_same(tmp_path)
    case.then_the_trail_is_whole(capsys)
