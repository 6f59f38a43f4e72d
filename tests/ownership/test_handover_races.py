"""Whatever meets an acceptance has one outcome; each with a control that shows the lock at work.

The table of outcomes is ADR 19. Where two orders are possible both are right, and nothing between.
"""

from collections.abc import Callable
from datetime import timedelta
from threading import Event as Flag
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from core.errors import Conflict, Invalid, NotPermitted
from core.models import Event
from mispers.models import Incident
from mispers.services.authorising import authorise_closure
from officers.models import Officer
from officers.rules.roles import Role
from ownership.models import Capacity, CustodyLink, Deadline, HandoverItem
from ownership.selectors.handovers import open_offer_of
from ownership.selectors.risk import risks_of
from ownership.services import acceptance, shift_ends, signing_off
from ownership.services.acceptance import accept_handover
from ownership.services.shift_ends import watch_changes_of_shift
from ownership.services.signing_off import sign_off
from tests.conftest import Unit
from tests.factories.endings import all_overrides, ask, locate
from tests.factories.incidents import log_incident
from tests.factories.officers import a_bcu, leaves_at, on_shift
from tests.factories.ownership import an_offer, chain, held
from tests.factories.risk import an_assessment
from tests.moments import NOW
from tests.racing import at_once, kept_out, meeting
from tests.waiting import PATIENCE, wait_until

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

LATER = NOW + timedelta(minutes=10)
HOUR = timedelta(hours=1)
INSPECTOR = Capacity.INSPECTOR
THREADS, INCIDENTS = 50, 40
NoLock = Callable[[int], None]


@pytest.fixture
def incident(unit: Unit) -> Incident:
    return log_incident(unit.frontline, NOW)


@pytest.fixture
def offer(unit: Unit, night: Officer, incident: Incident) -> int:
    return an_offer(unit.inspector, night, incident, NOW).pk


def accepting(pk: int, by: Officer, **given: Any) -> Callable[[], Any]:
    return lambda: accept_handover(handover_id=pk, by=by, now=LATER, **given)


def raised(outcomes: list[Any]) -> list[Exception]:
    return [each for each in outcomes if isinstance(each, Exception)]


def test_fifty_threads_accept_forty_once_each(unit: Unit, night: Officer) -> None:
    incidents = [log_incident(unit.frontline, NOW) for _ in range(INCIDENTS)]
    offer = an_offer(unit.inspector, night, incidents, NOW)
    outcomes = at_once(*[accepting(offer.pk, night)] * THREADS)
    assert raised(outcomes) == []
    taken = CustodyLink.objects.filter(handover_item__handover=offer, officer=night)
    assert taken.count() == INCIDENTS
    assert len(set(taken.values_list("incident", flat=True))) == INCIDENTS
    assert Event.objects.filter(kind="handover.accepted").count() == INCIDENTS
    assert Event.objects.filter(kind="ownership.taken", actor=night).count() == INCIDENTS


def test_control_fifty_threads_without_the_lock_break_on_the_database(
    unit: Unit, night: Officer, no_lock: NoLock
) -> None:
    """If all fifty are answered well with the lock off, the test above proves nothing."""
    incidents = [log_incident(unit.frontline, NOW) for _ in range(2)]
    offer = an_offer(unit.inspector, night, incidents, NOW)
    no_lock(THREADS)
    outcomes = at_once(*[accepting(offer.pk, night)] * THREADS)
    assert len([each for each in outcomes if isinstance(each, DatabaseError)]) == THREADS - 1


def climbed(offer: int) -> None:
    """Its reminders have reached the superintendent."""
    item = HandoverItem.objects.get(handover=offer)
    Deadline.objects.filter(code="OWN-5", subject=str(item.pk)).update(next_rung=4)


