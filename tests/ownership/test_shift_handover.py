"""A shift handed over in one sitting, taken on item by item, and what stays with who goes."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from core.errors import Invalid
from mispers.models import Incident
from officers.models import Officer, Shift
from officers.rules.roles import Role
from ownership.models import Capacity, HandoverItem
from ownership.selectors.briefing import drafts_of
from ownership.selectors.duty import boundary_of
from ownership.selectors.sitting import sheet_of
from ownership.services.acceptance import accept_handover, decline_handover
from ownership.services.offering import pass_on_by_clock
from ownership.services.shifts import ShiftLine, hand_over_shift
from riskassessment.models import PhraseFound
from tests.conftest import Unit
from tests.factories.incidents import log_incident
from tests.factories.officers import on_shift, take_out
from tests.factories.ownership import an_action, an_offer, held, kinds_on
from tests.factories.risk import an_assessment
from tests.moments import NOW, london
from tests.ownership.relief import codes, relieved_in_two_hours

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


@pytest.mark.parametrize("day", ["2026-10-24", "2027-03-27"])
def test_on_call_for_a_day_over_a_clock_change_ends_at_its_end(cn: Unit, day: str) -> None:
    officer = cn.another(Role.SAFEGUARDING_DI)
    start = london(f"{day} 07:00")
    end = london(f"{date.fromisoformat(day) + timedelta(days=1)} 07:00")
    assert end - start != timedelta(days=1)
    on_shift(officer, start, end)
    assert boundary_of(officer, start + timedelta(hours=2)).at == end


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


# Waiting, and going.
