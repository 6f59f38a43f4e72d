"""Markers: what is known about a person that bears on risk, by code, from fixtures/known/."""

from dataclasses import dataclass
from functools import cache

from core.registries.reference import entries_in


@dataclass(frozen=True)
class Marker:
    """One marker. matters: what it means for risk, shown beside it.

    exploitation: of a child it asks for an investigation by an officer trained for it (CHILD-2).
    record_as: what says more than the marker does and is to be recorded: condition or medication.
    standing: policy (APP, in our words) or guidance (ours), with its source.
    """

    code: str
    label: str
    matters: str
    source: str
    standing: str
    exploitation: bool = False
    record_as: str = ""


@cache
def _by_code() -> dict[str, Marker]:
    found = [Marker(**entry) for entry in entries_in("known/markers.toml", "marker")]
    by_code = {marker.code: marker for marker in found}
    if len(by_code) < len(found):
        raise ValueError("A code stands for one marker only.")
    return by_code


def markers() -> list[Marker]:
    """Every marker, in the order in which a form shows them."""
    return list(_by_code().values())


def is_listed(code: str) -> bool:
    """Whether there is a marker of this code."""
    return code in _by_code()


def label_of(code: str) -> str:
    """The marker's label; a code that has since been dropped stands for itself."""
    marker = _by_code().get(code)
    return marker.label if marker else code


@cache
def of_exploitation() -> frozenset[str]:
    """The codes of sexual and criminal exploitation and trafficking."""
    return frozenset(marker.code for marker in markers() if marker.exploitation)
