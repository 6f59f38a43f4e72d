"""A shift handed over in one sitting, taken on item by item, and what stays with who goes."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core.errors import Conflict, Invalid, NotPermitted
from core.models import Event
from mispers.models import Incident
from officers.models import Officer, Shift
from officers.rules.roles import Role
from ownership.models import Capacity, Deadline, HandoverItem, InboxItem
from ownership.rules.rungs import Rung
from ownership.selectors.briefing import drafts_of
from ownership.selectors.duty import boundary_of
from ownership.selectors.sitting import sheet_of
from ownership.services.acceptance import accept_handover, decline_handover
from ownership.services.allocating import Allocation
from ownership.services.offering import pass_on_by_clock
from ownership.services.reminders import raise_due_reminders
from ownership.services.shifts import ShiftLine, hand_over_shift
from ownership.services.signing_off import sign_off
from riskassessment.models import PhraseFound
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.officers import on_shift, take_out
from tests.factories.ownership import an_action, an_offer, chain, held, kinds_on
from tests.factories.risk import an_assessment
from tests.moments import NOW
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
    take_out(Shift.objects.filter(officer=cn.inspector))
    on_shift(cn.inspector, NOW - 6 * HOUR, NOW + 2 * HOUR)
    officer = cn.another(Role.DUTY_INSPECTOR, given_name="Night", family_name="Duty")
    on_shift(officer, NOW + 2 * HOUR, NOW + 10 * HOUR)
    return officer


def codes(wrong: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(error.field, error.code) for error in wrong.value.errors]


# Giving.


def test_each_line_goes_to_its_own_officer_as_the_rota_and_the_protocol_have_it(
    cn: Unit, night: Officer
) -> None:
    pc = cn.frontline
    first, high, second = (log_incident(pc, NOW) for _ in range(3))
    an_assessment(high, pc, NOW, "high")
    sheet = sheet_of(pc, NOW)
    roles = {line.incident.pk: line.role for line in sheet.lines}
    assert roles == {
        first.pk: Role.FRONTLINE,
        high.pk: Role.SAFEGUARDING_DI,
        second.pk: Role.FRONTLINE,
    }
    assert sheet.to == {Role.FRONTLINE: None, Role.SAFEGUARDING_DI: cn.safeguarding_di}
    inspector = sheet_of(cn.inspector, NOW)
    assert (inspector.boundary.at, inspector.to) == (
        NOW + 2 * HOUR,
        {Role.DUTY_INSPECTOR: night},
    )
    others = cn.another(), cn.another()
    lines = [
        ShiftLine(first.reference, OWNER, others[0]),
        ShiftLine(second.reference, OWNER, others[1], "Quiet."),
    ]
    made = hand_over_shift(by=pc, now=NOW, lines=lines, reason="End of early turn")
    assert [each.receiver for each in made] == list(others)
    items = {item.incident_id: item for each in made for item in each.items.all()}
    assert (items[first.pk].drafted, items[second.pk].drafted) == (True, False)
    assert items[first.pk].briefing.startswith("Risk: not graded yet.")
    assert held(first, OWNER) == pc


def test_one_wrong_line_offers_nothing_and_is_named(
    cn: Unit, ne: Unit, incident: Incident, night: Officer
) -> None:
    line = ShiftLine(incident.reference, INSPECTOR, night)
    wrong_lines = (
        (ShiftLine("CN-26-999999", INSPECTOR, night), "lines[1].incident", "not_found"),
        (ShiftLine(incident.reference, INSPECTOR, cn.frontline), "lines[1].to", "cannot_receive"),
    )
    for wrong_line, field, code in wrong_lines:
        with pytest.raises(Invalid) as wrong, transaction.atomic():
            hand_over_shift(by=cn.inspector, now=NOW, lines=[line, wrong_line])
        assert codes(wrong) == [(field, code)]
    with pytest.raises(Invalid) as wrong:
        hand_over_shift(by=cn.inspector, now=NOW, lines=[])
    assert codes(wrong) == [("lines", "required")]
    assert not HandoverItem.objects.exists()


def test_a_briefing_says_what_the_next_officer_needs_in_as_many_queries_for_forty(
    cn: Unit, incident: Incident
) -> None:
    an_assessment(incident, cn.frontline, NOW, "high")
    an_action(incident, cn.frontline, NOW, cn.another(), title="Ask the porter")
    boundary = boundary_of(cn.inspector, LATER)
    counts = []
    for number in (0, 5):
        some = [incident, *(log_incident(cn.frontline, NOW) for _ in range(number))]
        with CaptureQueriesContext(connection) as queries:
            text = drafts_of(some, boundary, LATER)[incident.pk].text
        counts.append(len(queries))
    assert counts == [6, 6]
    assert text.startswith(f"Risk: high, by {cn.frontline}, 10:00 on 18 Jul; not endorsed yet.")
    assert "No decision is recorded on a specialist search adviser." in text
    assert "Ask the porter, due 12:00 on 18 Jul" in text
    assert "who is off duty then" in text
    assert "Search inside the home and the place missing from, 11:00 on 18 Jul (SEARCH-1)" in text


def test_what_worried_the_last_officer_is_there_for_the_next(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    line = ShiftLine(incident.reference, INSPECTOR, night, worry="Her phone is off.")
    (made,) = hand_over_shift(by=cn.inspector, now=NOW, lines=[line])
    accept_handover(handover_id=made.pk, by=night, now=LATER)
    (line_of_night,) = sheet_of(night, LATER).lines
    assert line_of_night.draft.worry == "Her phone is off."


def test_typed_words_are_looked_at_and_drafted_ones_were_before(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    an_assessment(incident, cn.frontline, NOW, rationale="She is streetwise and often late.")
    before = PhraseFound.objects.count()
    line = ShiftLine(incident.reference, INSPECTOR, night)
    (made,) = hand_over_shift(by=cn.inspector, now=NOW, lines=[line])
    assert "streetwise" in HandoverItem.objects.get(handover=made).briefing
    assert PhraseFound.objects.count() == before
    reason = "Is she putting herself at risk?"
    decline_handover(handover_id=made.pk, by=night, now=LATER, reason=reason)
    assert PhraseFound.objects.latest("pk").field == "reason"


def test_the_holders_own_offer_takes_the_place_of_the_clocks(
    cn: Unit, incident: Incident, night: Officer
) -> None:
    take_out(Shift.objects.filter(officer=cn.inspector))
    now = NOW + 3 * HOUR
    pass_on_by_clock(
        incident=incident, capacity=INSPECTOR, role=Role.DUTY_INSPECTOR, reason="Late.", now=now
    )
    an_offer(cn.inspector, night, incident, now)
    assert [kind for kind in kinds_on(incident) if kind.startswith("handover")] == [
        "handover.offered",
        "handover.withdrawn",
        "handover.offered",
    ]


# Taking on.


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


# Waiting, and going.


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
    cn: Unit, incident: Incident, night: Officer, clock_at: object
) -> None:
    clock_at(NOW)  # type: ignore[operator]  # the fixture is a function
    rest = Rest(make_client_system(bcus=[cn.bcu]), cn.inspector)
    path = "/api/v1/handovers/off-duty/"
    (left,) = rest.get(path).json()["left"]
    assert (left["incident"], left["handover"]) == (incident.reference, None)
    an_offer(cn.inspector, night, incident, NOW)
    (left,) = rest.post(path).json()["left"]
    assert left["to"]["id"] == str(night.pk)
    assert Event.objects.filter(kind="duty.signed_off", actor=cn.inspector).count() == 1
