"""A second report of somebody shows what the first closure relied on (REP-1)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from mispers.models import Incident
from mispers.selectors.earlier import reliances_of, what_earlier_reports_relied_on
from mispers.services.searches import SearchDetails, record_search
from tests.conftest import Unit
from tests.factories.endings import close
from tests.factories.incidents import log_incident

SAME: dict[str, Any] = {
    "given_name": "Marigold",
    "family_name": "Fenwick",
    "date_of_birth": date(1976, 5, 1),
}


def closed(cn: Unit, now: datetime) -> Incident:
    """An incident whose home was looked at from outside, closed by the inspector."""
    incident = log_incident(cn.frontline, now, **SAME)
    record_search(
        incident.reference,
        SearchDetails(
            place="4 Tallow Street",
            kind="home",
            extent="knock",
            covered="Front door",
            not_covered="The inside",
            searched_by="PC Thorne",
            searched_at=now,
            result="No answer",
        ),
        by=cn.frontline,
        now=now,
    )
    close(incident, cn.frontline, cn.inspector, now + timedelta(hours=2))
    return incident


def test_the_second_report_shows_the_rationale_who_saw_them_and_what_was_not_searched(
    cn: Unit, now: datetime
) -> None:
    first = closed(cn, now)
    again = log_incident(cn.frontline, now + timedelta(days=12), **SAME)
    (relied,) = what_earlier_reports_relied_on(again, cn.frontline)
    assert relied.incident == first
    assert relied.closure is not None
    assert relied.closure.rationale
    assert relied.located is not None
    assert relied.seen_by == str(relied.located.seen_in_person_by)
    assert [search.place for search in relied.not_inside] == ["4 Tallow Street"]
    assert not relied.searched_inside


def test_the_check_page_and_the_overview_show_it(
    cn: Unit,
    now: datetime,
    clock_at: Callable[[datetime], datetime],
    browser_as: Callable[..., Browser],
) -> None:
    first = closed(cn, now)
    later = clock_at(now + timedelta(days=12))
    again = log_incident(cn.frontline, later, **SAME)
    page = browser_as(cn.frontline).get(f"/incidents/{again.reference}/").content.decode()
    assert "What the earlier report relied on" in page
    assert first.reference in page
    assert "never searched inside" in page


def test_an_officer_of_another_bcu_sees_nothing_of_it(cn: Unit, ne: Unit, now: datetime) -> None:
    closed(cn, now)
    again = log_incident(ne.frontline, now + timedelta(days=12), **SAME)
    assert what_earlier_reports_relied_on(again, ne.frontline) == []


@pytest.mark.parametrize("many", [1, 10])
def test_it_asks_as_often_for_ten_closures_as_for_one(many: int, cn: Unit, now: datetime) -> None:
    incidents = [closed(cn, now + timedelta(days=day)) for day in range(many)]
    with CaptureQueriesContext(connection) as asked:
        assert len(reliances_of(incidents, only_closures=True)) == many
    assert len(asked) == 5
