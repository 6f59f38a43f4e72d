"""One incident on the real pages, each officer in their own browser: what short replays share."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from core import clock
from core.london import LONDON
from officers.models import Officer
from ownership.services.reminders import raise_due_reminders
from tests.browser.fixtures import OpenPage
from tests.browser.seeing import PHONE
from tests.conftest import Unit

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class InTheBrowser:
    """Presses what officers press about one incident, at moments after its report.

    Pages are as wide as a phone. Scripts run only where asked for: nothing here needs them.
    """

    def __init__(self, open_page: OpenPage, unit: Unit, reported_at: datetime) -> None:
        self.open_page, self.unit, self.reported_at = open_page, unit, reported_at
        self.pages: dict[tuple[int, bool], Page] = {}

    def at(self, after: timedelta) -> datetime:
        """It is so long after the report: the clock is set, and the sweep of reminders has run."""
        now = self.reported_at + after
        clock.set_to(now)
        raise_due_reminders(now=now)
        return now

    def page(self, officer: Officer, path: str, *, scripts: bool = False) -> Page:
        """The officer's browser at an address."""
        key = officer.pk, scripts
        if key not in self.pages:
            self.pages[key] = self.open_page(officer, java_script_enabled=scripts, viewport=PHONE)
        page = self.pages[key]
        page.goto(path)
        return page

    def under(self, officer: Officer, path: str = "", *, scripts: bool = False) -> Page:
        """The officer's browser at a page of the incident."""
        return self.page(officer, f"/incidents/{self.reference}/{path}", scripts=scripts)

    def press(self, page: Page, button: str, then: str) -> None:
        """Press a button; the page then says so."""
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.locator("body")).to_contain_text(then)

    def report(
        self,
        officer: Officer,
        *,
        named: tuple[str, str],
        born: tuple[str, str, str],
        markers: tuple[str, ...],
        circumstances: str,
        informant: tuple[str, str, str],
    ) -> None:
        """Log a report step by step. born: day, month and year; informant: name, how, phone."""
        clock.set_to(self.reported_at)
        page = self.page(officer, "/report/")
        page.get_by_role("button", name="Start a report").click()
        page.get_by_label("Given name").fill(named[0])
        page.get_by_label("Family name").fill(named[1])
        for box, value in zip(("Day", "Month", "Year"), born, strict=True):
            page.get_by_label(box, exact=True).fill(value)
        folded = page.locator("main form details:not([open]) > summary")
        while folded.count():
            folded.first.click()
        for marker in markers:
            page.get_by_label(marker, exact=True).check()
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("What happened", exact=True).fill(circumstances)
        page.get_by_role("button", name="Continue").click()
        page.get_by_label("Their name").fill(informant[0])
        page.get_by_label("How they know").fill(informant[1])
        page.get_by_label("Telephone number").fill(informant[2])
        page.get_by_role("button", name="Continue").click()
        self.press(page, "Log it", "Logged as CN-")
        found = re.search(r"/incidents/([^/]+)/", page.url)
        assert found is not None
        self.reference = found[1]

    def grading(self, officer: Officer, grade: str, rationale: str, **over: str) -> Page:
        """The grading page filled in. over: further words by their label."""
        page = self.under(officer, "risk/assess/")
        harm = {
            "Low": ("Possible", "Minimal"),
            "Medium": ("Likely", "Real, but not serious"),
            "High": ("Very likely", "Serious"),
        }
        for choice in (*harm[grade], grade):
            page.get_by_role("radio", name=choice, exact=True).check()
        page.get_by_label("Why this grade, for this person").fill(rationale)
        for label, words in over.items():
            page.get_by_label(label).fill(words)
        return page

    def header(self, officer: Officer) -> Locator:
        """The strip at the top of the incident's pages."""
        return self.under(officer).get_by_role("region", name="The incident")

    def standard(self, officer: Officer, code: str) -> Locator:
        """How the record stands on one standard now."""
        return self.under(officer, "standards/").locator(f"#{code}")

    def inbox(self, officer: Officer) -> Locator:
        """What the officer's inbox says."""
        return self.page(officer, "/inbox/").locator("main")

    def fill(self, page: Page, words: Mapping[str, str]) -> None:
        """Fill fields by their labels."""
        for label, value in words.items():
            page.get_by_label(label, exact=True).first.fill(value)

    def moment(self, page: Page, name: str, at: datetime) -> None:
        """Fill a date and a time as an officer types them."""
        local = at.astimezone(LONDON)
        page.locator(f"[name={name}_day]").fill(f"{local:%d/%m/%Y}")
        page.locator(f"[name={name}_time]").fill(f"{local:%H:%M}")
