"""The kinds of event this app puts on the trail, each with what its events say."""

from dataclasses import dataclass

from core.trail import Payload, kind


@dataclass(frozen=True, kw_only=True)
class SampleDrawn(Payload):
    """drawn: by lot, in its order; the others are the references drawn whatever the lot says."""

    sample: int
    seed: str
    drawn: tuple[str, ...]
    overridden: tuple[str, ...]
    graded_lower: tuple[str, ...]
    repeated: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sampled(Payload):
    """Into which sample."""

    sample: int


@dataclass(frozen=True, kw_only=True)
class Reviewed(Payload):
    """In which sample."""

    review: int
    sample: int


@dataclass(frozen=True, kw_only=True)
class Found(Payload):
    """action: what the finding became."""

    finding: int
    action: int


@dataclass(frozen=True, kw_only=True)
class Disclosed(Payload):
    """sha256: of the whole pack."""

    disclosure: int
    sha256: str


SAMPLE_DRAWN = kind("sample.drawn", "Dip sample drawn", SampleDrawn)
SAMPLED = kind("sample.incident_drawn", "Drawn into a dip sample", Sampled)
REVIEWED = kind("sample.reviewed", "Reviewed in a dip sample", Reviewed)
FOUND = kind("sample.finding", "Finding made into an action", Found)
DISCLOSED = kind("disclosure.made", "Disclosure pack made", Disclosed)
