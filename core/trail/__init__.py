"""The one trail: recorded here, sealed every day (`seal`), checked whenever asked (`verify`)."""

from core.trail.access import log_access, log_accesses
from core.trail.kinds import Kind, kind, kinds, kinds_in
from core.trail.payloads import Payload, left_out_if_none
from core.trail.reacting import EVERY, Reaction, UndeclaredEvent, react, reactions_to
from core.trail.recording import (
    THE_CLOCK,
    Happening,
    Person,
    canonical,
    digest,
    digest_of,
    digest_of_spelled,
    record,
    record_many,
)

__all__ = [
    "EVERY",
    "THE_CLOCK",
    "Happening",
    "Kind",
    "Payload",
    "Person",
    "Reaction",
    "UndeclaredEvent",
    "canonical",
    "digest",
    "digest_of",
    "digest_of_spelled",
    "kind",
    "kinds",
    "kinds_in",
    "left_out_if_none",
    "log_access",
    "log_accesses",
    "react",
    "reactions_to",
    "record",
    "record_many",
]
