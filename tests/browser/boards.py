"""A duty board in a browser."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from core import clock
from mispers.models import Incident
from tests.conftest import Unit
from tests.factories.officers import a_bcu, a_rota


def a_unit_of_today() -> Unit:
    """The BCU CN with somebody on duty in every role at this very moment."""
    bcu = a_bcu("CN")
    return Unit(bcu, a_rota(bcu, clock.now() - timedelta(days=2)))


def slip(page: Page, incident: Incident) -> Any:
    return page.locator(f'[data-key="{incident.reference}"]')


def asks_only_when_told(page: Page) -> None:
    """No page that is opened from now on asks by itself every so many seconds."""
    page.add_init_script("window.setInterval = () => 0;")


def is_pushed(page: Page) -> None:
    """Wait until the board hears of changes by its stream."""
    expect(page.locator("#board")).to_have_attribute("data-live-pushed", "yes")
