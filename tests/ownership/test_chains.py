"""The two chains: started at once, never interrupted, never rewritten."""

from datetime import datetime, timedelta

import pytest
from django.db import InternalError, connection, transaction

from core.models import Event
from mispers.api.strip import strips_as_json
from mispers.models import Incident
from mispers.selectors.strips import strips_of
from officers.models import Shift
from officers.rules.roles import Role
from ownership.models import Capacity, CustodyLink, Holding, InboxItem
from ownership.models.chain import Basis
from ownership.selectors.answering import ActionPeriod, everybody_at
from ownership.selectors.custody import chain_of, holder_at
from ownership.services.acceptance import accept_handover
from tests.conftest import Unit, a_unit
from tests.factories.incidents import log_incident
from tests.factories.officers import a_bcu, an_officer, on_shift
from tests.factories.ownership import an_action, an_offer, chain, held, kinds_on
from tests.moments import NOW, london

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def test_a_report_has_an_owner_and_an_inspector_the_moment_it_is_logged(cn: Unit) -> None:
    incident = log_incident(cn.frontline, NOW)
    assert held(incident, Capacity.OWNER) == cn.frontline
    assert held(incident, Capacity.INSPECTOR) == cn.inspector
    assert {link.taken_at for link in CustodyLink.objects.filter(incident=incident)} == {NOW}
    assert kinds_on(incident)[:3] == ["incident.reported", "ownership.taken", "ownership.taken"]


def test_an_officer_who_is_not_on_frontline_duty_does_not_own_what_they_log(cn: Unit) -> None:
    incident = log_incident(cn.another(), NOW)
    assert held(incident, Capacity.OWNER) == cn.frontline


def test_of_two_frontline_officers_on_duty_the_one_who_logs_it_owns_it(cn: Unit) -> None:
    second = cn.another()
    on_shift(second, NOW - timedelta(days=1), NOW + timedelta(hours=1))
    assert held(log_incident(second, NOW), Capacity.OWNER) == second


def test_an_inspector_who_is_not_logging_is_told(cn: Unit) -> None:
    incident = log_incident(cn.frontline, NOW)
    told = InboxItem.objects.filter(incident=incident, kind=InboxItem.Kind.NOTICE)
    assert [(item.officer, item.title) for item in told] == [
        (cn.inspector, f"You are inspector of {incident.reference}, {incident.person.name}")
    ]


def test_where_the_rota_has_a_gap_the_fallback_answers_and_the_event_says_so() -> None:
    bcu = a_bcu("CN")
    superintendent = an_officer(Role.SUPERINTENDENT, bcu)
    incident = log_incident(an_officer(bcu=bcu), NOW)
    for capacity in Capacity:
        (link,) = chain(incident, capacity)
        assert link.officer == bcu.fallback_officer
        assert link.is_fallback
    taken = Event.objects.filter(stream=incident.reference, kind="ownership.taken")
    for event in taken:
        assert event.data["is_fallback"] is True
        assert "nobody on duty" in event.summary
        assert "fallback officer answers" in event.summary
    assert superintendent.inbox.filter(title__startswith="Gap in the rota").count() == 2


def test_with_nobody_at_all_the_report_stands_and_its_logger_answers() -> None:
    bcu = a_bcu("CN", fallback=False)
    logger = an_officer(bcu=bcu)
    incident = log_incident(logger, NOW)
    for capacity in Capacity:
        assert held(incident, capacity) == logger
    assert (
        "no fallback officer is named"
        in Event.objects.filter(stream=incident.reference, kind="ownership.taken")
        .latest("seq")
        .summary
    )


def test_at_midnight_the_night_duty_answers_for_what_is_logged_a_second_later() -> None:
    bcu = a_bcu("CN")
    late, night = an_officer(Role.DUTY_INSPECTOR, bcu), an_officer(Role.DUTY_INSPECTOR, bcu)
    midnight = london("2026-07-19 00:00")
    on_shift(late, midnight - timedelta(hours=8), midnight)
    on_shift(night, midnight, midnight + timedelta(hours=8))
    logger = an_officer(bcu=bcu)
    before = log_incident(logger, midnight - SECOND)
    after = log_incident(logger, midnight)
    assert held(before, Capacity.INSPECTOR) == late
    assert held(after, Capacity.INSPECTOR) == night


def test_the_hour_that_comes_twice_in_autumn_has_one_inspector_throughout() -> None:
    bcu = a_bcu("CN")
    night = an_officer(Role.DUTY_INSPECTOR, bcu)
    on_shift(night, london("2026-10-24 23:00"), london("2026-10-25 07:00"))
    logger = an_officer(bcu=bcu)
    first_half_past_one = datetime.fromisoformat("2026-10-25T00:30:00+00:00")
    for moment in (first_half_past_one, first_half_past_one + timedelta(hours=1)):
        assert held(log_incident(logger, moment), Capacity.INSPECTOR) == night


