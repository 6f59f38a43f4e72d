"""Factors, and what they usually mean at least: rules that ask and never give a grade."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from riskassessment.rules.dated_data import read
from riskassessment.rules.grades import ORDER, Grade


@dataclass(frozen=True)
class Factor:
    """Something about a person or their absence that bears on risk."""

    code: str
    label: str


@dataclass(frozen=True)
class FactorRule:
    """When any of some factors (with any of others, under an age) usually mean at least a grade."""

    code: str
    at_least: Grade
    says: str
    source: str
    any_of: frozenset[str] = frozenset()
    with_any_of: frozenset[str] = frozenset()
    under: int | None = None

    def speaks(self, factors: Collection[str], age: int | None) -> bool:
        """Whether the rule applies; an age that is not known is not an age below its limit."""
        present = set(factors)
        return (
            (not self.any_of or bool(self.any_of & present))
            and (not self.with_any_of or bool(self.with_any_of & present))
            and (self.under is None or (age is not None and age < self.under))
        )


@cache
def factors() -> tuple[Factor, ...]:
    """Every factor a form offers, in order."""
    return tuple(Factor(**entry) for entry in read("factors", "factor"))


@cache
def factor_rules() -> tuple[FactorRule, ...]:
    """Every rule."""
    return tuple(
        FactorRule(
            **{
                **entry,
                "at_least": Grade(entry["at_least"]),
                "any_of": frozenset(entry.get("any_of", ())),
                "with_any_of": frozenset(entry.get("with_any_of", ())),
            }
        )
        for entry in read("factors", "rule")
    )


def factor_label(code: str) -> str:
    """A factor's label; one that an officer wrote in their own words stands for itself."""
    return next((factor.label for factor in factors() if factor.code == code), code)


def is_listed(code: str) -> bool:
    """Whether it is a factor of the list, rather than an officer's own words."""
    return any(factor.code == code for factor in factors())


def rules_above(grade: str, *, present: Collection[str], age: int | None) -> list[FactorRule]:
    """The rules that speak for a higher grade, highest first. present: factors and markers."""
    if grade not in ORDER:
        return []
    found = [
        rule
        for rule in factor_rules()
        if ORDER[rule.at_least] > ORDER[Grade(grade)] and rule.speaks(present, age)
    ]
    return sorted(found, key=lambda rule: -ORDER[rule.at_least])
