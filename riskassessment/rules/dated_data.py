"""The data this app starts from, in fixtures/risk/, and which of it holds at a moment."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from core.registries.reference import entries_in


class HasDay(Protocol):
    """Something that holds from a moment on."""

    @property
    def in_force_from(self) -> datetime:
        """The first moment at which it holds."""


Dated = TypeVar("Dated", bound=HasDay)


def read(name: str, key: str) -> list[dict[str, Any]]:
    """The entries `key` of fixtures/risk/`name`.toml, in their order."""
    return entries_in(f"risk/{name}.toml", key)


def in_force(entries: Iterable[Dated], at: datetime, of: Callable[[Dated], Any]) -> list[Dated]:
    """For each thing that entries are `of`, the newest that held at a moment, in their order."""
    newest: dict[Any, Dated] = {}
    for entry in entries:
        known = newest.get(of(entry))
        later = known is None or entry.in_force_from >= known.in_force_from
        if entry.in_force_from <= at and later:
            newest[of(entry)] = entry
    return list(newest.values())
