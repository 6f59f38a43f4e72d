"""The site's menu: each app's wiring registers its pages here."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class NavItem:
    """A page in the menu.

    url_name: takes no arguments. roles: codes of the roles that see it, everybody if empty.
    count: how many things wait there, in a fixed number of queries; nothing is shown for none.
    seldom: not needed in the middle of an incident, so it stands under “More”.
    """

    label: str
    url_name: str
    order: int
    roles: frozenset[str] = frozenset()
    count: Callable[[Any, datetime], int] | None = None
    seldom: bool = False


@dataclass
class MenuEntry:
    """A page in one officer's menu."""

    label: str
    url: str
    count: int | None
    seldom: bool = False
    active: bool = False


@dataclass(frozen=True)
class Menu:
    """One officer's menu: the pages always in sight, and those under “More”."""

    entries: list[MenuEntry]

    @property
    def often(self) -> list[MenuEntry]:
        """What is always in sight."""
        return [entry for entry in self.entries if not entry.seldom]

    @property
    def seldom(self) -> list[MenuEntry]:
        """What stands under “More”."""
        return [entry for entry in self.entries if entry.seldom]

    @property
    def active_seldom(self) -> MenuEntry | None:
        """The page under “More” that is open, so that its name is in sight too."""
        return next((entry for entry in self.seldom if entry.active), None)


_items: list[NavItem] = []


def register_nav(*items: NavItem) -> None:
    """Show these in the menu."""
    _items.extend(items)


def menu(officer: Any, roles: Collection[str], now: datetime, path: str) -> Menu:
    """The pages these roles see, in order; the one that `path` lies under is active."""
    shown = [item for item in _items if not item.roles or item.roles.intersection(roles)]
    entries = [
        MenuEntry(
            item.label,
            reverse(item.url_name),
            item.count(officer, now) if item.count else None,
            item.seldom,
        )
        for item in sorted(shown, key=lambda item: item.order)
    ]
    above = [entry for entry in entries if _lies_under(path, entry.url)]
    if above:
        max(above, key=lambda entry: len(entry.url)).active = True
    return Menu(entries)


def _lies_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