def test_the_receiver_and_the_next_rung_accept_at_once_and_one_of_them_has_it(
    unit: Unit, night: Officer, incident: Incident, offer: int
) -> None:
    climbed(offer)
    outcomes = at_once(accepting(offer, night), accepting(offer, unit.superintendent))
    (lost,) = raised(outcomes)
    assert isinstance(lost, Conflict)
    winner = held(incident, INSPECTOR)
    assert winner in {night, unit.superintendent}
    assert f"accepted by {winner}, Sat 18 Jul 2026, 10:10 BST" in lost.message
    assert len(chain(incident, INSPECTOR)) == 2


def test_control_without_the_lock_the_second_of_the_two_breaks(
    unit: Unit, night: Officer, offer: int, no_lock: NoLock
) -> None:
    climbed(offer)
    no_lock(2)
    (crashed,) = raised(at_once(accepting(offer, night), accepting(offer, unit.superintendent)))
    assert isinstance(crashed, DatabaseError)


def posted_away_meanwhile(night: Officer, offer: int) -> list[Any]:
    """A posting to another BCU is written and not yet committed when the officer accepts."""
    elsewhere, written, answered = a_bcu("NE"), Flag(), Flag()

    def post_away() -> None:
        with transaction.atomic():
            Officer.objects.filter(pk=night.pk).update(bcu=elsewhere)
            written.set()
            wait_until(lambda: answered.is_set() or kept_out() > 0, what="an answer")

    def accept() -> Any:
        assert written.wait(PATIENCE)
        try:
            return accepting(offer, night)()
        finally:
            answered.set()

    return at_once(post_away, accept)


def test_an_officer_posted_away_meanwhile_takes_nothing_on(
    unit: Unit, night: Officer, incident: Incident, offer: int
) -> None:
    _, outcome = posted_away_meanwhile(night, offer)
    assert isinstance(outcome, NotPermitted)
    assert "serves in NE now" in outcome.message
    assert held(incident, INSPECTOR) == unit.inspector
    assert HandoverItem.objects.get(handover=offer).state == "offered"


