"""Two people at the same instant: one wins, and the other is told who it was and when.

Each race has a control that takes the row lock off and shows what the lock is for.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.db.models import QuerySet

from core.errors import Conflict
from core.models import Event
from core.text import at_time
from mispers import registries
from mispers.models import ClosureRequest, Incident, Located
from mispers.rules.stages import Stage
from mispers.services import authorising, closure, gateway, located
from mispers.services.authorising import authorise_closure
from mispers.services.closure import refuse_closure
from officers.models import Officer
from officers.rules.roles import Role
from tests.conftest import Unit, a_unit
from tests.factories.endings import all_overrides, ask, locate, stage_of
from tests.factories.incidents import log_incident
from tests.moments import NOW
from tests.racing import at_once
from tests.racing import meeting as a_meeting

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

Act = Callable[[], object]


@pytest.fixture
def unit(transactional_db: None) -> Unit:
    return a_unit("CN")


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], None]:
    """Make a function wait until both threads have reached it, or one is kept out of it."""

    def arrange(module: Any, name: str) -> None:
        real, wait = getattr(module, name), a_meeting(2)

        def wait_for_the_other(*args: Any, **kwargs: Any) -> Any:
            wait()
            return real(*args, **kwargs)

        monkeypatch.setattr(module, name, wait_for_the_other)

    return arrange


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the row lock off the one way in."""

    def unlocked(incidents: QuerySet[Incident], reference: str) -> Incident:
        return incidents.select_related("person", "bcu").get(reference=reference)

    monkeypatch.setattr(gateway, "locked", unlocked)


def waiting(unit: Unit) -> tuple[Incident, ClosureRequest, list[Officer]]:
    """An incident whose closure waits, and two inspectors who may decide it."""
    incident = log_incident(unit.frontline, NOW)
    locate(incident, unit.frontline, NOW)
    request = ask(incident, unit.frontline, NOW)
    return incident, request, [unit.another(Role.DUTY_INSPECTOR) for _ in range(2)]


def authorise(incident: Incident, by: Officer) -> Act:
    overrides = all_overrides(incident, by, NOW)
    return lambda: authorise_closure(incident.reference, by=by, now=NOW, overrides=overrides)


def refuse(incident: Incident, by: Officer) -> Act:
    return lambda: refuse_closure(incident.reference, by=by, now=NOW, reason="Not yet.")


def decisions(incident: Incident) -> int:
    kinds = ["closure.authorised", "closure.refused"]
    return Event.objects.filter(stream=incident.reference, kind__in=kinds).count()


RACES = {"both authorise": (authorise, authorise), "one refuses": (authorise, refuse)}


@pytest.mark.parametrize("pair", RACES.values(), ids=RACES)
def test_one_decides_and_the_other_is_told_who_and_when(
    pair: Any, unit: Unit, meeting: Callable[[Any, str], None]
) -> None:
    incident, request, inspectors = waiting(unit)
    acts = [make(incident, by) for make, by in zip(pair, inspectors, strict=True)]
    meeting(authorising, "pending_request")
    meeting(closure, "pending_request")
    came = at_once(*acts)
    lost = [result for result in came if isinstance(result, Conflict)]
    assert len(lost) == 1, came
    request.refresh_from_db()
    assert request.decided_by in inspectors
    assert lost[0].code == "already_decided"
    assert str(request.decided_by) in lost[0].message
    assert at_time(NOW) in lost[0].message
    assert decisions(incident) == 1


@pytest.mark.usefixtures("no_lock")
@pytest.mark.parametrize("pair", RACES.values(), ids=RACES)
def test_without_the_lock_the_loser_is_not_told(
    pair: Any, unit: Unit, meeting: Callable[[Any, str], None]
) -> None:
    """Control: both pass the check; a second decision is written, or the database stops it raw."""
    incident, _, inspectors = waiting(unit)
    acts = [make(incident, by) for make, by in zip(pair, inspectors, strict=True)]
    meeting(registries, "barriers_to")
    came = at_once(*acts)
    assert not [result for result in came if isinstance(result, Conflict)], came
    raw = [result for result in came if isinstance(result, DatabaseError)]
    assert decisions(incident) == 2 or raw, came


def test_two_locate_at_once_and_the_second_is_told_of_the_first(
    unit: Unit, meeting: Callable[[Any, str], None]
) -> None:
    incident = log_incident(unit.frontline, NOW)
    read = incident.version
    officers = [unit.another(), unit.another()]
    meeting(located, "ending_of")
    came = at_once(*(lambda by=by: locate(incident, by, NOW, version=read) for by in officers))
    lost = [result for result in came if isinstance(result, Conflict)]
    assert len(lost) == 1, came
    winner = Located.objects.get(incident=incident).recorded_by
    assert lost[0].code == "already_located"
    assert str(winner) in lost[0].message
    assert at_time(NOW) in lost[0].message
    assert stage_of(incident) == Stage.CLOSURE


@pytest.mark.usefixtures("no_lock")
def test_without_the_lock_two_locate_and_neither_is_told(
    unit: Unit, meeting: Callable[[Any, str], None]
) -> None:
    """Control: both find nobody before them."""
    incident = log_incident(unit.frontline, NOW)
    read = incident.version
    officers = [unit.another(), unit.another()]
    meeting(located, "ending_of")
    came = at_once(*(lambda by=by: locate(incident, by, NOW, version=read) for by in officers))
    assert not [result for result in came if isinstance(result, Conflict)], came
    raw = [result for result in came if isinstance(result, DatabaseError)]
    assert Located.objects.filter(incident=incident).count() == 2 or raw, came
