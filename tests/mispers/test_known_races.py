"""Two corrections of one entry at one instant, through two incidents of the person: one wins.

The control takes the lock off and shows what it is for.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from mispers.errors import AlreadyCorrected
from mispers.models import HealthCondition
from mispers.services import supplied
from tests.conftest import a_unit
from tests.factories.incidents import a_person, log_incident
from tests.factories.known import a_condition
from tests.moments import NOW
from tests.racing import at_once, meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def both_have_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each correction waits until the other has checked as well, or is kept out."""
    real, wait = supplied._put_in_place, meeting(2)

    def check_and_wait(entry: Any, *args: Any) -> None:
        real(entry, *args)
        if entry.corrects_id:
            wait()

    monkeypatch.setattr(supplied, "_put_in_place", check_and_wait)


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the lock of the entry off."""

    def unlocked(entries: QuerySet[Any]) -> QuerySet[Any]:
        return entries

    monkeypatch.setattr(supplied, "_locked", unlocked)


def corrections_at_once() -> list[object]:
    """What came of each of two corrections, one through each incident."""
    unit, person = a_unit("CN"), a_person()
    incidents = [log_incident(unit.frontline, NOW, person=person) for _ in range(2)]
    said = a_condition(incidents[0], unit.frontline, NOW)

    def correct(incident: Any) -> Callable[[], object]:
        return lambda: a_condition(
            incident, unit.frontline, LATER, corrects=said.pk, because="She is better."
        )

    return at_once(*[correct(incident) for incident in incidents])


def kinds(outcomes: list[object]) -> set[type]:
    return {type(outcome) for outcome in outcomes}


@pytest.mark.usefixtures("both_have_checked")
def test_the_second_is_told_who_corrected_it() -> None:
    outcomes = corrections_at_once()
    assert kinds(outcomes) == {HealthCondition, AlreadyCorrected}
    assert HealthCondition.objects.filter(corrects__isnull=False).count() == 1


@pytest.mark.usefixtures("both_have_checked", "no_lock")
def test_without_the_lock_the_second_meets_the_database() -> None:
    assert kinds(corrections_at_once()) == {HealthCondition, IntegrityError}
