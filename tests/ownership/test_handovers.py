"""Handovers: offered to one named officer, moved by their acceptance and by nothing else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.errors import Conflict, Invalid, NotPermitted, NotVisible
from core.models import Event
from mispers.models import Incident
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Capacity, Handover, HandoverItem
from ownership.services.acceptance import accept_handover, decline_handover
from ownership.services.handovers import withdraw_handover
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.officers import an_officer
from tests.factories.ownership import an_offer, chain, held, kinds_on
from tests.moments import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=10)
INSPECTOR = Capacity.INSPECTOR


@pytest.fixture
def incident(cn: Unit) -> Incident:
    return log_incident(cn.frontline, NOW)


@pytest.fixture
def night(cn: Unit) -> Officer:
    """The incoming inspector."""
    return cn.another(Role.DUTY_INSPECTOR, given_name="Night", family_name="Duty")


def states(handover: Handover) -> list[str]:
    return [item.state for item in HandoverItem.objects.filter(handover=handover)]


def test_nothing_moves_before_it_is_accepted(cn: Unit, incident: Incident, night: Officer) -> None:
    handover = an_offer(cn.inspector, night, incident, NOW)
    assert handover.state == Handover.State.OFFERED
    assert held(incident, INSPECTOR) == cn.inspector
    assert len(chain(incident, INSPECTOR)) == 1


def test_acceptance_moves_the_chain_and_says_so_on_the_trail(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    handover = an_offer(cn.inspector, night, incident, NOW)
    accepted = accept_handover(handover_id=handover.pk, by=night, now=LATER)
    assert accepted.state == Handover.State.ACCEPTED
    assert held(incident, INSPECTOR) == night
    assert chain(incident, INSPECTOR)[-1].taken_at == LATER
    assert kinds_on(incident)[-3:] == [
        "handover.offered",
        "handover.accepted",
        "ownership.taken",
    ]
    taken = Event.objects.filter(stream=incident.reference).latest("seq")
    assert taken.data["before"] == cn.inspector.pk
    assert f"Until then: {cn.inspector}" in taken.summary


def test_accepting_one_capacity_leaves_the_other(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    handover = an_offer(cn.inspector, night, incident, NOW)
    accept_handover(handover_id=handover.pk, by=night, now=LATER)
    assert held(incident, Capacity.OWNER) == cn.frontline


def test_the_receiver_is_told_of_the_offer_and_the_giver_of_the_answer(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    handover = an_offer(cn.inspector, night, incident, NOW)
    path = reverse("handover", args=[handover.pk])
    assert [item.link for item in night.inbox.all()] == [path]
    accept_handover(handover_id=handover.pk, by=night, now=LATER)
    told = cn.inspector.inbox.filter(title=f"{night} accepted {incident.reference}").get()
    assert told.link == path


def test_forty_incidents_make_one_notice_and_not_forty(cn: Unit, night: Officer) -> None:
    incidents = [log_incident(cn.frontline, NOW) for _ in range(4)]
    handover = an_offer(cn.inspector, night, incidents, NOW)
    accept_handover(handover_id=handover.pk, by=night, now=LATER)
    assert night.inbox.count() == 1
    assert cn.inspector.inbox.filter(title=f"{night} accepted 4 incidents").count() == 1


def test_accepting_again_changes_nothing(cn: Unit, incident: Incident, night: Officer) -> None:
    handover = an_offer(cn.inspector, night, incident, NOW)
    for minutes in (1, 2):
        again = accept_handover(
            handover_id=handover.pk, by=night, now=NOW + timedelta(minutes=minutes)
        )
    assert again.state == Handover.State.ACCEPTED
    assert len(chain(incident, INSPECTOR)) == 2
    assert kinds_on(incident).count("handover.accepted") == 1


def test_only_the_officer_named_accepts(cn: Unit, incident: Incident, night: Officer) -> None:
    handover = an_offer(cn.inspector, night, incident, NOW)
    another = cn.another(Role.DUTY_INSPECTOR)
    for somebody in (cn.inspector, cn.superintendent, another):
        with pytest.raises(NotPermitted, match="nobody else"):
            accept_handover(handover_id=handover.pk, by=somebody, now=LATER)
    accept_handover(handover_id=handover.pk, by=night, now=LATER)
    with pytest.raises(Conflict, match=f"accepted by {night}, Sat 18 Jul 2026, 10:10 BST"):
        accept_handover(handover_id=handover.pk, by=another, now=LATER)


def test_some_are_accepted_and_some_sent_back_with_a_question(cn: Unit, night: Officer) -> None:
    incidents = [log_incident(cn.frontline, NOW) for _ in range(5)]
    handover = an_offer(cn.inspector, night, incidents, NOW)
    back = [each.reference for each in incidents[3:]]
    decline_handover(
        handover_id=handover.pk, by=night, now=LATER, reason="Who has rung?", items=back
    )
    part = accept_handover(handover_id=handover.pk, by=night, now=LATER)
    assert part.state == Handover.State.PART_ACCEPTED
    assert [held(each, INSPECTOR) for each in incidents] == [night] * 3 + [cn.inspector] * 2
    declined = Event.objects.filter(kind="handover.declined").latest("pk")
    assert f"“Who has rung?”. {cn.inspector} still holds it." in declined.summary


def test_sending_back_needs_words(cn: Unit, incident: Incident, night: Officer) -> None:
    handover = an_offer(cn.inspector, night, incident, NOW)
    with pytest.raises(Invalid) as wrong:
        decline_handover(handover_id=handover.pk, by=night, now=LATER, reason="  ")
    assert wrong.value.errors[0].field == "reason"


def test_what_was_withdrawn_cannot_be_accepted(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    handover = an_offer(cn.inspector, night, incident, NOW)
    assert withdraw_handover(handover_id=handover.pk, by=cn.inspector, now=NOW).state == "withdrawn"
    with pytest.raises(Conflict, match=f"withdrawn by {cn.inspector}"):
        accept_handover(handover_id=handover.pk, by=night, now=LATER)
    withdraw_handover(handover_id=handover.pk, by=cn.inspector, now=LATER)
    assert held(incident, INSPECTOR) == cn.inspector
    assert kinds_on(incident).count("handover.withdrawn") == 1


def test_naming_one_that_was_decided_otherwise_accepts_none_of_them(
    cn: Unit, night: Officer
) -> None:
    incidents = [log_incident(cn.frontline, NOW) for _ in range(2)]
    handover = an_offer(cn.inspector, night, incidents, NOW)
    withdraw_handover(
        handover_id=handover.pk, by=cn.inspector, now=NOW, items=[incidents[0].reference]
    )
    with pytest.raises(Conflict, match=incidents[0].reference):
        accept_handover(
            handover_id=handover.pk,
            by=night,
            now=LATER,
            items=[each.reference for each in incidents],
        )
    assert states(handover) == ["withdrawn", "offered"]


def test_an_incident_is_on_offer_to_one_officer_at_a_time(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    an_offer(cn.inspector, night, incident, NOW)
    with pytest.raises(Conflict, match=f"already offered to {night} by {cn.inspector}"):
        an_offer(cn.inspector, cn.another(Role.DUTY_INSPECTOR), incident, NOW)


def test_an_offer_that_went_back_can_be_made_again(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    handover = an_offer(cn.inspector, night, incident, NOW)
    decline_handover(handover_id=handover.pk, by=night, now=NOW, reason="Why medium?")
    again = an_offer(cn.inspector, night, incident, LATER)
    accept_handover(handover_id=again.pk, by=night, now=LATER)
    assert held(incident, INSPECTOR) == night


def test_who_holds_nothing_and_commands_nothing_offers_nothing(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    with pytest.raises(NotPermitted, match="Only its holder"):
        an_offer(cn.another(), cn.frontline, incident, NOW, Capacity.OWNER)
    with pytest.raises(NotPermitted, match="Only its holder"):
        an_offer(night, cn.another(), incident, NOW, Capacity.OWNER)  # not on duty


@pytest.mark.parametrize("role", [Role.DUTY_INSPECTOR, Role.SUPERINTENDENT])
def test_whoever_commands_may_offer_what_an_officer_holds(
    cn: Unit, incident: Incident, role: Role
) -> None:
    to = cn.another()
    handover = an_offer(cn.crew[role], to, incident, NOW, Capacity.OWNER)
    assert handover.receiver == to


def test_an_inspectors_part_goes_to_an_inspecting_rank(cn: Unit, incident: Incident) -> None:
    with pytest.raises(Invalid) as wrong:
        an_offer(cn.inspector, cn.another(), incident, NOW)
    assert wrong.value.errors[0].field == "to"


@pytest.mark.parametrize("who", ["yourself", "another BCU", "a leaver", "records"])
def test_some_cannot_receive(cn: Unit, ne: Unit, incident: Incident, who: str) -> None:
    to = {
        "yourself": cn.frontline,
        "another BCU": ne.frontline,
        "a leaver": cn.another(is_active=False),
        "records": an_officer(Role.RECORDS, cn.bcu),
    }[who]
    with pytest.raises(Invalid) as wrong:
        an_offer(cn.frontline, to, incident, NOW, Capacity.OWNER)
    assert wrong.value.errors[0].field == "to"


def test_each_wrong_item_is_named(cn: Unit, ne: Unit, incident: Incident, night: Officer) -> None:
    elsewhere = log_incident(ne.frontline, NOW)
    items = [
        {"incident": reference, "briefing": ""}
        for reference in (incident.reference, elsewhere.reference, incident.reference, "CN-26-9")
    ]
    with pytest.raises(Invalid) as wrong:
        an_offer(cn.inspector, night, incident, NOW, items=items)
    assert [(error.field, error.code) for error in wrong.value.errors] == [
        ("items[1].incident", "not_found"),
        ("items[2].incident", "twice"),
        ("items[3].incident", "not_found"),
    ]


def test_an_empty_offer_is_none(cn: Unit, incident: Incident, night: Officer) -> None:
    with pytest.raises(Invalid):
        an_offer(cn.inspector, night, incident, NOW, items=[])


def test_another_bcus_handover_is_not_there(
    cn: Unit, ne: Unit, incident: Incident, night: Officer
) -> None:
    handover = an_offer(cn.inspector, night, incident, NOW)
    with pytest.raises(NotVisible):
        accept_handover(handover_id=handover.pk, by=ne.inspector, now=LATER)
