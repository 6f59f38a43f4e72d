"""Redaction of the data itself: what is taken out is not in the pack, not even hidden."""

import re
from collections.abc import Sequence
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


def redact(value: Any, redactions: Sequence[Redaction]) -> Any:
    """The same data with every occurrence replaced, in any case of letters, keys apart."""
    if isinstance(value, str):
        for redaction in redactions:
            value = re.sub(
                re.escape(redaction.text), lambda _, mark=redaction.mark: mark, value, flags=re.I
            )
        return value
    if isinstance(value, dict):
        return {key: redact(each, redactions) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [redact(each, redactions) for each in value]
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
