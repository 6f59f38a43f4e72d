"""A shift taken on item by item, what waits for the next rung, and what stays with who goes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from core.errors import Conflict, Invalid, NotPermitted
from core.models import Event
from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Capacity, Deadline, HandoverItem, InboxItem
from ownership.rules.rungs import Rung
from ownership.services.acceptance import accept_handover
from ownership.services.allocating import Allocation
from ownership.services.reminders import raise_due_reminders
from ownership.services.signing_off import sign_off
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.officers import on_shift
from tests.factories.ownership import an_action, an_offer, chain, held, kinds_on
from tests.factories.risk import an_assessment
from tests.moments import NOW
from tests.ownership.relief import codes, relieved_in_two_hours
from tests.rest import Rest, make_client_system

pytestmark = pytest.mark.django_db
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
LATER = NOW + 10 * MINUTE
INSPECTOR, OWNER = Capacity.INSPECTOR, Capacity.OWNER


@pytest.fixture
def incident(cn: Unit) -> Incident:
    return log_incident(cn.frontline, NOW)


@pytest.fixture
def night(cn: Unit) -> Officer:
    """The incoming inspector: on duty two hours from NOW, when the one on duty goes."""
    return relieved_in_two_hours(cn)


@pytest.fixture
def offer(cn: Unit, night: Officer, incident: Incident) -> int:
    an_assessment(incident, cn.frontline, NOW, "high")
    others = [log_incident(cn.frontline, NOW) for _ in range(2)]
    return an_offer(cn.inspector, night, [incident, *others], NOW).pk


def test_high_risk_is_accepted_singly_and_never_in_silence(
    night: Officer, incident: Incident, offer: int
) -> None:
    items = HandoverItem.objects.filter(handover=offer)
    every = list(items.values_list("incident__reference", flat=True))
    tries: tuple[tuple[dict[str, Any], tuple[str, str]], ...] = (
        ({"items": every, "risk": "reconfirmed"}, ("items", "high_risk_singly")),
        ({"items": [incident.reference]}, ("risk", "required")),
        ({"items": [incident.reference], "risk": "fine"}, ("risk", "invalid_choice")),
        ({"items": every[1:], "risk": "reconfirmed"}, ("risk", "one_at_a_time")),
        ({"items": every[1:2], "risk": "reconfirmed"}, ("risk", "not_graded")),
    )
    for given, expected in tries:
        with pytest.raises(Invalid) as wrong, transaction.atomic():
            accept_handover(handover_id=offer, by=night, now=LATER, **given)
        assert codes(wrong) == [expected]
    accept_handover(handover_id=offer, by=night, now=LATER)
    assert list(items.values_list("state", flat=True)) == ["offered", "accepted", "accepted"]
    accept_handover(handover_id=offer, by=night, now=LATER)  # again: done, and high risk waits
    given = {"items": [incident.reference], "risk": "reconfirmed"}
    for _ in range(2):
        accept_handover(handover_id=offer, by=night, now=LATER, **given)
    assert kinds_on(incident).count("handover.risk_reconfirmed") == 1


def test_a_review_asked_for_is_due_at_once(night: Officer, incident: Incident, offer: int) -> None:
    accept_handover(
        handover_id=offer,
        by=night,
        now=LATER,
        items=[incident.reference],
        risk="review_asked",
        reason="A friend has rung since.",
    )
    review = Deadline.objects.get(incident=incident, code="RISK-4", met_at=None)
    asked = Event.objects.get(stream=incident.reference, kind="handover.review_asked")
    assert (review.due_at, review.because) == (LATER, asked)
    assert f"asked for by {night.get_full_name()}" in review.title
    assert "“A friend has rung since.”" in asked.summary


def test_actions_are_reallocated_with_the_acceptance_or_not_at_all(
    cn: Unit, night: Officer, incident: Incident, offer: int
) -> None:
    off, on = cn.another(), cn.another()
    on_shift(on, NOW + 2 * HOUR, NOW + 10 * HOUR)
    action = an_action(incident, cn.frontline, NOW, off, due_at=NOW + 4 * HOUR)
    given = {"items": [incident.reference], "risk": "reconfirmed"}
    with pytest.raises(Invalid) as wrong, transaction.atomic():
        accept_handover(
            handover_id=offer,
            by=night,
            now=LATER,
            actions=[Allocation(action.pk, off)],
            **given,  # type: ignore[arg-type]
        )
    assert codes(wrong) == [("actions[0].responsible", "off_duty_then")]
    assert held(incident, INSPECTOR) == cn.inspector
    for _ in range(2):
        accept_handover(
            handover_id=offer,
            by=night,
            now=LATER,
            actions=[Allocation(action.pk, on)],
            **given,  # type: ignore[arg-type]
        )
    action.refresh_from_db()
    assert (action.responsible, action.chain.count()) == (on, 2)


def test_the_database_refuses_what_must_never_happen(
    cn: Unit, night: Officer, incident: Incident, offer: int
) -> None:
    item = HandoverItem.objects.get(handover=offer, incident=incident)
    accepted = "UPDATE ownership_handoveritem SET state='accepted', decided_at=now() "
    link = (
        "INSERT INTO ownership_custodylink (incident_id, capacity, officer_id, taken_at, basis, "
        "is_fallback, handover_item_id) VALUES (%s, 'inspector', %s, now(), 'accepted', false, %s)"
    )
    tries: list[tuple[str, str, list[int | None]]] = [
        ("high risk is accepted with an answer", f"{accepted} WHERE id=%s", [item.pk]),
        ("did not accept", link, [incident.pk, night.pk, item.pk]),
        ("did not accept", link, [incident.pk, night.pk, None]),
    ]
    for words, statement, values in tries:
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            connection.cursor().execute(statement, values)
    accept_handover(
        handover_id=offer, by=night, now=LATER, items=[incident.reference], risk="reconfirmed"
    )
    undo = "UPDATE ownership_handoveritem SET state='withdrawn' WHERE id=%s"
    twice: list[tuple[str, str, list[int]]] = [
        ("an answer stands", undo, [item.pk]),
        ("custody_accepted_once", link, [incident.pk, night.pk, item.pk]),
    ]
    for words, statement, given in twice:
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            connection.cursor().execute(statement, given)


def test_the_next_rung_may_accept_when_the_ladder_has_reached_it_and_not_before(
    cn: Unit, incident: Incident
) -> None:
    to = cn.another()
    answered = log_incident(cn.frontline, NOW)
    offer = an_offer(cn.frontline, to, [incident, answered], NOW, OWNER)
    accept_handover(handover_id=offer.pk, by=to, now=NOW, items=[answered.reference])
    steps = (
        (15 * MINUTE, [cn.inspector, cn.superintendent]),
        (30 * MINUTE, [cn.superintendent, cn.another(Role.DUTY_INSPECTOR)]),
    )
    for after, refused in steps:
        raise_due_reminders(now=NOW + after)
        for officer in refused:
            with pytest.raises(NotPermitted), transaction.atomic():
                accept_handover(handover_id=offer.pk, by=officer, now=NOW + after)
    accept_handover(handover_id=offer.pk, by=cn.inspector, now=NOW + 31 * MINUTE)
    assert (held(incident, OWNER), held(answered, OWNER)) == (cn.inspector, to)
    with pytest.raises(Conflict, match=f"accepted by {cn.inspector}"):
        accept_handover(
            handover_id=offer.pk, by=to, now=NOW + 32 * MINUTE, items=[incident.reference]
        )


def test_going_off_duty_leaves_nothing_unsaid_and_moves_nothing(
    cn: Unit, night: Officer, incident: Incident
) -> None:
    unoffered = log_incident(cn.frontline, NOW)
    an_offer(cn.inspector, night, incident, NOW)
    at = NOW + 2 * HOUR + MINUTE
    left = sign_off(by=cn.inspector, now=at)
    assert [(each.incident, each.waiting is not None) for each in left] == [
        (incident, True),
        (unoffered, True),
    ]
    offers = HandoverItem.objects.filter(capacity=INSPECTOR).order_by("pk")
    assert [each.handover.giver for each in offers] == [cn.inspector, None]
    assert {held(each, INSPECTOR) for each in (incident, unoffered)} == {cn.inspector}
    said = Event.objects.get(stream=incident.reference, kind="handover.left_waiting").summary
    assert f"It waits for {night}" in said
    assert f"{cn.inspector} stays inspector of {incident.reference}" in said
    assert InboxItem.objects.filter(officer=night, title__contains="has gone off duty").count() == 2
    raise_due_reminders(now=at)
    for each in offers:
        deadline = Deadline.objects.get(code="OWN-5", subject=str(each.pk))
        assert deadline.next_rung > Rung.INSPECTOR
    # A second press says the same, and writes nothing again.
    written = Event.objects.count()
    assert len(sign_off(by=cn.inspector, now=at + MINUTE)) == 2
    assert Event.objects.count() == written
    for each in offers:
        accept_handover(handover_id=each.handover_id, by=night, now=at + 2 * MINUTE)
    assert sign_off(by=cn.inspector, now=at + 3 * MINUTE) == []
    assert [link.officer for link in chain(unoffered, INSPECTOR)] == [cn.inspector, night]


def test_what_stays_is_read_and_said_over_rest(
    cn: Unit, incident: Incident, night: Officer, clock_at: Callable[[datetime], datetime]
) -> None:
    clock_at(NOW)
    rest = Rest(make_client_system(bcus=[cn.bcu]), cn.inspector)
    path = "/api/v1/handovers/off-duty/"
    (left,) = rest.get(path).json()["left"]
    assert (left["incident"], left["handover"]) == (incident.reference, None)
    an_offer(cn.inspector, night, incident, NOW)
    (left,) = rest.post(path).json()["left"]
    assert left["to"]["id"] == str(night.pk)
    assert Event.objects.filter(kind="duty.signed_off", actor=cn.inspector).count() == 1
