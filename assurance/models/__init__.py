"""What assurance keeps: how records stand, dip samples, disclosures."""

from assurance.models.disclosure import Disclosure
from assurance.models.review import Finding, Review, ReviewAnswer
from assurance.models.sample import DipSample, SampleItem
from assurance.models.standard import StandardState

__all__ = [
    "Disclosure",
    "DipSample",
    "Finding",
    "Review",
    "ReviewAnswer",
    "SampleItem",
    "StandardState",
]
