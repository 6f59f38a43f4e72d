"""A report that brings what is known about the person with it: all of it is logged, or none."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from core.checks import Complaints
from mispers.rules.reports import MissingReport
from mispers.services import health, known
from mispers.services.intake import Logged, log_report
from officers.models import Officer

# What may come with a report, by the name that the list has over REST.
RECORDERS: dict[str, Callable[..., object]] = {
    "conditions": health.record_condition,
    "medication": health.record_medication,
    "exploitation_investigations": known.record_exploitation_investigation,
    "associates": known.record_associate,
    "places": known.record_place,
    "clothing": known.record_clothing,
    "weather": known.record_weather,
}


@transaction.atomic
def log_report_with_known(
    report: MissingReport,
    *,
    by: Officer,
    now: datetime,
    entries: Mapping[str, Sequence[Mapping[str, Any]]],
) -> Logged:
    """Log a report as `log_report` does, then each entry. entries: lists by a name of RECORDERS.

    A report that had been logged before brings nothing new. Raises as `log_report` does, and
    Invalid at conditions[0].code and the like, with everything that is wrong in any entry.
    """
    logged = log_report(report, by=by, now=now)
    if not logged.created:
        return logged
    wrong = Complaints(now)
    for name, given in entries.items():
        for index, entry in enumerate(given):
            with wrong.row(name, index).gathering():
                RECORDERS[name](logged.incident.reference, by=by, now=now, **entry)
    wrong.check()
    logged.incident.refresh_from_db(fields=["version"])
    return logged
