"""Who presses: a browser for each officer, and what the replay writes down."""

from datetime import datetime

from playwright.sync_api import Page, expect

from core.london import LONDON
from officers.models import Officer
from officers.rules.turns import Turn
from tests.browser.fixtures import OpenPage
from tests.scenarios.conftest import Beat
from tests.scenarios.ix_68_18_story import Cast, Ledger


def day_of(moment: datetime) -> str:
    """A date as an officer types it."""
    return f"{moment.astimezone(LONDON):%d/%m/%Y}"


def time_of(moment: datetime) -> str:
    """A time as an officer types it."""
    return f"{moment.astimezone(LONDON):%H:%M}"


class Pressing:
    """The fortnight on pages, each officer in a browser profile of their own.

    The officer who takes the reports has scripts; the others' browsers run none, and need none.
    """

    first: str  # the reference of the first report
    second: str

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

    def _choose(self, page: Page, label: str, officer: Officer) -> None:
        page.get_by_label(label).select_option(label=f"{officer}, {officer.get_role_display()}")
