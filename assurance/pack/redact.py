"""Redaction of the data itself: what is taken out is not in the pack, not even hidden."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Redaction:
    """Words to take out wherever they stand, and why."""

    text: str
    reason: str

    @property
    def mark(self) -> str:
        """What stands in their place."""
        return f"[redacted: {self.reason}]"

    @property
    def pattern(self) -> str:
        """The words in any case of letters, with any white space between them."""
        return r"\s+".join(re.escape(word) for word in self.text.split())


def holds(value: str, text: str) -> bool:
    """Whether `value` holds the words that a redaction of `text` would take out."""
    return bool(text.split()) and bool(re.search(Redaction(text, "").pattern, value, re.IGNORECASE))


def redact(value: Any, redactions: Sequence[Redaction]) -> Any:
    """The same data with every occurrence replaced, keys apart.

    All at once and the longest first, so that one redaction does not cut into another's words or
    into its mark.
    """
    ordered = sorted(redactions, key=lambda redaction: -len(redaction.text))
    if not ordered:
        return value
    found = re.compile("|".join(f"({each.pattern})" for each in ordered), re.IGNORECASE)

    def mark(match: re.Match[str]) -> str:
        return ordered[(match.lastindex or 1) - 1].mark

    return _each_text(value, lambda text: found.sub(mark, text))


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(each, change) for each in value]
    return value


def redact_trail(
    trail: Sequence[dict[str, Any]], redactions: Sequence[Redaction]
) -> list[dict[str, Any]]:
    """The events, each saying whether something was taken out of it.

    Hashes stay: such an event's content can no longer be checked against its hash, its place in the
    chain still can.
    """
    done = []
    for event in trail:
        kept = {key: event[key] for key in ("id", "stream", "seq", "prev_hash", "hash")}
        clean = redact(event, redactions) | kept
        done.append(clean | {"redacted": clean != event})
    return done
