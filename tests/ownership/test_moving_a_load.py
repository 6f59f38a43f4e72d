"""A leaver's or an absent officer's whole load, moved in one sitting."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser

from core.errors import Invalid, NotPermitted
from officers.models import Officer
from officers.rules.roles import Rank, Role
from officers.services.absences import record_absence
from ownership.models import Capacity, HandoverItem
from ownership.selectors.loads import load_of, officers_to_relieve
from ownership.services.acceptance import accept_handover
from ownership.services.moving_a_load import Receivers, move_load
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.ownership import an_action, an_offer, held
from tests.moments import NOW
from tests.rest import Rest, assert_problem

SignIn = Callable[[Officer], Browser]
WAITING = HandoverItem.objects.filter(state="offered")


@pytest.fixture
def leaver(cn: Unit) -> Officer:
    """Owns one incident and is offered another; has an action on each. No longer in service."""
    own = log_incident(cn.frontline, NOW)
    other = log_incident(cn.frontline, NOW)
    an_action(own, cn.inspector, NOW, cn.frontline)
    an_action(other, cn.inspector, NOW, cn.frontline, title="Ask at the station")
    an_offer(cn.inspector, cn.safeguarding_di, other, NOW)
    Officer.objects.filter(pk=cn.frontline.pk).update(is_active=False)
    return Officer.objects.get(pk=cn.frontline.pk)


def test_everything_is_offered_and_reassigned_and_nothing_moves_before_it_is_accepted(
    cn: Unit, leaver: Officer
) -> None:
    receiver, colleague = cn.another(), cn.another()
    load = load_of(cn.superintendent, leaver)
    owned = load.free[Capacity.OWNER]
    assert (len(owned), len(load.actions)) == (2, 2)
    moved = move_load(
        officer=leaver, reason="Left the force",
        receivers=Receivers(owner_to=receiver, actions_to=colleague), by=cn.superintendent, now=NOW,
    )  # fmt: skip
    assert (moved.incidents, len(moved.actions)) == (2, 2)
    assert {action.responsible for action in moved.actions} == {colleague}
    assert {held(each, Capacity.OWNER) for each in owned} == {leaver}
    after = load_of(cn.superintendent, leaver)
    assert not any(after.free.values())
    assert len(after.offered_by_them) == 2
    (handover,) = moved.handovers
    assert handover.reason == "Left the force"
    accept_handover(handover_id=handover.pk, by=receiver, now=NOW)
    assert {held(each, Capacity.OWNER) for each in owned} == {receiver}
    assert load_of(cn.superintendent, leaver).is_empty
    assert officers_to_relieve(cn.superintendent, NOW) == []


def test_what_waited_for_them_is_withdrawn_and_offered_to_the_new_receiver(cn: Unit) -> None:
    incident = log_incident(cn.frontline, NOW)
    absent = cn.another(Role.DUTY_INSPECTOR)
    an_offer(cn.inspector, absent, incident, NOW)
    record_absence(
        officer=absent, kind="sick", starts_at=NOW, ends_at=NOW + timedelta(days=9),
        by=absent, now=NOW,
    )  # fmt: skip
    (waiting,) = load_of(cn.superintendent, absent).offered_to_them
    receiver = cn.another(Role.DUTY_INSPECTOR)
    move_load(
        officer=absent, reason="Sick", receivers=Receivers(inspector_to=receiver),
        by=cn.superintendent, now=NOW,
    )  # fmt: skip
    (offer,) = WAITING.all()
    assert offer.handover.receiver == receiver
    assert HandoverItem.objects.get(pk=waiting.pk).state == "withdrawn"
    assert held(incident, Capacity.INSPECTOR) == cn.inspector


def test_who_may_move_it_and_what_is_wrong_with_it(cn: Unit, ne: Unit, leaver: Officer) -> None:
    to = Receivers(owner_to=cn.another())

    def move(by: Officer, receivers: Receivers = to, reason: str = "Left") -> None:
        move_load(officer=leaver, reason=reason, receivers=receivers, by=by, now=NOW)

    for by in (cn.another(), cn.missing_persons_unit, cn.another(Role.DUTY_INSPECTOR)):
        with pytest.raises(NotPermitted):
            move(by)
    for over, field in (
        ({"reason": " "}, "reason"),
        ({"reason": "x" * 201}, "reason"),
        ({"receivers": Receivers()}, "owner_to"),
        ({"receivers": Receivers(owner_to=ne.frontline)}, "owner_to"),
        ({"receivers": replace(to, actions_to=ne.frontline)}, "actions_to"),
        ({"receivers": Receivers(inspector_to=cn.another(Role.DUTY_INSPECTOR))}, "reason"),
    ):
        with pytest.raises(Invalid) as refused:
            move(cn.superintendent, **over)
        assert field in {error.field for error in refused.value.errors}, over
    # All or nothing: the offer fell with the action that could not be passed.
    assert WAITING.filter(capacity=Capacity.OWNER).count() == 0


def test_an_officer_moves_their_own_load_before_they_go(cn: Unit) -> None:
    log_incident(cn.frontline, NOW)
    receiver = cn.another()
    moved = move_load(
        officer=cn.frontline, reason="On leave", receivers=Receivers(owner_to=receiver),
        by=cn.frontline, now=NOW,
    )  # fmt: skip
    assert moved.incidents == 1


def test_the_pages_list_who_left_and_move_what_is_ticked(
    cn: Unit, leaver: Officer, now: datetime, browser_as: SignIn
) -> None:
    browser = browser_as(cn.superintendent)
    listed = browser.get("/loads/").content.decode()
    assert str(leaver.get_full_name()) in listed
    assert "Holds 2 parts of incidents and 2 actions" in " ".join(listed.split())
    address = f"/officers/{leaver.pk}/load/"
    load = load_of(cn.superintendent, leaver)
    first = load.free[Capacity.OWNER][0].reference
    receiver = cn.another()
    assert first in browser.get(address).content.decode()
    typed = {"reason": "", "owner_to": receiver.pk, "incidents": [first]}
    refused = browser.post(address, typed)
    assert refused.status_code == 422
    assert browser.post(address, {**typed, "reason": "Left"}).status_code == 302
    (offer,) = WAITING.filter(capacity=Capacity.OWNER)
    assert offer.incident.reference == first
    assert "On offer already" in browser.get(address).content.decode()
    assert browser_as(cn.another()).get(address).status_code == 403


def test_over_rest_the_load_is_read_and_moved(
    cn: Unit, leaver: Officer, api: Callable[..., Rest]
) -> None:
    rest = api(cn.superintendent)
    address = f"/api/v1/officers/{leaver.pk}/load/"
    load = rest.get(address).json()
    assert len(load["owner_of"]) == len(load["actions"]) == 2
    inspector = cn.another(Role.DUTY_INSPECTOR, rank=Rank.INSPECTOR)
    body = {
        "reason": "Left the force", "owner_to": str(inspector.pk),
        "actions_to": str(inspector.pk), "actions": [int(load["actions"][0]["id"])],
    }  # fmt: skip
    moved = rest.post(f"{address}move/", body)
    assert moved.status_code == 200, moved.content
    assert len(moved.json()["actions"]) == 1
    assert len(moved.json()["handovers"][0]["items"]) == 2
    assert_problem(api(cn.another()).get(address), 403, "not_permitted")
