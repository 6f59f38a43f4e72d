"""What factors usually mean at least: rules that ask a question and never give a grade."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from core.london import day_of
from mispers.models import HealthCondition, Incident, Person
from mispers.presenters.header import age_on
from mispers.rules import critical
from mispers.rules.conditions import condition_of
from mispers.selectors import protocol
from mispers.selectors.known import standing
from riskassessment.rules.grades import ORDER, Grade
from riskassessment.services.reference import read


@dataclass(frozen=True)
class Factor:
    """Something about a person or their absence that bears on risk."""

    code: str
    label: str


@dataclass(frozen=True)
class Rule:
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
def rules() -> tuple[Rule, ...]:
    """Every rule."""
    return tuple(
        Rule(
            **{
                **entry,
                "at_least": Grade(entry["at_least"]),
                "any_of": frozenset(entry.get("any_of", ())),
                "with_any_of": frozenset(entry.get("with_any_of", ())),
            }
        )
        for entry in read("factors", "rule")
    )


def label_of(code: str) -> str:
    """A factor's label; one that an officer wrote in their own words stands for itself."""
    return next((factor.label for factor in factors() if factor.code == code), code)


def is_listed(code: str) -> bool:
    """Whether it is a factor of the list, rather than an officer's own words."""
    return any(factor.code == code for factor in factors())


def age_of(person: Person, day: date) -> int | None:
    """Age in whole years: from the date of birth, else the estimate, else not known."""
    born = person.date_of_birth
    return person.age_estimate if born is None else age_on(born, day)


def age_at_report(incident: Incident) -> int | None:
    """Age on the day of the report in London."""
    return age_of(incident.person, day_of(incident.reported_at))


def rules_above(grade: str, *, person: Person, recorded: Collection[str], day: date) -> list[Rule]:
    """The rules that speak for a higher grade, highest first; the person's markers count too."""
    if grade not in ORDER:
        return []
    present, age = {*recorded, *person.markers}, age_of(person, day)
    found = [
        rule
        for rule in rules()
        if ORDER[rule.at_least] > ORDER[Grade(grade)] and rule.speaks(present, age)
    ]
    return sorted(found, key=lambda rule: -ORDER[rule.at_least])


def rules_for(incident: Incident, grade: str, factors: Collection[str]) -> list[Rule]:
    """The rules that speak for a higher grade on an incident. factors: see `factors_of`."""
    return rules_above(
        grade, person=incident.person, recorded=factors, day=day_of(incident.reported_at)
    )


def factors_of(incident: Incident, recorded: Collection[str], now: datetime) -> set[str]:
    """The factors recorded or typed for an assessment, and those that what is held counts as.

    The queries are those of `counted`.
    """
    return {*recorded, *counted(incident, now)}


# What a time that is near or past counts as, by its kind in `mispers.critical`.
_NEAR = {
    critical.MEDICATION: "medication_critical",
    critical.WEATHER: "exposure",
    critical.UNTREATED: "untreated_soon",
}


def counted(incident: Incident, now: datetime) -> set[str]:
    """The factors that recorded conditions, and times that are near or past, count as.

    In three queries, and one for the protocol's figure of what is near.
    """
    codes = {entry.code for entry in standing(HealthCondition, incident) if entry.code}
    listed = [condition for code in codes if (condition := condition_of(code))]
    near = now + protocol.in_force(now).allow("critical_near")
    times = critical.critical_times(incident)
    return {
        *codes,
        *(other for condition in listed for other in condition.counts_as),
        *(_NEAR[each.kind] for each in times if each.at <= near),
    }
