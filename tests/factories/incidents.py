"""Incidents for tests, logged by the real service; every person is invented."""

import itertools
from datetime import date, datetime, timedelta
from typing import Any

from mispers.models import Incident
from mispers.rules.reports import MissingReport
from mispers.services.intake import log_report
from officers.models import Officer

_numbers = itertools.count(1)
_GIVEN = ("Tamsin", "Ifor", "Nadiya", "Kwesi", "Orla", "Dashiell", "Priti", "Leofric", "Zofia")
_FAMILY = ("Ashgrove", "Bellweather", "Carrow", "Dunmore", "Eastlake", "Farrant", "Greaves")
_PERSON = {
    "given_name", "family_name", "unknown", "date_of_birth", "age_estimate", "sex",
    "home_address", "phones", "looked_after_by", "markers",
}  # fmt: skip


def log_incident(by: Officer, now: datetime, **over: Any) -> Incident:
    """A report of a new person, in the officer's BCU unless told otherwise.

    Takes the arguments of log_report, and those of its person by themselves: given_name="Ada".
    """
    person = {**a_person(), **over.pop("person", {})}
    person |= {name: over.pop(name) for name in list(over) if name in _PERSON}
    report: dict[str, Any] = {
        "informant": {"name": "Rowan Ashgrove", "relationship": "parent", "phone": "020 7946 0001"},
        "circumstances": "Did not come home after college and does not answer the telephone.",
        "bcu": by.bcu_id,
        "missing_from": "home",
        "last_seen_at": over.get("reported_at", now) - timedelta(hours=3),
        "last_seen_place": "Lark Lane bus stop",
    }
    return log_report(MissingReport(person=person, **{**report, **over}), by=by, now=now).incident


def a_person(**over: Any) -> dict[str, Any]:
    """Who is missing, as REST has it: nobody that a test has reported before."""
    n = next(_numbers)
    return {
        "given_name": _GIVEN[n % len(_GIVEN)],
        "family_name": _FAMILY[n % len(_FAMILY)],
        # Grown up however many a run makes: a child's grade is asked for reasons. With the names,
        # 31,500 different people.
        "date_of_birth": date(1950, 1, 1) + timedelta(days=37 * (n % 500)),
        "sex": "unknown",
        "home_address": {"lines": [f"{n} Tallow Street"], "postcode": "N1 9GU"},
        "phones": [],
        "markers": [],
        **over,
    }
