"""Two at once, on real connections: one wins, the other is told who did it and when."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import InternalError

from core.errors import Conflict
from core.models import Event
from officers.models import Officer
from ownership.models import Action, ActionLink, Capacity, CustodyLink, HandoverItem
from ownership.services.acceptance import accept_handover, decline_handover
from ownership.services.actions import complete_action, reassign_action
from ownership.services.handovers import withdraw_handover
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action, an_offer, chain
from tests.moments import NOW
from tests.racing import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

LATER = NOW + timedelta(minutes=10)


def accepting(pk: int, by: Officer) -> Callable[[], Any]:
    return lambda: accept_handover(handover_id=pk, by=by, now=LATER)


def test_accepted_and_withdrawn_at_once_one_of_them_happens(unit: Unit, night: Officer) -> None:
    incident = log_incident(unit.frontline, NOW)
    offer = an_offer(unit.inspector, night, incident, NOW)
    outcomes = at_once(
        accepting(offer.pk, night),
        lambda: withdraw_handover(handover_id=offer.pk, by=unit.inspector, now=LATER),
    )
    (lost,) = [each for each in outcomes if isinstance(each, Exception)]
    assert isinstance(lost, Conflict)
    item = HandoverItem.objects.select_related("decided_by").get(handover=offer)
    assert str(item.decided_by) in lost.message
    assert "Sat 18 Jul 2026, 10:10 BST" in lost.message
    moved = item.state == HandoverItem.State.ACCEPTED
    assert len(chain(incident, Capacity.INSPECTOR)) == (2 if moved else 1)


def test_control_without_the_lock_only_the_database_stands_between_them(
    unit: Unit, night: Officer, no_lock: Callable[[int], None]
) -> None:
    """If nobody crashes with the lock off, the test above proves nothing."""
    incident = log_incident(unit.frontline, NOW)
    offer = an_offer(unit.inspector, night, incident, NOW)
    no_lock(2)
    outcomes = at_once(
        accepting(offer.pk, night),
        lambda: withdraw_handover(handover_id=offer.pk, by=unit.inspector, now=LATER),
    )
    (crashed,) = [each for each in outcomes if isinstance(each, Exception)]
    assert isinstance(crashed, InternalError)
    assert "an answer stands" in str(crashed)


def test_accepted_and_sent_back_at_once_one_of_them_happens(unit: Unit, night: Officer) -> None:
    incident = log_incident(unit.frontline, NOW)
    offer = an_offer(unit.inspector, night, incident, NOW)
    outcomes = at_once(
        accepting(offer.pk, night),
        lambda: decline_handover(handover_id=offer.pk, by=night, now=LATER, reason="Why?"),
    )
    (refused,) = (each for each in outcomes if isinstance(each, Exception))
    assert isinstance(refused, Conflict)


def test_pressed_twice_in_one_instant_it_is_accepted_once(unit: Unit, night: Officer) -> None:
    incidents = [log_incident(unit.frontline, NOW) for _ in range(5)]
    offer = an_offer(unit.inspector, night, incidents, NOW)
    outcomes = at_once(*[accepting(offer.pk, night)] * 4)
    assert not [each for each in outcomes if isinstance(each, Exception)]
    assert CustodyLink.objects.filter(handover_item__handover=offer).count() == 5
    assert Event.objects.filter(kind="handover.accepted").count() == 5


def test_control_without_the_lock_a_second_press_crashes(
    unit: Unit, night: Officer, no_lock: Callable[[int], None]
) -> None:
    """If nobody crashes with the lock off, the test above proves nothing."""
    incident = log_incident(unit.frontline, NOW)
    offer = an_offer(unit.inspector, night, incident, NOW)
    no_lock(4)
    outcomes = at_once(*[accepting(offer.pk, night)] * 4)
    assert [type(each) for each in outcomes if isinstance(each, Exception)] == [InternalError] * 3


def test_overlapping_handovers_in_opposite_order_do_not_lock_each_other_out(unit: Unit) -> None:
    incidents = [log_incident(unit.frontline, NOW) for _ in range(6)]
    first, second = unit.another(), unit.another()
    outcomes = at_once(
        lambda: an_offer(unit.frontline, first, incidents, NOW, Capacity.OWNER),
        lambda: an_offer(unit.frontline, second, incidents[::-1], NOW, Capacity.OWNER),
    )
    (lost,) = [each for each in outcomes if isinstance(each, Exception)]
    assert isinstance(lost, Conflict)
    assert "already offered to" in lost.message


def completing(action: Action, by: Officer) -> Callable[[], Any]:
    return lambda: complete_action(action_id=action.pk, by=by, now=LATER, result=f"By {by}")


def test_completed_by_two_at_once_one_wins_and_the_other_learns_who(unit: Unit) -> None:
    incident = log_incident(unit.frontline, NOW)
    action = an_action(incident, unit.frontline, NOW)
    outcomes = at_once(completing(action, unit.frontline), completing(action, unit.inspector))
    (lost,) = [each for each in outcomes if isinstance(each, Exception)]
    assert isinstance(lost, Conflict)
    action.refresh_from_db()
    assert lost.message.startswith(f"{action.ended_by} ended this action, Sat 18 Jul 2026, 10:10")
    assert action.result == f"By {action.ended_by}"


def test_control_without_the_lock_both_complete_it(
    unit: Unit, no_lock: Callable[[int], None]
) -> None:
    """If this finds one winner with the lock off, the test above proves nothing."""
    incident = log_incident(unit.frontline, NOW)
    action = an_action(incident, unit.frontline, NOW)
    no_lock(2)
    outcomes = at_once(completing(action, unit.frontline), completing(action, unit.inspector))
    assert not [each for each in outcomes if isinstance(each, Exception)]
    assert Event.objects.filter(kind="action.completed").count() == 2


def test_reassigned_by_two_at_once_the_chain_keeps_both_in_order(unit: Unit) -> None:
    incident = log_incident(unit.frontline, NOW)
    action = an_action(incident, unit.frontline, NOW)
    officers = [unit.another(), unit.another()]
    outcomes = at_once(
        *[
            lambda to=to: reassign_action(
                action_id=action.pk, by=unit.inspector, now=LATER, responsible=to, reason="Shift"
            )
            for to in officers
        ]
    )
    assert not [each for each in outcomes if isinstance(each, Exception)]
    links = ActionLink.objects.filter(action=action).order_by("taken_at")
    assert len(links) == 3
    action.refresh_from_db()
    assert action.responsible_id == links[2].officer_id
