"""The data this app starts from, in fixtures/risk/: meanings of grades, factors, rules, phrases."""

from datetime import datetime
from typing import Any

from riskassessment.models import GradeDefinition
from riskassessment.rules.dated_data import read


def load_by_command(now: datetime) -> int:
    """Every definition is loaded, whatever its day: the day decides when it is used."""
    return load()


def load() -> int:
    """Add the definitions that are not in the database yet; says how many. May run again."""
    known = set(GradeDefinition.objects.values_list("grade", "standing", "in_force_from"))
    new = [
        GradeDefinition(**entry)
        for entry in read("definitions", "definition")
        if (entry["grade"], entry["standing"], entry["in_force_from"]) not in known
    ]
    GradeDefinition.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def load_after_migrating(**signal: Any) -> None:
    """Definitions belong to the schema: an assessment cannot be made without one."""
    load()