def test_who_answered_at_any_instant_takes_as_many_queries_with_many_actions_as_with_one(
    cn: Unit, django_assert_num_queries: object
) -> None:
    incident = log_incident(cn.frontline, NOW)
    other = cn.another(Role.DUTY_INSPECTOR)
    offer = an_offer(cn.inspector, other, incident, NOW + SECOND)
    accept_handover(handover_id=offer.pk, by=other, now=NOW + timedelta(hours=1))
    for number in (1, 3):
        actions = [an_action(incident, cn.frontline, NOW + SECOND) for _ in range(number)]
        with django_assert_num_queries(6):  # type: ignore[operator]
            before = everybody_at(incident, NOW + timedelta(minutes=30))
    owner, inspector, *responsible = before
    assert (owner.officer, inspector.officer) == (cn.frontline, cn.inspector)
    assert len(responsible) == 4
    assert {each.action for each in responsible if isinstance(each, ActionPeriod)} >= set(actions)
    assert everybody_at(incident, NOW + timedelta(hours=1))[1].officer == other
    assert everybody_at(incident, NOW - SECOND) == []
    assert holder_at(incident, Capacity.INSPECTOR, NOW + timedelta(hours=2)).officer == other  # type: ignore[union-attr]


def test_a_chain_has_no_gap_and_no_overlap(cn: Unit) -> None:
    incident = log_incident(cn.frontline, NOW)
    holders = [cn.inspector, cn.another(Role.DUTY_INSPECTOR), cn.another(Role.DUTY_INSPECTOR)]
    for index in range(1, 3):
        offer = an_offer(holders[index - 1], holders[index], incident, NOW + index * SECOND)
        accept_handover(handover_id=offer.pk, by=holders[index], now=NOW + index * 2 * SECOND)
    periods = [each for each in chain_of(incident) if each.capacity is Capacity.INSPECTOR]
    assert [each.officer for each in periods] == holders
    assert [each.until for each in periods[:-1]] == [each.taken_at for each in periods[1:]]
    assert periods[-1].until is None
    assert periods[0].shift == Shift.objects.get(officer=cn.inspector)


def test_a_chain_moves_forward_even_when_the_clock_does_not(cn: Unit) -> None:
    incident = log_incident(cn.frontline, NOW)
    other = cn.another(Role.DUTY_INSPECTOR)
    offer = an_offer(cn.inspector, other, incident, NOW)
    accept_handover(handover_id=offer.pk, by=other, now=NOW)
    assert [link.taken_at - NOW for link in chain(incident, Capacity.INSPECTOR)] == [
        timedelta(0),
        timedelta(microseconds=1),
    ]


@pytest.mark.parametrize("back", [timedelta(0), SECOND])
def test_the_database_refuses_a_link_at_or_before_the_last(cn: Unit, back: timedelta) -> None:
    incident = log_incident(cn.frontline, NOW)
    with pytest.raises(InternalError, match="only grows forward"), transaction.atomic():
        CustodyLink.objects.create(
            incident=incident,
            capacity=Capacity.OWNER,
            officer=cn.inspector,
            taken_at=NOW - back,
            basis=Basis.ACCEPTED,
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ownership_custodylink SET taken_at = taken_at - interval '1 hour'",
        "DELETE FROM ownership_custodylink",
        "TRUNCATE ownership_custodylink CASCADE",
        "UPDATE ownership_actionlink SET officer_id = officer_id",
        "DELETE FROM ownership_actionlink",
        "TRUNCATE ownership_actionlink CASCADE",
        "UPDATE ownership_holding SET since = since - interval '1 hour'",
        "DELETE FROM ownership_holding",
        "DELETE FROM ownership_action",
    ],
)
def test_nobody_rewrites_a_chain_in_psql(cn: Unit, statement: str) -> None:
    incident = log_incident(cn.frontline, NOW)
    an_action(incident, cn.frontline, NOW)
    with connection.cursor() as cursor:
        # Foreign keys wait until commit, and a table with checks waiting is not truncated anyway.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(InternalError, match=r"Cannot|written alone"), transaction.atomic():
            cursor.execute(statement)


def test_nobody_writes_a_holding_by_hand(cn: Unit) -> None:
    incident = log_incident(cn.frontline, NOW)
    with pytest.raises(InternalError, match="not written alone"), transaction.atomic():
        Holding.objects.filter(incident=incident).update(officer=cn.superintendent)


@pytest.mark.parametrize("number", [1, 5])
def test_owner_and_inspector_of_many_incidents_take_two_queries(
    cn: Unit, number: int, django_assert_num_queries: object
) -> None:
    from ownership.selectors.custody import holders_of

    incidents = [log_incident(cn.frontline, NOW) for _ in range(number)]
    with django_assert_num_queries(2):  # type: ignore[operator]
        found = [holders_of(incidents, capacity) for capacity in Capacity]
    assert all(len(each) == number for each in found)


def test_the_strip_says_who_holds_it_as_rest_gives_it(cn: Unit) -> None:
    incident = log_incident(cn.frontline, NOW)
    strips = strips_of([incident], NOW, ("owner",))
    assert strips_as_json(strips, ("owner",))[incident.pk]["owner"] == {
        "id": str(cn.frontline.pk),
        "name": cn.frontline.get_full_name(),
        "rank": "PC",
        "since": "2026-07-18T09:00:00Z",
    }


def test_two_bcus_answer_each_for_their_own(cn: Unit) -> None:
    ne = a_unit("NE")
    here, there = log_incident(cn.frontline, NOW), log_incident(ne.frontline, NOW)
    assert held(here, Capacity.INSPECTOR) == cn.inspector
    assert held(there, Capacity.INSPECTOR) == ne.inspector
    assert Incident.objects.filter(holdings__officer=ne.inspector).get() == there
