"""Health conditions: each with its meaning for risk, never a name alone, from fixtures/known/."""

from dataclasses import dataclass
from functools import cache

from core.registries.reference import entries_in


@dataclass(frozen=True)
class Condition:
    """One condition of the catalogue. meaning: what it means for somebody who is missing.

    hours: untreated, when it begins to matter; None where no such time makes sense.
    not_the_same: what it is mistaken for. counts_as: markers and factors it counts as in grading.
    standing: policy (APP, in our words) or guidance (ours), with its source.
    """

    code: str
    label: str
    meaning: str
    source: str
    standing: str
    hours: int | None = None
    not_the_same: str = ""
    counts_as: tuple[str, ...] = ()


@cache
def _by_code() -> dict[str, Condition]:
    found = [
        Condition(**{**entry, "counts_as": tuple(entry.get("counts_as", ()))})
        for entry in entries_in("known/conditions.toml", "condition")
    ]
    by_code = {condition.code: condition for condition in found}
    if len(by_code) < len(found):
        raise ValueError("A code stands for one condition only.")
    return by_code


def conditions() -> list[Condition]:
    """The whole catalogue, in its order."""
    return list(_by_code().values())


def condition_of(code: str) -> Condition | None:
    """The condition of a code, if the catalogue has it today."""
    return _by_code().get(code)
