"""The figures in force at a moment, by name."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from mispers.models import Protocol
from mispers.rules.figures import Figures

__all__ = ["Figures", "from_record", "in_force"]


def in_force(now: datetime) -> Figures:
    """The figures of the version in force at `now`; the project's defaults before the first."""
    record = Protocol.objects.filter(in_force_from__lte=now).first()
    if record is None:
        return Figures()
    return from_record(record.version, record.figures)


def from_record(version: str, figures: dict[str, Any]) -> Figures:
    """Figures from a stored version; a name it lacks keeps the project's default."""
    known = {field.name for field in fields(Figures)} - {"version"}
    return Figures(version=version, **{k: int(v) for k, v in figures.items() if k in known})
