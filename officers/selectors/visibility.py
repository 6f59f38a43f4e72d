"""Whose records somebody may see: the BCUs of an officer or of a client system."""

from collections.abc import Collection
from typing import Protocol


class Reader(Protocol):
    """An officer, or a client system reading without one: it knows the BCUs it sees."""

    def bcus_seen(self) -> Collection[str] | None:
        """BCU codes, or None for the whole force."""
        ...


def bcus_seen_by(reader: Reader) -> Collection[str] | None:
    """BCU codes the reader sees, or None for every one."""
    return reader.bcus_seen()
