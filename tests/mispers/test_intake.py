"""Logging a report."""

from datetime import datetime

from tests.conftest import Unit
from tests.factories.incidents import log_incident


def test_a_report_gets_the_next_reference_of_its_bcu(cn: Unit, now: datetime) -> None:
    first = log_incident(cn.frontline, now)
    second = log_incident(cn.frontline, now)
    assert [first.reference, second.reference] == ["CN-26-000001", "CN-26-000002"]
