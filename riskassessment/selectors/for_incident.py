"""What of the factors, rules, prompts and examples bears on the person of one incident."""

from collections.abc import Collection
from datetime import datetime

from mispers.models import HealthCondition, Incident
from mispers.rules.conditions import condition_of
from mispers.selectors import critical_times as critical
from mispers.selectors import protocol
from mispers.selectors.known import standing
from riskassessment.rules.examples import ExamplesOfKind, examples_by_relevance
from riskassessment.rules.factors import FactorRule, rules_above
from riskassessment.rules.prompts import Opened, opened_by


def rules_for(incident: Incident, grade: str, factors: Collection[str]) -> list[FactorRule]:
    """The rules that speak for a higher grade on an incident. factors: see `factors_of`."""
    present = {*factors, *incident.person.markers}
    return rules_above(grade, present=present, age=incident.age_at_report)


def factors_of(incident: Incident, recorded: Collection[str], now: datetime) -> set[str]:
    """The factors recorded or typed for an assessment, and those that what is held counts as.

    The queries are those of `factors_on_record`.
    """
    return {*recorded, *factors_on_record(incident, now)}


# What a time that is near or past counts as, by its kind in `mispers.selectors.critical_times`.
_NEAR = {
    critical.MEDICATION: "medication_critical",
    critical.WEATHER: "exposure",
    critical.UNTREATED: "untreated_soon",
}


def factors_on_record(incident: Incident, now: datetime) -> set[str]:
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


def opened_for(incident: Incident, recorded: Collection[str] = ()) -> list[Opened]:
    """The prompts that bear on an incident, with the factors of an assessment; no queries."""
    marked, age = incident.person.markers, incident.age_at_report
    return opened_by(marked=marked, recorded=recorded, age=age)


def examples_for(
    incident: Incident, recorded: Collection[str], at: datetime
) -> list[ExamplesOfKind]:
    """All kinds with their examples, those that bear on the incident's person first; no queries."""
    marked, age = incident.person.markers, incident.age_at_report
    return examples_by_relevance(marked=marked, recorded=recorded, age=age, at=at)
