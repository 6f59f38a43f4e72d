"""A course that an officer passed, recorded by the real service."""

from datetime import date, datetime

from officers.models import Officer, Training
from officers.services.training import record_training

RISK, EXPLOITATION = Training.Course.RISK_ASSESSMENT, Training.Course.EXPLOITATION
PASSED, LAPSES = date(2025, 7, 18), date(2027, 7, 18)


def record(officer: Officer, by: Officer, now: datetime, **over: object) -> Training:
    """Risk assessment, passed a year ago and in date for another, unless told otherwise."""
    given = {"course": RISK, "passed_on": PASSED, "lapses_on": LAPSES, **over}
    return record_training(officer=officer, by=by, now=now, **given)  # type: ignore[arg-type]  # its arguments


def csv_of(*lines: str) -> bytes:
    """A file of these rows, as a spreadsheet of this country writes it."""
    return "\n".join(["Officer;Course;Passed on;Lapses on", *lines]).encode("utf-8-sig")
