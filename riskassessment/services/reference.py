"""The data this app starts from, in fixtures/risk/: meanings of grades, factors, rules, phrases."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from core.registries.reference import ReferenceData, entries_in, register_reference
from riskassessment.models import GradeDefinition


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


def register() -> None:
    """Load the definitions with every app's reference data too: a force may have added some."""
    register_reference(ReferenceData("Meanings of the grades", 60, _load_by_command))


def _load_by_command(now: datetime) -> int:
    """Every definition is loaded, whatever its day: the day decides when it is used."""
    return load()


def load() -> int:
    """Add the definitions that are not in the database yet; says how many. May run again."""
    known = set(GradeDefinition.objects.values_list("grade", "standing", "in_force_from"))
    new = [
        GradeDefinition(**entry)
        for entry in read("definitions", "definition")
        if (entry["grade"], entry["standing"], entry["in_force_from"]) not in known
    ]
    GradeDefinition.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def load_after_migrating(**signal: Any) -> None:
    """Definitions belong to the schema: an assessment cannot be made without one."""
    load()
