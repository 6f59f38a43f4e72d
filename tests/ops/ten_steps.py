"""What an officer can do, from the report to the dip sample, by the sign-ins that a demo prints.

Nothing is set up behind the pages: each officer signs in and presses the buttons.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.fixtures import PATIENCE_MS

LONDON = ZoneInfo("Europe/London")
PHONE = {"width": 375, "height": 667}
GIVEN, FAMILY = "Philippa", "Underhay"
NAME = f"{GIVEN} {FAMILY}"


class TenSteps:
    """One incident's way through the demo. ways_in: what is in demo.json."""

    def __init__(self, ways_in: Mapping[str, Any], chromium: Browser) -> None:
        self.url: str = ways_in["url"]
        self.users: Mapping[str, Mapping[str, str]] = ways_in["users"]
        self._chromium = chromium
        self._pages: dict[str, Page] = {}

    @contextmanager
    def walking(self) -> Iterator["TenSteps"]:
        """Each role gets a profile of its own, closed at the end."""
        try:
            yield self
        finally:
            for page in self._pages.values():
                page.context.close()

    def at(self, role: str, path: str) -> Page:
        """The role's browser, signed in by the sign-in page, at an address; it must answer."""
        if role not in self._pages:
            context = self._chromium.new_context(
                base_url=self.url,
                viewport=PHONE,  # type: ignore[arg-type]  # a plain dictionary
                locale="en-GB",
                timezone_id="Europe/London",
            )
            context.set_default_timeout(PATIENCE_MS)
            page = self._pages[role] = context.new_page()
            page.goto("/sign-in/")
            page.get_by_label("User name").fill(self.users[role]["username"])
            page.get_by_label("Password").fill(self.users[role]["password"])
            page.get_by_role("button", name="Sign in").click()
            expect(page.get_by_role("heading", name="My work")).to_be_visible()
        page = self._pages[role]
        answer = page.goto(path)
        assert answer is not None
        assert answer.ok, f"{role} at {path}: {answer.status}"
        return page

    def under(self, role: str, path: str = "") -> Page:
        """The role's browser at a page of the incident."""
        return self.at(role, f"/incidents/{self.reference}/{path}")

    # 1, 2: reported, with an owner and an inspector at once

    def report(self) -> None:
        """A frontline officer logs a report on a phone."""
        page = self.at("frontline", "/report/")
        page.get_by_role("button", name="Start a report").click()
        page.get_by_label("Given name").fill(GIVEN)
        page.get_by_label("Family name").fill(FAMILY)
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("What happened", exact=True).fill("Walked out of the ward in slippers.")
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Their name").fill("Sister Abiola, ward nine")
        page.get_by_role("button", name="Continue").click()
        page.get_by_role("button", name="Log it").click()
        expect(page.get_by_text("Logged as CN-")).to_be_visible()
        found = re.search(r"/incidents/([^/]+)/", page.url)
        assert found is not None
        self.reference = found[1]

    def both_answer(self) -> None:
        """The page names the owner and the inspector, and what is due next."""
        header = self.header("frontline")
        for label in ("Owner", "Inspector", "Next"):
            expect(header).to_contain_text(label)
        expect(header).to_contain_text("since")
        expect(header).to_contain_text("Not graded")

    def header(self, role: str) -> Locator:
        """The head of the incident's page."""
        return self.under(role).get_by_role("region", name="The incident")

    # 3: graded high, endorsed, and offered to the Safeguarding DI

    def grade(self) -> None:
        """High, with its reasons."""
        page = self.under("frontline", "risk/assess/")
        page.get_by_label("Why this grade, for this person").fill(
            "Philippa is on a heart drip that was taken out; it is two degrees outside and she is "
            "in a gown. Without treatment by the evening she may die."
        )
        page.get_by_role("radio", name="Very likely").check()
        page.get_by_role("radio", name="Serious", exact=True).check()
        page.get_by_role("radio", name="High", exact=True).check()
        page.get_by_label("What is known").first.fill("Her drip was due again at noon.")
        page.get_by_label("Who said so").first.fill("Sister Abiola")
        page.get_by_label("How to reach them").first.fill("020 7946 0102")
        self._now(page)
        page.get_by_role("button", name="Record this grade").click()
        expect(page.get_by_text("Risk graded high")).to_be_visible()

    def endorse(self) -> None:
        """Another inspector endorses."""
        page = self.at("duty_inspector", "/risk/queue/")
        card = page.locator(".house-card", has_text=NAME)
        card.get_by_role("link", name="Endorse or return").click()
        page.get_by_role("radio", name="Endorse", exact=True).check()
        page.get_by_role("button", name="Record your decision").click()
        expect(page.get_by_text("Endorsed.", exact=True)).to_be_visible()

    def accept(self) -> None:
        """The Safeguarding DI was offered it at once, and owns it on acceptance."""
        page = self.at("safeguarding_di", "/handovers/")
        page.get_by_role("link", name=NAME).first.click()
        page.get_by_role("radio", name=re.compile("confirm")).first.check()
        self._accept(page.locator(".house-answer", has_text=NAME))
        expect(self.header("safeguarding_di")).to_contain_text("Owner DI ")

    # 4: strategy, hypothesis, action

    def act(self) -> None:
        """A strategy, a hypothesis, an action with a named officer and a time."""
        page = self.under("safeguarding_di", "strategy/write/")
        page.get_by_label("The strategy").fill("The grounds first, then the bus she always takes.")
        page.get_by_role("button", name="Save strategy").click()
        page = self.under("safeguarding_di", "hypotheses/state/")
        page.get_by_label("What may have happened").fill("Went home to feed the cat.")
        page.get_by_label("What would confirm it").fill("The neighbour sees a light.")
        page.get_by_label("What would refute it").fill("The flat is entered and empty.")
        page.get_by_role("button", name="State hypothesis").click()
        page = self.under("safeguarding_di", "actions/new/")
        page.get_by_label("What is to be done").fill("Enter the flat with the neighbour's key")
        officer = page.locator("select[name=responsible]")
        officer.select_option(self.users["frontline"]["officer_id"], force=True)
        self._fill_moment(page, "due_at", datetime.now(LONDON) + timedelta(minutes=30))
        page.get_by_role("button", name="Set action").click()
        expect(page.get_by_text("Action set for")).to_be_visible()
        page = self.at("frontline", "/")
        page.get_by_role("link", name="Enter the flat with the neighbour's key").click()
        page.get_by_role("link", name="Complete action").or_(
            page.get_by_role("button", name="Complete action")
        ).first.click()
        page.get_by_label("What was done").fill("Entered, every room; the cat was alone.")
        page.get_by_role("button", name="Complete action").click()
        expect(page.get_by_role("heading", name="Ended (1)")).to_be_visible()

    # 5, 6: reminded, handed over

    def be_reminded(self) -> None:
        """What the clock raised is in the inbox and leads to the thing."""
        page = self.at("duty_inspector", "/inbox/")
        expect(page.get_by_text("Overdue").first).to_be_visible()

    def hand_over(self) -> None:
        """The shift before waits on the inspector's first page; one of it is accepted by name.

        Then the inspector sees what they would hand over themselves, and to whom by the rota.
        """
        page = self.at("duty_inspector", "/")
        page.get_by_role("region", name="Offered to me").get_by_role("link").first.click()
        self._accept(page.locator(".house-answer:not([data-answer-high])").first)
        page = self.at("duty_inspector", "/handovers/new/")
        expect(page.get_by_label("Next Duty inspector")).to_be_visible()
        expect(page.get_by_role("button", name="Hand over")).to_be_visible()

    def _accept(self, card: Locator) -> None:
        card.get_by_role("button", name=re.compile("^Accept")).click()
        expect(card).to_contain_text("Accepted by")

    # 7: searches, log, sightings, contact

    def record(self) -> None:
        """Entries as forms, and all of them on one timeline."""
        page = self.under("frontline", "searches/record/")
        page.get_by_label("Went in and searched all of the inside").check()
        page.get_by_label("Their home").check()
        page.get_by_label("Address or place").fill("4 Orchard Rise")
        page.get_by_label("What was searched").fill("Every room and the shed.")
        page.get_by_label("What was not searched").fill("Nothing left out.")
        self._now(page)
        page.get_by_label("What came of it").fill("The cat, and nobody else.")
        page.get_by_role("button", name="Record search").click()
        page = self.under("frontline", "log/add/")
        page.get_by_label("What is to be logged").fill("The ward has her coat.")
        page.get_by_label("Where it came from").fill("Sister Abiola")
        page.get_by_role("button", name="Add to the log").click()
        page = self.under("frontline", "sightings/record/")
        page.get_by_label("Where", exact=True).fill("The bus stop by the ward")
        page.get_by_label("Who reported it").fill("A porter")
        self._now(page)
        page.get_by_role("button", name="Record sighting").click()
        page = self.under("frontline", "timeline/")
        for words in ("The cat, and nobody else.", "The ward has her coat.", "The bus stop"):
            expect(page.locator("main")).to_contain_text(words)

    # 8: located and closed, by another inspector

    def close(self) -> None:
        """Seen, interviewed, asked for; barriers in sight; authorised by another."""
        page = self.under("frontline", "located/record/")
        self._fill_moment(page, "at", datetime.now(LONDON))
        page.get_by_label("Where", exact=True).fill("The hospital's chapel")
        page.get_by_label("Safe and well").check()
        page.get_by_label("How they were located").fill("Sat in the front pew; spoke with her.")
        seen_by = page.locator("select[name=seen_in_person_by]")
        seen_by.select_option(self.users["frontline"]["officer_id"], force=True)
        self._fill_moment(page, "seen_at", datetime.now(LONDON))
        page.get_by_role("button", name="Record", exact=True).click()
        expect(page.get_by_text("It is recorded how they were located.")).to_be_visible()
        page = self.under("frontline", "closure/ask/")
        page.get_by_label("Rationale").fill("Seen, well, back on the ward.")
        page.get_by_role("button", name="Ask for closure").click()
        expect(page.get_by_text("Another inspector decides.")).to_be_visible()
        page = self.under("duty_inspector", "closure/authorise/")
        for reason in page.get_by_label(re.compile("^Reason for going past")).all():
            reason.fill("Asleep; the ward interviews her in the morning.")
        page.get_by_role("button", name="Authorise closure").click()
        expect(page.get_by_text("The incident is closed.")).to_be_visible()

    # 9: seen by all who may

    def see(self) -> None:
        """Lists, search and the page of who answered."""
        page = self.at("assurance_board", f"/search/?q={self.reference}")
        expect(page.get_by_role("link", name=NAME).first).to_be_visible()
        page = self.at("missing_persons_unit", "/incidents/")
        expect(page.get_by_role("heading", name="Open incidents")).to_be_visible()
        expect(page.locator("main")).to_contain_text("After 48 h")
        page = self.under("superintendent", "ownership/")
        expect(page.get_by_role("heading", name="Who answers, and who answered")).to_be_visible()

    # 10: sampled, judged, disclosed

    def sample(self) -> None:
        """A seeded sample of the BCU, the standards, and a pack for a coroner."""
        page = self.at("superintendent", "/dip-samples/draw/")
        page.get_by_label("How many records").fill("3")
        page.get_by_label("Seed").fill("Ten steps")
        page.get_by_role("button", name="Draw the sample").click()
        expect(page.get_by_text(re.compile(r"0 of \d+ reviewed"))).to_be_visible()
        page = self.under("superintendent", "standards/")
        expect(page.locator("#END-1")).to_contain_text("Met")
        page = self.under("records", "disclosure/")
        page.get_by_label("Purpose").fill("Asked for by the ward's trust")
        page.get_by_label("Who receives it").fill("The trust's solicitor")
        page.get_by_role("button", name="Make the pack").click()
        expect(page.get_by_text("Pack made for The trust's solicitor.")).to_be_visible()

    def _now(self, page: Page) -> None:
        """Press the button that fills in the date and the time."""
        page.get_by_role("button", name="Now").first.click()

    def _fill_moment(self, page: Page, name: str, moment: datetime) -> None:
        page.locator(f"[name={name}_day]").fill(f"{moment:%d/%m/%Y}")
        page.locator(f"[name={name}_time]").fill(f"{moment:%H:%M}")


def walk(ways_in: Mapping[str, Any], chromium: Browser) -> None:
    """Take every step in its order; fails at the first that does not work."""
    with TenSteps(ways_in, chromium).walking() as steps:
        steps.report()
        steps.both_answer()
        steps.grade()
        steps.endorse()
        steps.accept()
        steps.act()
        steps.be_reminded()
        steps.hand_over()
        steps.record()
        steps.close()
        steps.see()
        steps.sample()
