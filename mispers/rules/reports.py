"""A report of a missing person as it is given, and what it may say by a code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import TextChoices


class Sex(TextChoices):
    """The sex of the person, as whoever reports them says."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not known"


class MissingFrom(TextChoices):
    """From what kind of place the person is missing."""

    HOME = "home", "Home"
    CARE = "care", "Care or foster home"
    HOSPITAL = "hospital", "Hospital"
    SCHOOL = "school", "School or college"
    WORK = "work", "Work"
    OTHER = "other", "Somewhere else"


@dataclass(frozen=True, kw_only=True)
class MissingReport:
    """That somebody is missing, as whoever logs it gives it; the parts are named as over REST.

    reported_at: when it was first reported anywhere, now if not given. source: the system and
    reference it came from. previous: references of earlier incidents that the officer linked.
    """

    person: Mapping[str, Any]
    informant: Mapping[str, Any]
    circumstances: str
    bcu: str
    last_seen_at: datetime | None = None
    last_seen_place: str = ""
    missing_from: str = MissingFrom.OTHER
    reported_at: datetime | None = None
    source: Mapping[str, str] | None = None
    previous: Sequence[str] = ()