def test_control_by_the_posting_read_before_they_do(
    night: Officer, incident: Incident, offer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If this is refused without looking again, the test above proves nothing."""
    monkeypatch.setattr(acceptance, "lock_officer", lambda _pk: night)
    assert raised(posted_away_meanwhile(night, offer)) == []
    assert held(incident, INSPECTOR) == night


def ready_to_close(unit: Unit, incident: Incident) -> Callable[[], Any]:
    locate(incident, unit.frontline, NOW)
    ask(incident, unit.frontline, NOW)
    overrides = all_overrides(incident, unit.superintendent, NOW)
    return lambda: authorise_closure(
        incident.reference, by=unit.superintendent, now=LATER, overrides=overrides
    )


def test_closed_while_it_is_accepted_it_is_accepted_first_or_not_at_all(
    unit: Unit, night: Officer, incident: Incident, offer: int
) -> None:
    outcomes = at_once(ready_to_close(unit, incident), accepting(offer, night))
    assert not Incident.objects.get(pk=incident.pk).is_open
    item = HandoverItem.objects.get(handover=offer)
    if lost := raised(outcomes):
        assert isinstance(lost[0], Conflict)
        assert "withdrawn by the clock" in lost[0].message
        assert (item.state, held(incident, INSPECTOR)) == ("withdrawn", unit.inspector)
    else:
        assert (item.state, held(incident, INSPECTOR)) == ("accepted", night)


def test_control_without_the_lock_closing_and_accepting_break(
    unit: Unit, night: Officer, incident: Incident, offer: int, no_lock: NoLock
) -> None:
    closing = ready_to_close(unit, incident)
    no_lock(2)
    outcomes = at_once(closing, accepting(offer, night))
    assert any(isinstance(each, DatabaseError) for each in raised(outcomes))


def test_graded_high_while_it_is_accepted_nobody_takes_on_a_grade_unread(
    unit: Unit, night: Officer, incident: Incident, offer: int
) -> None:
    read = an_assessment(incident, unit.frontline, NOW, "medium")
    outcomes = at_once(
        lambda: an_assessment(incident, unit.frontline, LATER, "high"),
        accepting(offer, night, items=[incident.reference], assessment=read.pk),
    )
    if lost := raised(outcomes):
        assert isinstance(lost[0], Conflict)
        assert f"was graded high by {unit.frontline}" in lost[0].message
        assert held(incident, INSPECTOR) == unit.inspector
        with pytest.raises(Invalid, match="high risk"):
            accepting(offer, night)()
    else:
        kinds = list(
            Event.objects.filter(stream=incident.reference).order_by("seq").values_list("kind")
        )
        assert kinds.index(("handover.accepted",)) < len(kinds) - kinds[::-1].index(
            ("risk.assessed",)
        )
        assert held(incident, INSPECTOR) == night


def test_control_by_a_grade_read_before_the_lock_the_database_refuses(
    unit: Unit,
    night: Officer,
    incident: Incident,
    offer: int,
    no_lock: NoLock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """If this is accepted in silence, high risk is guarded by nothing but the service."""
    an_assessment(incident, unit.frontline, NOW, "medium")
    no_lock(1)
    read = risks_of

    def graded_after_reading(incident_ids: Any) -> Any:
        risks = read(incident_ids)
        graded = at_once(lambda: an_assessment(incident, unit.frontline, LATER, "high"))
        assert raised(graded) == []
        return risks

    monkeypatch.setattr(acceptance, "risks_of", graded_after_reading)
    with pytest.raises(DatabaseError, match="high risk is accepted with an answer"):
        accepting(offer, night)()
    assert held(incident, INSPECTOR) == unit.inspector


def says_who_stays(incident: Incident) -> list[str]:
    """What the trail says of it, in order."""
    wanted = ["handover.left_waiting", "handover.accepted"]
    events = Event.objects.filter(stream=incident.reference, kind__in=wanted).order_by("seq")
    return list(events.values_list("kind", flat=True))


def test_signing_off_while_it_is_accepted_never_says_that_it_stays(
    unit: Unit, night: Officer, incident: Incident, offer: int
) -> None:
    outcomes = at_once(lambda: sign_off(by=unit.inspector, now=LATER), accepting(offer, night))
    assert raised(outcomes) == []
    assert held(incident, INSPECTOR) == night
    accepted = ["handover.accepted"]
    assert says_who_stays(incident) in ([*accepted], ["handover.left_waiting", *accepted])


def test_control_by_what_was_read_before_the_lock_it_says_that_it_stays(
    unit: Unit, night: Officer, incident: Incident, offer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If this is right without reading again under the lock, the test above proves nothing."""
    read = signing_off._held(unit.inspector)
    monkeypatch.setattr(signing_off, "_held", lambda _officer: read)
    accepting(offer, night)()
    sign_off(by=unit.inspector, now=LATER)
    assert says_who_stays(incident) == ["handover.accepted", "handover.left_waiting"]


def the_shift_ends(unit: Unit) -> Officer:
    leaves_at(unit.inspector, LATER)
    coming = unit.another(Role.DUTY_INSPECTOR)
    on_shift(coming, LATER, LATER + 8 * HOUR)
    return coming


def test_two_sweeps_at_once_record_the_change_of_shift_once(unit: Unit, incident: Incident) -> None:
    the_shift_ends(unit)
    outcomes = at_once(*[lambda: watch_changes_of_shift(now=LATER)] * 4)
    assert sum(outcomes) == 1
    assert Event.objects.filter(kind="handover.shift_ended").count() == 1


def test_control_without_the_lock_both_sweeps_write(
    unit: Unit, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If one of them writes with the lock off, the test above proves nothing."""
    the_shift_ends(unit)
    wait = meeting(2)

    def unlocked(pk: int) -> Incident:
        return Incident.objects.select_related("person", "bcu").get(pk=pk)

    look = open_offer_of

    def met(*given: Any) -> Any:
        wait()
        return look(*given)

    monkeypatch.setattr(shift_ends, "_locked", unlocked)
    monkeypatch.setattr(shift_ends, "open_offer_of", met)
    at_once(*[lambda: watch_changes_of_shift(now=LATER)] * 2)
    assert Event.objects.filter(kind="handover.shift_ended").count() == 2
