"""Reference data: each app's wiring says how its own is loaded, and one command loads them all."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class ReferenceData:
    """What it is called, its place in the order, and its loader, which may run again without harm.

    load takes the present moment and says how many rows were new.
    """

    label: str
    order: int
    load: Callable[[datetime], int]


_registered: list[ReferenceData] = []


def register_reference(*data: ReferenceData) -> None:
    """Load these whenever reference data are loaded."""
    _registered.extend(data)


def reference_data() -> list[ReferenceData]:
    """Everything registered, in order."""
    return sorted(_registered, key=lambda data: data.order)


def entries_in(path: str, key: str) -> list[dict[str, Any]]:
    """The entries `key` of a TOML file below fixtures/, in their order."""
    text = (settings.ROOT / "fixtures" / path).read_text(encoding="utf-8")
    entries: list[dict[str, Any]] = tomllib.loads(text)[key]
    return entries
