"""The report itself: logged, corrected, linked with others, moved from stage to stage."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.trail import Payload, kind


@dataclass(frozen=True, kw_only=True)
class Reported(Payload):
    """previous: references of the earlier incidents it was linked with."""

    incident: int
    person: int
    reported_at: datetime
    previous: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Change(Payload):
    """The old and the new value of one field."""

    from_: Any
    to: Any


@dataclass(frozen=True, kw_only=True)
class Corrected(Payload):
    """fields: by name, those of the person as `person.name`."""

    incident: int
    fields: Mapping[str, Change]


@dataclass(frozen=True, kw_only=True)
class Linked(Payload):
    """others: the references of what it was linked with."""

    links: tuple[int, ...]
    kind: str
    others: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LinkedFrom(Payload):
    """other: the reference of the incident on which the link was made."""

    kind: str
    other: str


@dataclass(frozen=True, kw_only=True)
class StageChanged(Payload):
    """outcome: empty unless the incident was closed."""

    from_: str
    to: str
    outcome: str


@dataclass(frozen=True, kw_only=True)
class Reopened(Payload):
    """The 48 hours begin anew with the new report."""

    reopening: int
    boundary_48h_at: datetime


REPORTED = kind("incident.reported", "Reported missing", Reported)
CORRECTED = kind("incident.corrected", "Record corrected", Corrected)
LINKED = kind("incident.linked", "Incident linked", Linked)
LINKED_FROM = kind("incident.linked_from", "Linked from another incident", LinkedFrom)
STAGE_CHANGED = kind("incident.stage_changed", "Stage changed", StageChanged)
REOPENED = kind("incident.reopened", "Reopened", Reopened, grave=True)
