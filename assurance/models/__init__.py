"""What assurance keeps: how records stand, dip samples, disclosures."""

from assurance.models.disclosure import Disclosure
from assurance.models.draft import ReviewDraft
from assurance.models.review import Finding, Review, ReviewAnswer
from assurance.models.sample import DipSample, SampleItem
from assurance.models.standard import StandardState
from assurance.models.unevaluated import Unevaluated

__all__ = [
    "DipSample",
    "Disclosure",
    "Finding",
    "Review",
    "ReviewAnswer",
    "ReviewDraft",
    "SampleItem",
    "StandardState",
    "Unevaluated",
]
