"""Reports logged in the same instant: no number twice or missing, no report twice."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from mispers.models import Incident, Person, ReferenceCounter
from mispers.rules.reports import MissingReport
from mispers.services import intake
from mispers.services.drafts import log_draft, start_draft
from mispers.services.intake import Logged, log_report
from tests.conftest import Unit, a_unit
from tests.factories.incidents import a_person
from tests.moments import NOW
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

THREADS = 6


@pytest.fixture
def unit(transactional_db: None) -> Unit:
    return a_unit("CN")


def report(unit: Unit, **over: Any) -> MissingReport:
    """A report of a new person."""
    return MissingReport(
        person=a_person(),
        informant={"unknown": True},
        circumstances="Did not come home.",
        bcu=unit.code,
        **over,
    )


def logging(unit: Unit, report: MissingReport) -> Callable[[], Logged]:
    return lambda: log_report(report, by=unit.frontline, now=NOW)


def log_different_people(unit: Unit) -> list[Any]:
    return at_once(*[logging(unit, report(unit)) for _ in range(THREADS)])


def test_numbers_are_given_out_once_and_without_a_gap(unit: Unit) -> None:
    logged = log_different_people(unit)
    assert all(isinstance(each, Logged) for each in logged), logged
    given = sorted(each.incident.reference for each in logged)
    assert given == [f"CN-26-{number:06}" for number in range(1, THREADS + 1)]
    assert ReferenceCounter.objects.get().last == THREADS


def test_without_the_counters_lock_two_reports_take_one_number(
    unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ReferenceCounter.objects.create(bcu=unit.bcu, year=2026)
    wait = meeting(THREADS)

    class Unlocked(QuerySet[ReferenceCounter]):
        def raw(self, *args: Any, **kwargs: Any) -> Any:
            found = self.get()
            wait()
            found.last += 1
            found.save()
            return [found]

    monkeypatch.setattr(ReferenceCounter, "objects", Unlocked(ReferenceCounter))
    logged = log_different_people(unit)
    assert any(isinstance(each, IntegrityError) for each in logged), logged


def test_one_source_makes_one_incident(unit: Unit) -> None:
    source = {"system": "CAD", "reference": "77/18JUL26"}
    logged = at_once(*[logging(unit, report(unit, source=source)) for _ in range(THREADS)])
    assert all(isinstance(each, Logged) for each in logged), logged
    assert sorted(each.created for each in logged) == [False] * (THREADS - 1) + [True]
    assert len({each.incident.reference for each in logged}) == 1
    assert Incident.objects.count() == 1
    assert ReferenceCounter.objects.get().last == 1


def test_two_calls_about_one_person_find_each_other(unit: Unit) -> None:
    same = report(unit)
    logged = at_once(*[logging(unit, same)] * THREADS)
    assert all(isinstance(each, Logged) for each in logged), logged
    assert Person.objects.count() == 1
    linked = sorted(each.incident.links.count() for each in logged)
    assert linked == list(range(THREADS))


def test_without_waiting_two_calls_about_one_person_make_two_people(
    unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = report(unit)
    wait = meeting(THREADS)
    find = intake._reported_before

    def find_then_wait(given: Any) -> Person | None:
        found = find(given)
        wait()
        return found

    monkeypatch.setattr(intake, "_wait_for_others", lambda _: None)
    monkeypatch.setattr(intake, "_reported_before", find_then_wait)
    at_once(*[logging(unit, same)] * THREADS)
    assert Person.objects.count() > 1


def test_pressing_log_it_in_several_tabs_makes_one_incident(unit: Unit) -> None:
    draft = start_draft(by=unit.frontline, now=NOW)
    written = report(unit)
    press = partial(log_draft, draft.pk, report=written, by=unit.frontline, now=NOW)
    logged = at_once(*[press] * THREADS)
    assert all(isinstance(each, Logged) for each in logged), logged
    assert sorted(each.created for each in logged) == [False] * (THREADS - 1) + [True]
    assert Incident.objects.count() == 1
