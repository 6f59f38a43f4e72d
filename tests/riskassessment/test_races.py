"""Two inspectors at once: one decides, the other is told who did and when."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mispers.models import Incident
from officers.rules.roles import Role
from riskassessment.errors import AlreadyDecided
from riskassessment.models import Endorsement, RiskAssessment
from riskassessment.selectors.assessments import get_assessment as read_assessment
from riskassessment.services import endorse
from tests.conftest import Unit, a_unit
from tests.factories.incidents import log_incident
from tests.factories.risk import an_assessment, trained
from tests.moments import NOW
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
INSPECTORS = 4


@pytest.fixture
def unit() -> Unit:
    return a_unit("CN")


@pytest.fixture
def made(unit: Unit) -> RiskAssessment:
    """Of a trained officer, so that any inspector may endorse it."""
    trained(unit.frontline, NOW)
    return an_assessment(log_incident(unit.frontline, NOW), unit.frontline, NOW)


def decisions(unit: Unit, made: RiskAssessment) -> list[Callable[[], Any]]:
    officers = [unit.another(Role.DUTY_INSPECTOR) for _ in range(INSPECTORS)]

    def by(index: int) -> Callable[[], Any]:
        if index % 2:
            return lambda: endorse.return_assessment(
                assessment=made.pk, reason="Think again.", by=officers[index], now=NOW
            )
        return lambda: endorse.endorse_assessment(assessment=made.pk, by=officers[index], now=NOW)

    return [by(index) for index in range(INSPECTORS)]


def test_one_inspector_decides_and_the_others_are_told_who(
    unit: Unit, made: RiskAssessment
) -> None:
    answers = at_once(*decisions(unit, made))
    told = [answer for answer in answers if isinstance(answer, AlreadyDecided)]
    assert len(told) == INSPECTORS - 1, answers
    winner = Endorsement.objects.get().by
    for each in told:
        assert str(winner) in each.message
        assert "Sat 18 Jul 2026, 10:00 BST" in each.message


def test_control_without_the_lock_all_go_ahead_and_only_the_database_stops_them(
    unit: Unit, made: RiskAssessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If this passed with the lock off, the test above would prove nothing."""
    wait_for_the_others = meeting(INSPECTORS)

    @contextmanager
    def unlocked(reference: str, **rest: Any) -> Iterator[Incident]:
        with transaction.atomic():
            yield Incident.objects.select_related("person", "bcu").get(reference=reference)

    reads = threading.local()

    def read_together(*args: Any) -> RiskAssessment:
        found = read_assessment(*args)
        reads.count = getattr(reads, "count", 0) + 1
        if reads.count == 2:
            wait_for_the_others()
        return found

    monkeypatch.setattr(endorse, "incident_for_change", unlocked)
    monkeypatch.setattr(endorse, "get_assessment", read_together)
    answers = at_once(*decisions(unit, made))
    assert not [answer for answer in answers if isinstance(answer, AlreadyDecided)]
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == INSPECTORS - 1
