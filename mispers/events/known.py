"""What is known about the person: recorded, corrected, or said to be no longer so."""

from dataclasses import dataclass
from datetime import datetime

from core.trail import Payload, kind


@dataclass(frozen=True, kw_only=True)
class KnownRecorded(Payload):
    """says: in a few words. counts: false where it is no longer so.

    corrects: the id of the entry that it takes the place of.
    """

    entry: int
    says: str
    counts: bool
    corrects: int | None
    supplier: str
    supplier_kind: str


@dataclass(frozen=True, kw_only=True)
class ConditionRecorded(KnownRecorded):
    """code: of the catalogue, empty for another; meaning: for the risk."""

    code: str
    meaning: str


@dataclass(frozen=True, kw_only=True)
class CriticalRecorded(KnownRecorded):
    """critical_at: from when a dose or the cold matters; critical_before: what was said before."""

    critical_at: datetime | None
    critical_before: datetime | None


@dataclass(frozen=True, kw_only=True)
class ExploitationRecorded(KnownRecorded):
    """investigation: its reference. trained: whether the officer was, that day."""

    marker: str
    investigation: str
    officer: int | None
    trained: bool


CONDITION_RECORDED = kind("known.condition", "Health condition recorded", ConditionRecorded)
MEDICATION_RECORDED = kind("known.medication", "Medication recorded", CriticalRecorded)
EXPLOITATION_RECORDED = kind(
    "known.exploitation", "Exploitation investigation recorded", ExploitationRecorded
)
ASSOCIATE_RECORDED = kind("known.associate", "Associate recorded", KnownRecorded)
PLACE_RECORDED = kind("known.place", "Known place recorded", KnownRecorded)
CLOTHING_RECORDED = kind("known.clothing", "Clothing recorded", KnownRecorded)
WEATHER_RECORDED = kind("known.weather", "Weather recorded", CriticalRecorded)
