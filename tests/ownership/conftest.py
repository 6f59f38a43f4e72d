"""What the race tests share: a unit on the database, and their locks taken off."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db.models import QuerySet

from core.errors import NotVisible
from mispers.models import Incident
from mispers.services import gateway
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Action
from ownership.selectors.actions import action_for
from ownership.services import handovers as handover_services
from tests.conftest import Unit, a_unit
from tests.racing import meeting


@pytest.fixture
def unit(transactional_db: None) -> Unit:
    return a_unit("CN")


@pytest.fixture
def night(unit: Unit) -> Officer:
    return unit.another(Role.DUTY_INSPECTOR)


@pytest.fixture
def no_lock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Take both locks off, and let so many threads read before any of them writes."""

    def take_off(parties: int) -> None:
        wait = meeting(parties)

        def incidents_unlocked(incident_ids: Sequence[int]) -> dict[int, Incident]:
            return {each.pk: each for each in Incident.objects.filter(pk__in=incident_ids)}

        def unlocked(incidents: QuerySet[Incident], reference: str) -> Incident:
            incident = incidents.filter(reference=reference).first()
            if incident is None:
                raise NotVisible
            return incident

        def after_meeting(result: Any) -> Any:
            wait()
            return result

        monkeypatch.setattr(handover_services, "lock_incidents", incidents_unlocked)
        monkeypatch.setattr(
            "ownership.services.acceptance.lock_officer", lambda pk: Officer.objects.get(pk=pk)
        )
        monkeypatch.setattr(gateway, "locked", unlocked)
        decide = handover_services.still_waiting
        for module in ("handovers", "acceptance"):
            monkeypatch.setattr(
                f"ownership.services.{module}.still_waiting",
                lambda *given, **more: after_meeting(decide(*given, **more)),
            )
        reads = threading.local()

        def action_read_twice(by: Officer, pk: int) -> Action:
            action = action_for(by, pk)
            reads.count = getattr(reads, "count", 0) + 1
            if reads.count == 2:  # the read that the service decides on
                wait()
            return action

        monkeypatch.setattr("ownership.services.changing_actions.action_for", action_read_twice)

    return take_off
