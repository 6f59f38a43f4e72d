"""What a browser test asks of a page besides its words: is it accessible, does it fit."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "var" / "screenshots"
PHONE = {"width": 375, "height": 667}
DESK = {"width": 1280, "height": 900}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

_RUN_AXE = """
async (tags) => {
  const found = await axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
  return found.violations.map((rule) => ({
    id: rule.id, help: rule.help,
    where: rule.nodes.map((node) => node.target.join(" ") + "\\n      " + node.failureSummary),
  }));
}
"""


def check_accessible(page: Page) -> None:
    """The page as it stands passes axe with the rules of WCAG 2.2 AA and good practice.

    A page that a press has just asked for is looked at when it has come.
    """
    page.wait_for_load_state()
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text())
    violations: list[dict[str, Any]] = page.evaluate(_RUN_AXE, RULES)
    told = [
        f"{rule['id']}: {rule['help']}\n    " + "\n    ".join(rule["where"]) for rule in violations
    ]
    assert not told, f"{page.url} is not accessible:\n" + "\n".join(told)


def check_fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0, f"{page.url} is {wider} pixels wider than the window"


def on_a_phone(page: Page) -> Page:
    """Narrow the window to 375 pixels."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dictionary
    return page


def at_a_desk(page: Page) -> Page:
    """Widen the window to 1280 pixels."""
    page.set_viewport_size(DESK)  # type: ignore[arg-type]  # a plain dictionary
    return page


def screenshot(page: Page, name: str, *, whole: bool = True) -> Path | None:
    """Keep a picture as var/screenshots/<name>-<width>.png where MISPERS_SCREENSHOTS is set."""
    if not os.environ.get("MISPERS_SCREENSHOTS"):
        return None
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    place = SCREENSHOTS / f"{name}-{size['width'] if size else 'page'}.png"
    page.screenshot(path=place, full_page=whole)
    return place


def check_page(page: Page, name: str) -> None:
    """The page is accessible and fits, at a phone's width and a desk's; keeps a picture of both."""
    for resize in (on_a_phone, at_a_desk):
        resize(page)
        check_accessible(page)
        check_fits(page)
        screenshot(page, name)
